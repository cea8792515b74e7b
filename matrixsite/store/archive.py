"""Every entry, whatever its status: for export, explain and the library. Readers need no lock and see one moment.

The status is judged on the way out, so that an editor's word counts at once and not only after the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, func, select

from matrixsite.editorial.status import EntryFacts
from matrixsite.model import Entry, Status
from matrixsite.store.columns import moment, moment_or_none, seconds, to_entry
from matrixsite.store.listing import BATCH, FULL, NARROW
from matrixsite.store.schema import beyond_approval, entry, revision, story, story_entry

Judge = Callable[[EntryFacts], Status]


@dataclass(frozen=True, slots=True)
class Revision:
    """Words that were superseded."""

    number: int
    seen: datetime  # when they were superseded
    title: str
    text: str


def stored_entries(
    connection: Connection,
    judge: Judge,
    *,
    account: str = "",
    since: datetime | None = None,
    wide: bool = True,
) -> Iterator[Entry]:
    """Entries by account and then oldest first; `since` counts by publication. `wide`: with html and text."""
    query = _query(FULL if wide else NARROW).order_by(entry.c.account, entry.c.published, entry.c.id)
    if account:
        query = query.where(entry.c.account == account)
    if since:
        query = query.where(entry.c.published >= seconds(since))
    for row in connection.execute(query.execution_options(yield_per=BATCH)):
        yield _judged(row, judge)


def one_entry(connection: Connection, judge: Judge, name: str) -> Entry | None:
    """The entry of that id."""
    row = connection.execute(_query(FULL).where(entry.c.id == name)).one_or_none()
    return _judged(row, judge) if row else None


def carriers_of(connection: Connection, judge: Judge, name: str) -> list[Entry]:
    """All entries of a story, oldest first, whatever their status."""
    query = _query(NARROW).where(entry.c.story == name).order_by(entry.c.published, entry.c.id)
    return [_judged(row, judge) for row in connection.execute(query)]


def _query(columns: Sequence[Column[Any]]) -> Select[Any]:
    facts = (entry.c.gone, beyond_approval().label("beyond_approval"), story.c.original)
    return select(*columns, *facts).outerjoin(story, story.c.id == entry.c.story)


def _judged(row: Row[Any], judge: Judge) -> Entry:
    item = to_entry(row, original=row.original in (None, row.id))
    gone, beyond = bool(row.gone), bool(row.beyond_approval)
    status = judge(EntryFacts(item.id, item.account, item.story, item.held_by, gone, beyond))
    return replace(item, status=status, story=item.story or item.id)


def evidence_of(connection: Connection, name: str) -> str:
    """Why an entry is in its story; empty while it waits for one."""
    return connection.scalar(select(story_entry.c.reason).where(story_entry.c.entry == name)) or ""


def revisions_of(connection: Connection, name: str) -> list[Revision]:
    """Superseded words of an entry, oldest first."""
    query = select(revision.c.number, revision.c.seen, revision.c.title, revision.c.text)
    rows = connection.execute(query.where(revision.c.entry == name).order_by(revision.c.number))
    return [Revision(number, moment(seen), title, text) for number, seen, title, text in rows]


@dataclass(frozen=True, slots=True)
class Activity:
    """What an account brought so far. Undated entries count as no news (国办秘函〔2019〕19号)."""

    entries: int
    newest: datetime | None  # publication of its newest entry with a date of its own


def removal_seen(connection: Connection, name: str) -> datetime | None:
    """The night on which the sign that its publisher took an entry back was first seen; None: no sign of it."""
    return moment_or_none(connection.scalar(select(entry.c.removal_seen).where(entry.c.id == name)))


def activity(connection: Connection) -> dict[str, Activity]:
    """By account id."""
    newest = func.max(entry.c.published).filter(~entry.c.inferred)
    rows = connection.execute(select(entry.c.account, func.count(), newest).group_by(entry.c.account))
    return {name: Activity(count, moment_or_none(latest)) for name, count, latest in rows}
