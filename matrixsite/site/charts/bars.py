"""Bars of one colour: what an account or member published by month."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from matrixsite.site.charts.marks import ceiling, drawing, label, number

WIDTH, HEIGHT = 320, 120
LEFT, TOP, FOOT = 34, 10, 22  # room for the scale and the words below
GAP = 0.25  # of a bar's place


def bars(name: str, labels: Sequence[str], counts: Sequence[float]) -> Markup:
    """A bar for each count; `labels` stand below them, an empty one for none."""
    top = ceiling(max(1, *counts))
    width, height = (WIDTH - LEFT) / len(counts), HEIGHT - TOP - FOOT
    ground = TOP + height
    shapes = [
        f"M{number(LEFT + (place + GAP / 2) * width)} {ground}v{number(-count / top * height)}"
        f"h{number(width * (1 - GAP))}V{ground}z"
        for place, count in enumerate(counts)
        if count
    ]
    words = [
        label("below", LEFT + (place + 0.5) * width, HEIGHT - 6, text)
        for place, text in enumerate(labels)
        if text
    ]
    return drawing(
        "bars",
        name,
        WIDTH,
        HEIGHT,
        f'<path class="line" d="M{LEFT} {TOP}H{WIDTH}M{LEFT} {ground}H{WIDTH}"/>'
        f'<path class="fill-1" d="{"".join(shapes)}"/>'
        + label("beside", LEFT - 6, TOP + 4, top)
        + label("beside", LEFT - 6, ground + 4, 0)
        + "".join(words),
    )
