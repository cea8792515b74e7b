"""Lying bars with a name above each: the first places of a board."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from matrixsite.site.charts.marks import drawing, label, number

WIDTH, ROW = 360, 36
BAR, RIGHT = 12, 64  # thickness; room for the number behind the longest
LONGEST = 24  # characters of a name: the table beside has it whole


def ranks(name: str, labels: Sequence[str], scores: Sequence[str]) -> Markup:
    """A bar for each score, given as it is printed, as long as its share of the highest; none is below zero."""
    values = [max(0.0, float(score)) for score in scores]
    top = max(values, default=0.0) or 1.0
    across = WIDTH - RIGHT
    shapes, words = [], []
    for place, (text, score, value) in enumerate(zip(labels, scores, values, strict=True)):
        above, long = place * ROW, value / top * across
        words.append(
            label("from", 0, above + 14, text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")
        )
        words.append(label("from", long + 6, above + 30, score))
        shapes.append(f"M0 {above + 20}h{number(long)}v{BAR}H0z")
    inside = f'<path class="fill-1" d="{"".join(shapes)}"/>{"".join(words)}'
    return drawing("ranks", name, WIDTH, ROW * len(labels), inside)
