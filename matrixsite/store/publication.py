"""When shown entries were published: answered from indices alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection, bindparam, func, select

from matrixsite.store.bulk import among, parts_for, rows_among, rows_for
from matrixsite.store.columns import moment, seconds
from matrixsite.store.listing import BATCH, NEWEST, OLDEST, SHOWN
from matrixsite.store.schema import entry


def oldest(connection: Connection) -> datetime | None:
    """Of the oldest entry."""
    found = rows_for(connection, _OLDEST)
    return moment(found[0][0]) if found else None


def newest_dated(connection: Connection) -> datetime | None:
    """Of the newest entry whose date is its own."""
    found = rows_for(connection, _NEWEST_DATED)
    return moment(found[0][0]) if found else None


def newest_by_account(connection: Connection) -> Mapping[str, datetime]:
    """By account, that of its newest entry whose date is its own."""
    return {name: moment(newest) for name, newest in rows_for(connection, NEWEST_BY_ACCOUNT)}


def ids_between(connection: Connection, since: datetime, until: datetime) -> Iterator[list[str]]:
    """Entries published from `since` on, before `until`, oldest first; some at a time."""
    span = {"since": seconds(since), "until": seconds(until)}
    for part in parts_for(connection, _BETWEEN, span, BATCH):
        yield [name for (name,) in part]


def count_between(connection: Connection, bounds: Sequence[datetime]) -> list[int]:
    """How many were published from each bound on, before the next."""
    return [
        rows_for(connection, _COUNT_BETWEEN, {"since": since, "until": until})[0][0]
        for since, until in pairwise(map(seconds, bounds))
    ]


def posted(connection: Connection, accounts: Collection[str]) -> Mapping[str, Mapping[str, int]]:
    """By account and month, how many."""
    found: dict[str, dict[str, int]] = {}
    for account, month, count in rows_among(connection, _POSTED, set(accounts)):
        found.setdefault(account, {})[month] = count
    return found


def publications(
    connection: Connection, accounts: Collection[str], year: str
) -> Iterator[tuple[str, datetime]]:
    """The month of its path and the publication of each entry of some accounts in a year."""
    between = {"first": f"{year}/01", "last": f"{year}/12"}
    for month, published in rows_among(connection, _PUBLICATIONS, set(accounts), **between):
        yield month, moment(published)


_POSTED = (
    select(entry.c.account, entry.c.month, func.count())
    .where(SHOWN, among(entry.c.account))
    .group_by(entry.c.account, entry.c.month)
)
_PUBLICATIONS = select(entry.c.month, entry.c.published).where(
    SHOWN,
    among(entry.c.account),
    entry.c.month >= bindparam("first"),  # no BETWEEN: PostgreSQL can't read one between collations
    entry.c.month <= bindparam("last"),
)
_SPAN = (entry.c.published >= bindparam("since"), entry.c.published < bindparam("until"))
_BETWEEN = select(entry.c.id).where(SHOWN, *_SPAN).order_by(*OLDEST)
_COUNT_BETWEEN = select(func.count()).select_from(entry).where(SHOWN, *_SPAN)
_OLDEST = select(entry.c.published).where(SHOWN).order_by(entry.c.published).limit(1)
_NEWEST_DATED = (
    select(entry.c.published).where(SHOWN, entry.c.inferred.is_(False)).order_by(NEWEST[0]).limit(1)
)
NEWEST_BY_ACCOUNT = (
    select(entry.c.account, func.max(entry.c.published))
    .where(entry.c.inferred.is_(False), SHOWN)
    .group_by(entry.c.account)
)
