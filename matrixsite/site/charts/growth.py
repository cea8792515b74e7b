"""A line that rises by one at each time: how a story spread."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from matrixsite.site.charts.marks import ceiling, drawing, label, number

WIDTH, HEIGHT = 360, 160
LEFT, RIGHT, TOP, FOOT = 30, 26, 12, 24
MOST_TICKS = 4
HOUR, DAY = 3600, 86_400
DAYS_FROM = 2 * DAY  # what took longer is told in days


def unit_of(last: int) -> int:
    """The seconds that an axis counts in, hours or days, for a chart that ends after `last` seconds."""
    return DAY if last > DAYS_FROM else HOUR


def growth(name: str, seconds: Sequence[int], tick: str) -> Markup:
    """How many there were, from the first (at 0) on; `seconds` rise.

    `tick` words a mark of the axis: "{count} 小时".
    """
    unit = unit_of(seconds[-1])
    units = max(1, -(-seconds[-1] // unit))
    step = next(step for step in _steps() if step * MOST_TICKS >= units)
    end, top = -(-units // step) * step, ceiling(len(seconds))
    ground = HEIGHT - FOOT
    across = (WIDTH - LEFT - RIGHT) / (end * unit)
    up = (ground - TOP) / top
    line = [f"M{LEFT} {number(ground - up)}"]
    line += [
        f"H{number(LEFT + after * across)}V{number(ground - (count + 2) * up)}"
        for count, after in enumerate(seconds[1:])
    ]
    marks = range(0, end + 1, step)
    return drawing(
        "growth",
        name,
        WIDTH,
        HEIGHT,
        f'<path class="line" d="M{LEFT} {TOP}H{WIDTH - RIGHT}M{LEFT} {ground}H{WIDTH - RIGHT}"/>'
        f'<path class="stroke-1" d="{"".join(line)}H{WIDTH - RIGHT}"/>'
        + label("beside", LEFT - 6, TOP + 4, top)
        + label("beside", LEFT - 6, ground + 4, 0)
        + "".join(
            label("below", LEFT + mark * unit * across, HEIGHT - 6, tick.format(count=mark)) for mark in marks
        ),
    )


def _steps() -> Sequence[int]:
    return [step * 10**power for power in range(6) for step in (1, 2, 5)]
