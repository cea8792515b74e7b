"""When accounts published: days, weeks and silences. Values in, values out.

News is what a feed dates itself, on the day that it says. An undated entry counts as no update (国办秘函〔2019〕19号);
what a feed brings late, above all the back-fill of its first night, counts on its own day, not on that of its arrival.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from matrixsite.config.settings import FreshnessSettings

WINDOW = 180  # days that are looked at, the day itself included
WEEKS = 8  # whole ones
_DAY = timedelta(days=1)


class Colour(StrEnum):
    """How an account stands; pages say it in words, too."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"  # not measured: closed, without a feed, or not asked yet


@dataclass(frozen=True)
class Window:
    """The days up to `today` in the site's zone; nothing after them is seen."""

    today: date
    zone: ZoneInfo
    length: int = WINDOW

    @cached_property
    def days(self) -> Sequence[date]:
        """Oldest first."""
        return [self.today - back * _DAY for back in range(self.length - 1, -1, -1)]

    @cached_property
    def midnights(self) -> Sequence[int]:
        """When each day begins, and the end of the last, in seconds since 1970."""
        starts = (*self.days, self.today + _DAY)
        return [int(datetime.combine(day, time.min, self.zone).timestamp()) for day in starts]


@dataclass(frozen=True, slots=True)
class News:
    """What an account published until the window's end: all entries counted, undated ones too; of dated ones the first,
    the last, and how many on each day of the window.
    """

    entries: int = 0
    oldest: datetime | None = None
    newest: datetime | None = None
    days: Mapping[date, int] = field(default_factory=dict)


NOTHING = News()


@dataclass(frozen=True, slots=True)
class Silence:
    """Whole days on which nothing was published."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def days_since(news: News, window: Window) -> int | None:
    """Days from the newest entry to today; None where nothing dated was ever seen."""
    return (window.today - news.newest.astimezone(window.zone).date()).days if news.newest else None


def colour_of(days: int | None, freshness: FreshnessSettings) -> Colour:
    """Of an account that is measured; one that never published anything dated is red."""
    if days is None or days >= freshness.red:
        return Colour.RED
    return Colour.AMBER if days >= freshness.amber else Colour.GREEN


def whole_weeks(today: date, count: int = WEEKS) -> Sequence[date]:
    """The Mondays of the last weeks that were over before `today`, oldest first."""
    monday = today - today.weekday() * _DAY
    return [monday - back * 7 * _DAY for back in range(count, 0, -1)]


def by_week(news: News, today: date) -> tuple[int, ...]:
    """Posts in each of the whole weeks, oldest first."""
    weeks = whole_weeks(today)
    counts = dict.fromkeys(weeks, 0)
    for day, count in news.days.items():
        monday = day - day.weekday() * _DAY
        if monday in counts:
            counts[monday] += count
    return tuple(counts[week] for week in weeks)


def silences(news: News, window: Window) -> list[Silence]:
    """The times without anything new in the window, oldest first, each a day or more.

    They begin with the first day after the account's first entry: before it there was nothing to be silent.
    """
    if news.oldest is None:
        return []
    start = max(window.days[0], news.oldest.astimezone(window.zone).date())
    found, day = [], start
    for active in sorted(news.days):
        if active > day:
            found.append(Silence(day, active - _DAY))
        day = active + _DAY
    if day <= window.today:
        found.append(Silence(day, window.today))
    return found


def longest_silence(news: News, window: Window) -> Silence | None:
    """The longest of them, of equal ones the latest; None where there was none."""
    return max(silences(news, window), key=lambda one: (one.days, one.first), default=None)
