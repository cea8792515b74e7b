"""The times that measures and boards are of: a week, month, quarter, year, or days from one to another."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache


class PeriodKind(StrEnum):
    """What a period is called by; `days` is any other span."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DAYS = "days"


_YEAR = re.compile(r"(\d{4})年?")
_MONTH = re.compile(r"(\d{4})(?:[-/.]|年)?(0?[1-9]|1[0-2])月?")
_QUARTER = re.compile(r"(\d{4})(?:[-/ ]?Q|年?第?)([1-4一二三四])(?:季度?)?", re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.IGNORECASE)
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})(?:--|/|~|至)(\d{4}-\d{2}-\d{2})")
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From its first day to its last, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def kind(self) -> PeriodKind:
        """By its days: the first to the last of a month are that month, however they were written."""
        return _kind_of(self)

    @property
    def text(self) -> str:
        """2026, 2026-Q3, 2026-10, 2026-W45, 2026-10-01--2026-10-07: what addresses and files are named by."""
        year = self.start.year
        match self.kind:
            case PeriodKind.YEAR:
                return f"{year}"
            case PeriodKind.QUARTER:
                return f"{year}-Q{(self.start.month + 2) // 3}"
            case PeriodKind.MONTH:
                return f"{year}-{self.start.month:02}"
            case PeriodKind.WEEK:
                iso = self.start.isocalendar()
                return f"{iso.year}-W{iso.week:02}"
        return f"{self.start}--{self.end}"

    def year_before(self) -> Period:
        """The same period of the year before; of weeks that of the same number, of days the same days."""
        match self.kind:
            case PeriodKind.WEEK:
                iso = self.start.isocalendar()
                return period_with(_monday(iso.year - 1, iso.week), PeriodKind.WEEK)
            case PeriodKind.DAYS:
                return Period(_year_back(self.start), _year_back(self.end))
        return period_with(_year_back(self.start), self.kind)

    def holds(self, other: Period) -> bool:
        """Whether the other lies within it."""
        return self.start <= other.start and other.end <= self.end


@cache
def _kind_of(period: Period) -> PeriodKind:
    """Asked of a period once for each of thousands of accounts."""
    for kind in (PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.MONTH, PeriodKind.WEEK):
        if period_with(period.start, kind) == period:
            return kind
    return PeriodKind.DAYS


def period_with(day: date, kind: PeriodKind) -> Period:
    """The week, month, quarter or year that a day is in; of `days` the day itself."""
    match kind:
        case PeriodKind.YEAR:
            return Period(date(day.year, 1, 1), date(day.year, 12, 31))
        case PeriodKind.QUARTER:
            first = (day.month - 1) // 3 * 3 + 1
            return Period(date(day.year, first, 1), _month_end(day.year, first + 2))
        case PeriodKind.MONTH:
            return Period(day.replace(day=1), _month_end(day.year, day.month))
        case PeriodKind.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Period(monday, monday + timedelta(days=6))
    return Period(day, day)


def parse_period(text: str) -> Period | None:
    """The period that a text names, in the forms of `Period.text` or as Chinese tables write them; else None.

    A single date is none: spreadsheets make one of a month, and what was meant can't be told.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    try:
        if found := _DAYS.fullmatch(text):
            period = Period(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
            return period if period.start <= period.end else None
        if found := _WEEK.fullmatch(text):
            return period_with(_monday(int(found[1]), int(found[2])), PeriodKind.WEEK)
        if (found := _MONTH.fullmatch(text)) and not text.isdecimal():
            return period_with(date(int(found[1]), int(found[2]), 1), PeriodKind.MONTH)
        if found and len(text) == 6:  # 202610
            return period_with(date(int(found[1]), int(found[2]), 1), PeriodKind.MONTH)
        if found := _YEAR.fullmatch(text):
            return period_with(date(int(found[1]), 1, 1), PeriodKind.YEAR)
        if found := _QUARTER.fullmatch(text):
            quarter = _CHINESE.get(found[2]) or int(found[2])
            return period_with(date(int(found[1]), 3 * quarter, 1), PeriodKind.QUARTER)
    except ValueError:
        return None
    return None


def _monday(year: int, week: int) -> date:
    """Raises ValueError for a week that the year has not, but for a 53rd asked of a shorter year: its last."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        if week != 53:
            raise
        return date.fromisocalendar(year, 52, 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year_back(day: date) -> date:
    return (
        day.replace(year=day.year - 1, day=28)
        if (day.month, day.day) == (2, 29)
        else day.replace(year=day.year - 1)
    )
