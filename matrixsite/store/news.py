"""When accounts published, told from indices alone (see `registry.news`)."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from matrixsite.registry.news import News, Window
from matrixsite.store.bulk import among, parts_for, rows_among
from matrixsite.store.columns import moment
from matrixsite.store.schema import entry

BATCH = 10_000

_NEWS = (entry.c.inferred.is_(False), entry.c.published < bindparam("until"))
_COUNT = (
    select(entry.c.account, func.count())
    .where(entry.c.published < bindparam("until"))
    .group_by(entry.c.account)
)
SPAN = (
    select(entry.c.account, func.min(entry.c.published), func.max(entry.c.published))
    .where(*_NEWS)
    .group_by(entry.c.account)
)
POSTS = select(entry.c.account, entry.c.published).where(*_NEWS, entry.c.published >= bindparam("since"))


def news_by_account(
    connection: Connection, window: Window, accounts: Collection[str] | None = None
) -> dict[str, News]:
    """By account id, of all or of some, whatever the status of the entries: what was withdrawn was published, too."""
    starts = window.midnights
    span = {"since": starts[0], "until": starts[-1]}
    counted: dict[str, Counter[int]] = {}
    for name, published in _rows(connection, POSTS, span, accounts):
        counted.setdefault(name, Counter())[bisect_right(starts, published) - 1] += 1
    del span["since"]
    spans = {
        name: (moment(first), moment(last)) for name, first, last in _rows(connection, SPAN, span, accounts)
    }
    days = window.days
    found = {}
    for name, count in _rows(connection, _COUNT, span, accounts):
        oldest, newest = spans.get(name, (None, None))
        posts = {days[place]: number for place, number in sorted(counted.get(name, {}).items())}
        found[name] = News(count, oldest, newest, posts)
    return found


def _rows(
    connection: Connection, question: Select[Any], span: Mapping[str, int], accounts: Collection[str] | None
) -> Iterator[tuple[Any, ...]]:
    if accounts is not None:
        yield from rows_among(connection, _of_accounts(question), set(accounts), **span)
        return
    for part in parts_for(connection, question, span, BATCH):
        yield from part


@cache
def _of_accounts(question: Select[Any]) -> Select[Any]:
    return question.where(among(entry.c.account))
