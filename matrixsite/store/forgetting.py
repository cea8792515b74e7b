"""Letting the index of stories forget those that no entry can join any more, a part of it a day.

A row is looked at where it was learned long ago, and goes unless its story was joined since. Going through all rows
takes DAYS days, so that no night pays for the whole archive.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, delete, exists, func, select

from matrixsite.dedup.lookup import DAY
from matrixsite.store.columns import moment, seconds
from matrixsite.store.postings import TABLES, slices
from matrixsite.store.runs import remember, remembered
from matrixsite.store.schema import entry, story, story_alias

FORGET = timedelta(days=60)  # joining looks for no story that rested for 45 days (dedup.index.ASLEEP)
FORGET_SENTENCES = timedelta(days=400)  # furniture and templates live longer
DAYS = 16  # in which all rows are gone through
_CLEARED = "postings-cleared-on"  # what is remembered: the last day whose part was gone through


def parts_due(connection: Connection, now: datetime) -> list[tuple[int, int]]:
    """The ranges of hashes whose days came since this was asked last."""
    today = seconds(now) // DAY
    last = int(remembered(connection, _CLEARED) or today)
    remember(connection, _CLEARED, str(max(today, last)))
    numbers = sorted({day % DAYS for day in range(max(last + 1, today + 1 - DAYS), today + 1)})
    return [slices(DAYS)[number] for number in numbers]


def forget(connection: Connection, now: datetime, low: int, high: int) -> None:
    """Clear a range of hashes of stories that nobody can join any more."""
    waiting = connection.scalar(select(func.min(entry.c.first_seen)).where(entry.c.story.is_(None)))
    asking = now if waiting is None else min(now, moment(waiting))  # when the first of them looks
    for tables, kept in zip(TABLES, (FORGET, FORGET_SENTENCES), strict=True):
        for table in tables:
            _clear(connection, table, asking - kept, low, high)


def _clear(connection: Connection, table: Table, before: datetime, low: int, high: int) -> None:
    old = table.c.hash.between(low, high), table.c.day <= seconds(before) // DAY
    touched = story.c.touched >= seconds(before)
    alive = exists().where(story.c.id == table.c.story, touched)
    merged = exists().where(story_alias.c.alias == table.c.story, story.c.id == story_alias.c.story, touched)
    connection.execute(delete(table).where(*old, ~alive, ~merged))
