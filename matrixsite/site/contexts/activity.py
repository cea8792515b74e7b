"""How much was published: what charts show, and the tables beside them. No word of reach: feeds carry no reads."""

from __future__ import annotations

from dataclasses import dataclass

from matrixsite.site.contexts.frame import Head, Link
from matrixsite.site.contexts.rows import MonthRow, Pages


@dataclass(frozen=True, slots=True)
class Series:
    """What was published on one platform; without a name, on all that aren't named."""

    platform: str
    counts: tuple[int, ...]  # in the order of the activity's periods


@dataclass(frozen=True, slots=True)
class Activity:
    """Entries by whole months or years and by platform."""

    periods: tuple[str, ...]  # "2026-11" or "2026", oldest first, without a gap
    series: tuple[Series, ...]  # most first, at most eight and the rest

    @property
    def totals(self) -> tuple[int, ...]:
        """Of each period."""
        return tuple(map(sum, zip(*(one.counts for one in self.series), strict=True)))

    @property
    def total(self) -> int:
        return sum(self.totals)


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """What the whole matrix published, by year."""

    head: Head
    by_year: Activity | None  # None: nothing yet
    by_month: Activity | None  # of the newest year and the one before
    years: tuple[Link, ...]  # newest first
    accounts: int  # that published something


@dataclass(frozen=True, slots=True)
class StatisticsYearPage:
    """What it published in one year, by month."""

    head: Head
    year: str
    by_month: Activity
    years: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day on which something was published."""

    month: int
    day: int
    count: int


@dataclass(frozen=True, slots=True)
class YearPage:
    """A year of an account or member, day by day."""

    head: Head
    whole: Link  # whose year it is
    year: int
    count: int
    days: tuple[CalendarDay, ...]  # oldest first; those with nothing are left out
    months: tuple[MonthRow, ...]  # oldest first


@dataclass(frozen=True, slots=True)
class FreshRow:
    """How fresh an account is."""

    account: Link
    colour: str  # green, amber, red
    day: str  # 2026-11-20: of its newest dated entry; empty for none


@dataclass(frozen=True, slots=True)
class FreshnessPage:
    """How fresh the accounts are, by directory; of a site whose operator publishes that.

    It names no day: it changes when an account does, not every night.
    """

    head: Head
    amber: int  # days
    red: int
    green_count: int
    amber_count: int
    red_count: int
    rows: tuple[FreshRow, ...]
    pages: Pages
