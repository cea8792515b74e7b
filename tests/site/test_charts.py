"""Charts: what they draw, and that they hold nothing but shapes, words and classes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from lxml import etree
from markupsafe import Markup

from matrixsite.site.charts import bars, calendar_days, course, growth, pairs, ranks, stacked_bars, unit_of
from matrixsite.site.charts.marks import ceiling, scale

NAME = '名 <b>"&'
MONTHS = [f"{month}月" for month in range(1, 13)]
WEEKDAYS = list("一二三四五六日")
ALLOWED = {"class", "role", "aria-label", "viewBox", "width", "height", "d", "x", "y"}


@dataclass(frozen=True)
class Day:
    month: int
    day: int
    count: int


def _stacked() -> Markup:
    return stacked_bars(NAME, MONTHS, [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [5] * 12])


def _bars() -> Markup:
    return bars(NAME, ["", "<i>"], [3, 0])


def _growth() -> Markup:
    return growth(NAME, [0, 1800, 7200], "{count} <时>")


def _calendar() -> Markup:
    return calendar_days(NAME, 2026, [Day(1, 1, 1), Day(12, 31, 9)], MONTHS, WEEKDAYS)


def _ranks() -> Markup:
    return ranks(NAME, ["<i>甲", "乙"], ["3.00", "1.00"])


def _pairs() -> Markup:
    return pairs(NAME, ["<i>", ""], [1, 0], [2.5, 3])


def _course() -> Markup:
    return course(NAME, ["9.50", "", "3"])


@pytest.mark.parametrize("draw", [_stacked, _bars, _pairs, _course, _growth, _ranks, _calendar])
def test_a_chart_is_an_image_with_a_name_made_of_shapes_and_words_alone(draw: Callable[[], Markup]) -> None:
    svg = etree.fromstring(draw())
    assert svg.tag == "svg"
    assert (svg.get("role"), svg.get("aria-label")) == ("img", NAME)
    assert {element.tag for element in svg.iter()} <= {"svg", "path", "text"}
    assert {key for element in svg.iter() for key in element.attrib} <= ALLOWED
    assert draw() == draw()


def test_stacked_bars_show_each_row_as_high_as_it_counts() -> None:
    svg = etree.fromstring(stacked_bars("", ["一月", "二月"], [[10, 0], [5, 20]]))
    heights = {
        path.get("class"): _heights(path.get("d"))
        for path in svg.iterfind("path")
        if path.get("class") != "line"
    }
    (ten,), (five, twenty) = heights["fill-1"], heights["fill-2"]
    assert ten == pytest.approx(2 * five, rel=0.02)
    assert twenty == pytest.approx(4 * five, rel=0.02)
    words = [text.text for text in svg.iterfind("text")]
    assert words == ["一月", "二月", "0", "5", "10", "15", "20"]


def test_drawing_stacked_bars_leaves_no_finder_of_plugins_behind() -> None:
    _stacked()
    assert [finder for finder in sys.meta_path if not hasattr(finder, "find_spec")] == []


def _heights(path: str | None) -> list[float]:
    return [float(part.split("v")[1].split("h")[0]) for part in (path or "").split("z") if part]


def test_bars_leave_out_what_is_nothing() -> None:
    path = etree.fromstring(bars("", ["", "", ""], [4, 0, 2])).find("path[@class='fill-1']")
    assert path is not None
    first, second = str(path.get("d")).split("z")[:2]
    assert _up(first) == pytest.approx(2 * _up(second))


def test_pairs_stand_beside_each_other_on_one_scale() -> None:
    svg = etree.fromstring(pairs("", ["", ""], [4, 1], [2, 2]))
    before, now = (str(svg.find(f"path[@class='fill-{fill}']").get("d")).split("z")[:-1] for fill in (8, 1))
    assert _up(before[0]) == pytest.approx(2 * _up(now[0]), rel=0.01)
    assert _up(before[0]) == pytest.approx(4 * _up(before[1]), rel=0.01)
    places = [float(shape[1:].split()[0]) for shape in (before[0], now[0], before[1], now[1])]
    assert places == sorted(places)


def test_a_course_leaves_room_for_editions_without_a_score() -> None:
    path = etree.fromstring(course("", ["10.00", "", "5.00", "-1.00"])).find("path")
    assert path is not None
    first, third, fourth = str(path.get("d")).split("z")[:-1]
    assert [shape.split()[0] for shape in (first, third, fourth)] == ["M1", "M17", "M25"]
    assert [_up(shape) for shape in (first, third, fourth)] == [20, 10.5, 1]


def _up(shape: str) -> float:
    return -float(shape.split("v")[1].split("h")[0])


@pytest.mark.parametrize(
    ("scores", "lengths"),
    [
        (["10.00", "5.00"], [296, 148]),
        (["0.00", "0.00"], [0, 0]),
        (["4.00", "-4.00"], [296, 0]),
    ],
)
def test_bars_of_ranks_are_as_long_as_their_share(scores: list[str], lengths: list[float]) -> None:
    svg = etree.fromstring(ranks("", ["甲" * 40, "乙"], scores))
    path = svg.find("path")
    assert path is not None
    assert [float(part.split("h")[1].split("v")[0]) for part in str(path.get("d")).split("z")[:-1]] == lengths
    words = [text.text for text in svg.iterfind("text")]
    assert words == ["甲" * 23 + "…", scores[0], "乙", scores[1]]


def test_growth_rises_by_one_at_each_time() -> None:
    path = etree.fromstring(growth("", [0, 3600, 3600, 7200], "{count}")).find("path[@class='stroke-1']")
    assert path is not None
    steps = [part.split("V") for part in str(path.get("d")).split("H")[1:-1]]
    assert [float(x) for x, _ in steps] == sorted(float(x) for x, _ in steps)
    ups = [float(y) for _, y in steps]
    rises = {round(one - other, 1) for one, other in pairwise(ups)}
    assert len(ups) == 3
    assert len(rises) == 1
    assert rises.pop() > 0


@pytest.mark.parametrize(
    ("seconds", "unit", "marks"),
    [
        ([0, 0, 0], 3600, ["0", "1"]),
        ([0, 60, 4 * 3600], 3600, ["0", "1", "2", "3", "4"]),
        ([0, 60, 30 * 3600], 3600, ["0", "10", "20", "30"]),
        ([0, 60, 86_400 * 9], 86_400, ["0", "5", "10"]),
    ],
)
def test_the_axis_of_growth_goes_by_whole_hours_or_days(
    seconds: list[int], unit: int, marks: list[str]
) -> None:
    assert unit_of(seconds[-1]) == unit
    svg = etree.fromstring(growth("", seconds, "{count}"))
    assert [text.text for text in svg.iterfind("text[@class='below']")] == marks


@pytest.mark.parametrize("year", [2024, 2026, 2028])
def test_a_calendar_has_a_square_for_each_day_in_its_week_and_weekday(year: int) -> None:
    first = date(year, 1, 1)
    days = (date(year + 1, 1, 1) - first).days
    busy = first + timedelta(45)
    svg = etree.fromstring(calendar_days("", year, [Day(busy.month, busy.day, 3)], MONTHS, WEEKDAYS))
    squares = {path.get("class"): str(path.get("d")).split("z")[:-1] for path in svg.iterfind("path")}
    assert len(squares["level-0"]) == days - 1
    (square,) = squares["level-2"]
    x, y = square[1:].split("h")[0].split(" ")
    assert (int(y) - 18) // 12 == busy.weekday()
    assert (int(x) - 34) // 12 == (45 + first.weekday()) // 7
    width = float(str(svg.get("width")))
    assert max(int(one[1:].split(" ")[0]) for many in squares.values() for one in many) + 10 <= width


@pytest.mark.parametrize(
    ("most", "top", "marks"),
    [(1, 1, 2), (2, 2, 3), (3, 5, 6), (10, 10, 6), (11, 20, 5), (51, 100, 6), (499, 500, 6), (501, 1000, 6)],
)
def test_axes_end_at_round_numbers(most: int, top: int, marks: int) -> None:
    assert ceiling(most) == top
    assert (scale(most)[0], scale(most)[-1], len(scale(most))) == (0, top, marks)
