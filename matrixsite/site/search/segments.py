"""Periods that the index is cut into: few, so that a query asks few files; closed ones never change with a night.

The open month is cut into pieces of eight days, of which a night touches the last. When a month closes they are merged;
closed months stand together, as quarters, halves, years and decades, while they hold few entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

TOGETHER = 16_000  # entries that closed months hold together at most
_PIECE = 8  # days
_PARTS = {12: 6, 6: 3, 3: 1}  # months of a period, and of its parts

Month = tuple[int, int]  # year and month


@dataclass(frozen=True, slots=True)
class Segment:
    """A period by its name, its days (`until` is no more part of it), and the number of its entries."""

    name: str  # 2010s, 2025, 2026-h1, 2026-q3, 2026-10, 2026-11-p4
    since: date
    until: date
    entries: int


def segments(closed: Mapping[Month, int], pieces: Sequence[int], today: date) -> list[Segment]:
    """The periods that hold entries, oldest first.

    `closed` are numbers of entries by month, before today's; `pieces` those of `open_pieces(today)`, the last of which
    takes whatever is dated later, too. How a month is merged depends on nothing but its own year and decade.
    """
    found: list[Segment] = []
    for decade in sorted({year // 10 for year, _ in closed}):
        found.extend(_decade(decade, closed, (today.year, today.month)))
    starts = open_pieces(today)
    ends = [*starts[1:], date.max]
    for number, (since, until, entries) in enumerate(zip(starts, ends, pieces, strict=True), start=1):
        if entries:
            found.append(Segment(f"{today:%Y-%m}-p{number}", since, until, entries))
    return found


def open_pieces(today: date) -> list[date]:
    """The first days of the pieces of today's month, up to today's."""
    return [today.replace(day=day) for day in range(1, today.day + 1, _PIECE)]


def segment_of(day: date, parts: Iterable[Segment]) -> Segment | None:
    """The period that a day lies in; None where no entry does."""
    return next((part for part in parts if part.since <= day < part.until), None)


def month_after(month: Month) -> Month:
    """The next month."""
    year, number = month
    return (year + 1, 1) if number == 12 else (year, number + 1)


def _decade(decade: int, closed: Mapping[Month, int], opened: Month) -> Iterator[Segment]:
    years = sorted({year for year, _ in closed if year // 10 == decade})
    entries = sum(count for (year, _), count in closed.items() if year in years)
    if len(years) > 1 and entries <= TOGETHER and 10 * decade + 9 < opened[0]:
        yield Segment(
            f"{decade}0s", date(max(10 * decade, 1), 1, 1), _first(10 * decade + 10, 1) or date.max, entries
        )
        return
    for year in years:
        yield from _period(year, 1, 12, closed, opened)


def _period(
    year: int, month: int, months: int, closed: Mapping[Month, int], opened: Month
) -> Iterator[Segment]:
    """So many months from this one as a whole, if they are closed and hold few entries, else in parts."""
    entries = sum(closed.get((year, each), 0) for each in range(month, month + months))
    if not entries:
        return
    last = (year, month + months - 1)
    if months == 1 or (entries <= TOGETHER and last < opened):
        until = _first(*month_after(last)) or date.max
        yield Segment(_name(year, month, months), date(year, month, 1), until, entries)
        return
    part = _PARTS[months]
    for each in range(month, month + months, part):
        yield from _period(year, each, part, closed, opened)


def _first(year: int, month: int) -> date | None:
    """The first day of a month; None beyond the end of time."""
    return date(year, month, 1) if year <= date.max.year else None


def _name(year: int, month: int, months: int) -> str:
    match months:
        case 12:
            return f"{year:04}"
        case 6:
            return f"{year:04}-h{(month + 5) // 6}"
        case 3:
            return f"{year:04}-q{(month + 2) // 3}"
    return f"{year:04}-{month:02}"
