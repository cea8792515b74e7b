"""Two bars side by side for each label: this year and the one before."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from matrixsite.site.charts.marks import ceiling, drawing, label, number

WIDTH, HEIGHT = 360, 140
LEFT, TOP, FOOT = 44, 12, 22
BAR = 0.36  # of a label's place; the rest is space


def pairs(name: str, labels: Sequence[str], before: Sequence[float], now: Sequence[float]) -> Markup:
    """For each label what was before, of the class `fill-8`, and what is now, of `fill-1`; of equal length."""
    top = ceiling(max(1, *before, *now))
    width, ground = (WIDTH - LEFT) / len(labels), HEIGHT - FOOT
    shapes = []
    for fill, first, amounts in ((8, 0.12, before), (1, 0.52, now)):
        bars = [
            f"M{number(LEFT + (place + first) * width)} {ground}v{number(-amount / top * (ground - TOP))}"
            f"h{number(BAR * width)}V{ground}z"
            for place, amount in enumerate(amounts)
            if amount
        ]
        shapes.append(f'<path class="fill-{fill}" d="{"".join(bars)}"/>')
    words = [
        label("below", LEFT + (place + 0.5) * width, HEIGHT - 6, text)
        for place, text in enumerate(labels)
        if text
    ]
    return drawing(
        "pairs",
        name,
        WIDTH,
        HEIGHT,
        f'<path class="line" d="M{LEFT} {TOP}H{WIDTH}M{LEFT} {ground}H{WIDTH}"/>'
        + "".join(shapes)
        + label("beside", LEFT - 6, TOP + 4, top)
        + label("beside", LEFT - 6, ground + 4, 0)
        + "".join(words),
    )
