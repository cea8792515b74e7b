"""What all charts are written with."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

STEPS = (1, 2, 5)


def drawing(kind: str, name: str, width: int, height: int, inside: str) -> Markup:
    """An SVG element of this size that bears a name; `inside` is markup."""
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return Markup(
        f'<svg class="chart chart-{kind}" role="img" aria-label="{escape(name)}" {box}>{inside}</svg>'
    )


def label(kind: str, x: float, y: float, text: object) -> str:
    """A piece of text at a place; what it is aligned by, its class says."""
    return f'<text class="{kind}" x="{number(x)}" y="{number(y)}">{escape(text)}</text>'


def number(value: float) -> str:
    """A coordinate to a tenth, as short as it can be written."""
    return f"{value:.1f}".removesuffix(".0")


def ceiling(most: float) -> int:
    """The round number (1, 2 or 5 times a power of ten) that an axis ends at."""
    power = 1
    while True:
        for step in STEPS:
            if step * power >= most:
                return step * power
        power *= 10


def scale(most: int) -> Sequence[int]:
    """The marks of an axis of whole numbers from 0 to its ceiling: two to six."""
    top = ceiling(most)
    parts = {"1": 5, "2": 4, "5": 5}[str(top)[0]] if top > 5 else top
    return range(0, top + 1, top // parts)
