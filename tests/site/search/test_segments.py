"""How the index is cut into periods."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.site.search.segments import (
    TOGETHER,
    Month,
    Segment,
    month_after,
    open_pieces,
    segment_of,
    segments,
)

TODAY = date(2026, 11, 28)
FULL = TOGETHER  # entries that fill a period


def _cut(closed: dict[Month, int], pieces: tuple[int, ...] = (1, 1, 1, 1), today: date = TODAY) -> list[str]:
    return [part.name for part in segments(closed, pieces, today)]


OPEN = ["2026-11-p1", "2026-11-p2", "2026-11-p3", "2026-11-p4"]


@pytest.mark.parametrize(
    ("closed", "names"),
    [
        ({}, []),
        ({(2026, 10): 5}, ["2026-10"]),  # its quarter is not over
        ({(2026, 7): 5, (2026, 9): 5, (2026, 10): 5}, ["2026-q3", "2026-10"]),
        ({(2026, 2): 5, (2026, 5): 5, (2026, 8): 5}, ["2026-h1", "2026-q3"]),
        ({(2025, 1): 5, (2025, 12): 5, (2026, 1): 5}, ["2025", "2026-h1"]),
        ({(2025, 1): FULL, (2025, 12): 5}, ["2025-h1", "2025-h2"]),
        ({(2025, 1): FULL, (2025, 4): 5}, ["2025-q1", "2025-q2"]),
        ({(2025, 1): FULL, (2025, 3): 5}, ["2025-01", "2025-03"]),
        ({(2025, 1): FULL + 5}, ["2025-01"]),
        ({(2012, 3): 5, (2019, 3): 5, (2021, 3): 5}, ["2010s", "2021"]),
        ({(2012, 3): FULL, (2019, 3): 5}, ["2012", "2019"]),
    ],
)
def test_closed_months_stand_together_while_they_hold_few(closed: dict[Month, int], names: list[str]) -> None:
    assert _cut(closed) == [*names, *OPEN]


@pytest.mark.parametrize(
    ("day", "pieces"),
    [(1, [1]), (8, [1]), (9, [1, 9]), (24, [1, 9, 17]), (25, [1, 9, 17, 25]), (30, [1, 9, 17, 25])],
)
def test_the_open_month_is_cut_into_pieces_of_eight_days(day: int, pieces: list[int]) -> None:
    assert [one.day for one in open_pieces(date(2026, 11, day))] == pieces


def test_pieces_without_entries_are_none_and_the_last_takes_what_is_dated_later() -> None:
    parts = segments({}, (0, 3, 0, 1), TODAY)
    assert [part.name for part in parts] == ["2026-11-p2", "2026-11-p4"]
    assert segment_of(date(2031, 1, 1), parts) == parts[1]
    assert segment_of(date(2026, 11, 3), parts) is None


MONTHS = st.dictionaries(
    st.tuples(st.integers(1995, 2026), st.integers(1, 12)).filter(lambda month: month < (2026, 11)),
    st.integers(1, FULL + 9),
    max_size=30,
)


@given(MONTHS, st.dates(date(2026, 11, 1), date(2026, 11, 30)))
def test_each_day_lies_in_one_period_with_all_entries_of_its_month(
    closed: dict[Month, int], today: date
) -> None:
    parts = segments(closed, [1] * len(open_pieces(today)), today)
    assert all(one.until <= other.since for one, other in pairwise(parts))
    for year, month in closed:
        first = date(year, month, 1)
        assert segment_of(first, parts) == segment_of(date(year, month, 28), parts) != None  # noqa: E711
    held: dict[Segment, int] = {}
    for (year, month), entries in closed.items():
        part = segment_of(date(year, month, 1), parts)
        assert part
        held[part] = held.get(part, 0) + entries
    assert all(part.entries == entries for part, entries in held.items())
    assert len({part.name for part in parts}) == len(parts)


@given(MONTHS, st.tuples(st.integers(1995, 2026), st.integers(1, 9)), st.integers(1, 9))
def test_more_entries_of_a_year_change_no_period_of_another_decade(
    closed: dict[Month, int], month: Month, more: int
) -> None:
    before = set(segments(closed, (1, 1, 1, 1), TODAY))
    after = set(segments(closed | {month: closed.get(month, 0) + more}, (1, 1, 1, 1), TODAY))
    assert {part.since.year // 10 for part in before ^ after} <= {month[0] // 10}


def test_december_is_followed_by_january() -> None:
    assert month_after((2025, 12)) == (2026, 1)
