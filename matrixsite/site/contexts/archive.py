"""The archive of the whole site: its years and months, a month as a calendar, a day."""

from __future__ import annotations

from dataclasses import dataclass

from matrixsite.site.contexts.frame import Head, Link
from matrixsite.site.contexts.home import CarriedBlock
from matrixsite.site.contexts.rows import MonthRow, Pages, Row


@dataclass(frozen=True, slots=True)
class ArchivePage:
    head: Head
    months: tuple[MonthRow, ...]  # newest first, each with its stories


@dataclass(frozen=True, slots=True)
class ArchiveDay:
    """A day of a month's calendar."""

    day: Link  # without an address where there is nothing
    count: int  # stories


@dataclass(frozen=True, slots=True)
class ArchiveMonthPage:
    head: Head
    month: str  # 2026-11
    count: int  # stories
    weeks: tuple[tuple[ArchiveDay | None, ...], ...]  # Monday first; None: a day of another month
    carried: tuple[CarriedBlock, ...]  # the most carried first
    before: Link | None  # the months beside it that have stories
    after: Link | None


@dataclass(frozen=True, slots=True)
class ArchiveDayPage:
    head: Head
    month: Link
    day: str  # 2026-11-20
    count: int  # stories of the day; 0 on later pages, which stay as they are once they are full
    rows: tuple[Row, ...]  # oldest first
    pages: Pages
