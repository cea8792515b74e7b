"""Stacked bars, drawn by pygal: what many published, by month or year and by platform."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup

from matrixsite.site.charts.marks import drawing, label, number, scale

WIDTH, HEIGHT = 480, 220
_NUMBERS = ("x", "y", "width", "height")


def stacked_bars(name: str, labels: Sequence[str], rows: Sequence[Sequence[int]]) -> Markup:
    """A bar for each label, a piece of it for each row, the first undermost and of the class `fill-1`."""
    chart = _pygal().StackedBar(
        width=WIDTH,
        height=HEIGHT,
        margin=6,
        spacing=6,
        show_legend=False,
        print_zeroes=False,
        x_labels=list(labels),
        y_labels=list(scale(max(1, *map(sum, zip(*rows, strict=True))))),
        truncate_label=-1,  # never
        no_prefix=True,
        js=(),
        css=(),
    )
    for row in rows:
        chart.add("", list(row))
    return drawing("stacked", name, WIDTH, HEIGHT, "".join(_drawn(chart.render_tree())))


@cache
def _pygal() -> Any:
    """Imported late: it takes 60 ms, and few processes of a build draw such a chart.

    It leaves a finder of plugins behind, of a kind that Python 3.12 no longer asks and 3.11 warns of at each import to
    come; we have none of its plugins.
    """
    pygal = import_module("pygal")
    sys.meta_path[:] = [finder for finder in sys.meta_path if hasattr(finder, "find_spec")]
    return pygal


def _drawn(tree: ElementTree.Element) -> Iterator[str]:
    """Of pygal's tree what shows something: it holds a style, a script, tooltips and the day it was made on, too."""
    (plot,) = (one for one in tree.iter("g") if one.get("class") == "plot")
    left, top = _place(plot)
    for axis in ("x", "y"):
        for guide in _of_class(plot, "guides", within=f"axis {axis}"):
            yield from _guide(guide, axis, left, top)
    for series in _of_class(plot, "series"):
        fill = int(str(series.get("class")).rpartition("color-")[2]) + 1
        rects = [one for one in series.iter("rect") if float(one.get("height", 0)) > 0]
        path = "".join(_bar(rect, left, top) for rect in rects)
        if path:
            yield f'<path class="fill-{fill}" d="{path}"/>'


def _guide(guide: ElementTree.Element, axis: str, left: float, top: float) -> Iterator[str]:
    """A line across the plot where the axis is that of numbers, and its label."""
    text = guide.find("text")
    if text is None or text.text is None:
        return
    if axis == "x":
        yield label("below", left + float(text.get("x", 0)), HEIGHT - 8, text.text)
        return
    y = top + float(text.get("y", 0)) - 3.5  # pygal sets it below the line by a third of its size
    yield f'<path class="line" d="M{number(left)} {number(y)}H{WIDTH}"/>'
    yield label("beside", left - 6, y + 4, text.text)


def _bar(rect: ElementTree.Element, left: float, top: float) -> str:
    x, y, width, height = (float(rect.get(key, 0)) for key in _NUMBERS)
    return f"M{number(left + x)} {number(top + y)}h{number(width)}v{number(height)}h{number(-width)}z"


def _place(plot: ElementTree.Element) -> tuple[float, float]:
    x, _, y = str(plot.get("transform")).removeprefix("translate(").removesuffix(")").partition(", ")
    return float(x), float(y)


def _of_class(tree: ElementTree.Element, name: str, within: str = "") -> Iterator[ElementTree.Element]:
    """The groups of a class, in order; `within` those whose class begins so."""
    for group in tree.iter("g"):
        if within and str(group.get("class", "")).startswith(within):
            yield from _of_class(group, name)
        elif not within and name in str(group.get("class", "")).split():
            yield group
