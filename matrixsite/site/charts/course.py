"""A row of small bars: what an account scored in one edition of a board after the other."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from matrixsite.site.charts.marks import drawing, number

STEP, BAR, HEIGHT = 8, 6, 20


def course(name: str, scores: Sequence[str]) -> Markup:
    """A bar for each score, given as it is printed, up to the highest; "" leaves its place empty."""
    values = [max(0.0, float(score)) if score else None for score in scores]
    top = max((value for value in values if value), default=0.0) or 1.0
    shapes = [
        f"M{place * STEP + 1} {HEIGHT}v{number(-1 - value / top * (HEIGHT - 1))}h{BAR}V{HEIGHT}z"
        for place, value in enumerate(values)
        if value is not None
    ]
    return drawing(
        "course", name, STEP * len(scores), HEIGHT, f'<path class="fill-1" d="{"".join(shapes)}"/>'
    )
