"""When accounts published, told from indices alone (see `registry.news`)."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

from sqlalchemy import Connection, bindparam, func, select

from matrixsite.registry.news import News, Window
from matrixsite.store.bulk import parts_for, rows_for
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


def news_by_account(connection: Connection, window: Window) -> dict[str, News]:
    """By account id, whatever the status of its entries: what an editor withdrew was published, too."""
    starts = window.midnights
    counted: dict[str, Counter[int]] = {}
    for part in parts_for(connection, POSTS, {"since": starts[0], "until": starts[-1]}, BATCH):
        for name, published in part:
            counted.setdefault(name, Counter())[bisect_right(starts, published) - 1] += 1
    spans = {
        name: (moment(first), moment(last))
        for name, first, last in rows_for(connection, SPAN, {"until": starts[-1]})
    }
    days = window.days
    found = {}
    for name, count in rows_for(connection, _COUNT, {"until": starts[-1]}):
        oldest, newest = spans.get(name, (None, None))
        posts = {days[place]: number for place, number in sorted(counted.get(name, {}).items())}
        found[name] = News(count, oldest, newest, posts)
    return found
