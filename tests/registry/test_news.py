"""Days, weeks and silences of what accounts publish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from matrixsite.config.settings import FreshnessSettings
from matrixsite.registry.news import (
    NOTHING,
    Colour,
    News,
    Silence,
    Window,
    by_week,
    colour_of,
    days_since,
    longest_silence,
    silences,
    whole_weeks,
)

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 25)  # a Wednesday
WINDOW = Window(TODAY, ZONE)


def news(*days: int, entries: int = 0) -> News:
    """An entry on each of these days of November 2026 (0 and below lie before it)."""
    dates = [date(2026, 10, 31) + timedelta(days=day) for day in sorted(days)]
    at = [datetime.combine(day, time(12), ZONE).astimezone(UTC) for day in dates]
    seen = [day for day in dates if day >= WINDOW.days[0]]
    return News(entries or len(days), at[0], at[-1], {day: seen.count(day) for day in dict.fromkeys(seen)})


@pytest.mark.parametrize(
    ("days", "colour"),
    [
        (0, Colour.GREEN),
        (6, Colour.GREEN),
        (7, Colour.AMBER),
        (13, Colour.AMBER),
        (14, Colour.RED),
        (None, Colour.RED),
    ],
)
def test_colours_by_the_thresholds(days: int | None, colour: Colour) -> None:
    assert colour_of(days, FreshnessSettings()) is colour


def test_thresholds_are_the_operators() -> None:
    assert colour_of(6, FreshnessSettings(amber=3, red=6)) is Colour.RED


def test_days_go_by_the_calendar_of_the_site() -> None:
    late = datetime(2026, 11, 23, 16, 1, tzinfo=UTC)  # a minute past midnight on the 24th in Shanghai
    assert days_since(News(1, late, late), WINDOW) == 1
    assert days_since(News(1, late, late), Window(TODAY, ZoneInfo("UTC"))) == 2
    assert days_since(NOTHING, WINDOW) is None


def test_weeks_are_whole_and_over() -> None:
    assert whole_weeks(TODAY, 2) == [date(2026, 11, 9), date(2026, 11, 16)]
    assert whole_weeks(date(2026, 11, 23), 1) == [date(2026, 11, 16)], "a Monday begins a week"
    assert by_week(news(8, 9, 15, 16, 22, 23, 25), TODAY)[-3:] == (1, 2, 2), (
        "the running week is no whole one"
    )


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ((25,), []),
        ((20, 25), [(21, 24)]),
        ((10, 11, 20), [(12, 19), (21, 25)]),
        ((-400, 24), [(-154, 23), (25, 25)]),  # the window begins on May 30
        ((-400,), [(-154, 25)]),
    ],
)
def test_silences(days: Sequence[int], found: list[tuple[int, int]]) -> None:
    day = [date(2026, 10, 31) + timedelta(days=n) for pair in found for n in pair]
    assert silences(news(*days), WINDOW) == [Silence(*day[n : n + 2]) for n in range(0, len(day), 2)]


def test_the_longest_silence_is_the_latest_of_equal_ones() -> None:
    longest = longest_silence(news(1, 10, 11, 20, 25), WINDOW)
    assert longest is not None
    assert (longest.days, longest.first.day, longest.last.day) == (8, 12, 19)
    assert longest_silence(NOTHING, WINDOW) is None
