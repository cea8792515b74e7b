"""A year as weeks from left to right and weekdays from top to bottom: how much was published on each day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from markupsafe import Markup

from matrixsite.site.charts.marks import drawing, label

CELL, SIDE = 12, 10  # a day's place, and its square
LEFT, TOP = 34, 18
WEEKS = 54  # a leap year that begins on a Sunday touches so many
LEVELS = (1, 2, 4, 8)  # published on a day, for each level from the first up
WEEKDAYS = (0, 2, 4)  # that are named


class Day(Protocol):
    """What was published on a day."""

    @property
    def month(self) -> int: ...

    @property
    def day(self) -> int: ...

    @property
    def count(self) -> int: ...


def calendar_days(
    name: str, year: int, days: Iterable[Day], months: Sequence[str], weekdays: Sequence[str]
) -> Markup:
    """A square for each day, those of one level in one path; weeks begin on Monday.

    `months` and `weekdays` are their names, in order.
    """
    first = date(year, 1, 1)
    counts = {(one.month, one.day): one.count for one in days}
    shapes: list[list[str]] = [[] for _ in range(len(LEVELS) + 1)]
    for day, square in _squares(year).items():
        shapes[level_of(counts[day]) if day in counts else 0].append(square)
    squares = "".join(
        f'<path class="level-{level}" d="{"".join(found)}"/>' for level, found in enumerate(shapes) if found
    )
    words = [
        label("above", LEFT + ((start - first).days + first.weekday()) // 7 * CELL, 11, text)
        for start, text in zip((date(year, month, 1) for month in range(1, 13)), months, strict=True)
    ]
    words += [label("beside", LEFT - 6, TOP + day * CELL + SIDE - 1, weekdays[day]) for day in WEEKDAYS]
    return drawing("calendar", name, LEFT + WEEKS * CELL, TOP + 7 * CELL, squares + "".join(words))


@lru_cache(maxsize=32)
def _squares(year: int) -> Mapping[tuple[int, int], str]:
    """The square of each day of a year, by month and day: the same on hundreds of pages."""
    first = date(year, 1, 1)
    squares: dict[tuple[int, int], str] = {}
    for ordinal in range((date(year + 1, 1, 1) - first).days):
        day, week = first + timedelta(ordinal), (ordinal + first.weekday()) // 7
        place = f"M{LEFT + week * CELL} {TOP + day.weekday() * CELL}"
        squares[day.month, day.day] = f"{place}h{SIDE}v{SIDE}h-{SIDE}z"
    return squares


def level_of(count: int) -> int:
    """0 for nothing, then by doubling."""
    return sum(count >= least for least in LEVELS)
