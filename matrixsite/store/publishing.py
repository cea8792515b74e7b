"""What accounts published in a time, counted: all that feeds alone can say of them (发布活跃度)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, func, literal_column, select

from matrixsite.store.bulk import rows_for
from matrixsite.store.columns import moment, seconds
from matrixsite.store.listing import SHARED, SHOWN
from matrixsite.store.schema import entry, story

_PUBLISHED = (SHOWN, entry.c.published >= bindparam("since"), entry.c.published < bindparam("until"))
_QUARTER = entry.c.published - entry.c.published % 900  # every zone's days begin with a quarter of an hour
_POSTS = (
    select(entry.c.account, _QUARTER.label("quarter"), func.count())
    .where(*_PUBLISHED)
    .group_by(entry.c.account, literal_column("quarter"))
)
_TOLD = select(story.c.id).where(
    SHARED, story.c.id.in_(select(entry.c.story).where(*_PUBLISHED, entry.c.story.is_not(None)))
)
_REPOSTED = (  # entries that are not the original of their story
    select(entry.c.account, func.count())
    .join(story, story.c.id == entry.c.story)
    .where(*_PUBLISHED, SHARED, story.c.original != entry.c.id)
    .group_by(entry.c.account)
)
_ORIGINALS = (
    select(story.c.id, entry.c.account)
    .join(entry, entry.c.id == story.c.original)
    .where(*_PUBLISHED, SHARED, entry.c.story.is_not(None))
)
_CARRIERS = (
    select(entry.c.story, func.count(entry.c.account.distinct()))
    .where(SHOWN, entry.c.published < bindparam("until"), entry.c.story.in_(_TOLD))
    .group_by(entry.c.story)
)


def published_by(
    connection: Connection, since: datetime, until: datetime, zone: ZoneInfo
) -> Mapping[str, Mapping[str, int]]:
    """By account, of what it shows from `since` to before `until`: posts, active_days, originals, carried.

    Days are those of the zone. An original is whatever no other account of the matrix had before; `carried` counts, for
    each, the other accounts that carried it before `until`.
    """
    time = {"since": seconds(since), "until": seconds(until)}
    posts: Counter[str] = Counter()
    days: defaultdict[str, set[date]] = defaultdict(set)
    for account, quarter, count in rows_for(connection, _POSTS, time):
        posts[account] += count
        days[account].add(moment(quarter).astimezone(zone).date())
    reposts: dict[str, int] = dict(rows_for(connection, _REPOSTED, time))
    carriers: dict[str, int] = dict(rows_for(connection, _CARRIERS, time))
    carried: Counter[str] = Counter()
    for name, account in rows_for(connection, _ORIGINALS, time):
        carried[account] += max(0, carriers.get(name, 1) - 1)
    return {
        account: {
            "posts": count,
            "active_days": len(days[account]),
            "originals": count - reposts.get(account, 0),
            "carried": carried[account],
        }
        for account, count in sorted(posts.items())
    }
