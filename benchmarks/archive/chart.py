"""Cost against size as a small SVG, by powers of ten: what grows as the archive does runs along the dotted lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 420, 64, 170, 40, 56
FONT = 'font-family="sans-serif" font-size="12"'
COLOURS = ("#1f6f8b", "#b3541e", "#5b7f2b")
Points = Sequence[tuple[float, float]]  # entries, CPU seconds


def chart(title: str, series: Mapping[str, Points]) -> str:
    """An SVG document of a line for each series."""
    points = [point for line in series.values() for point in line]
    plot = _Plot([x for x, _ in points], [y for _, y in points])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {FONT}>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="22" font-size="15">{escape(title)}</text>',
        *plot.grid(sorted({x for x, _ in points})),
    ]
    for (name, line), colour in zip(series.items(), COLOURS, strict=False):
        parts += plot.line(name, sorted(line), colour)
    return "\n".join([*parts, "</svg>"]) + "\n"


class _Plot:
    """Where values lie on the paper."""

    def __init__(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        self._left, self._right = log10(min(xs)), max(log10(max(xs)), log10(min(xs)) + 0.1)
        self._low, self._high = floor(log10(min(ys))), ceil(log10(max(ys)))

    def x(self, entries: float) -> float:
        share = (log10(entries) - self._left) / (self._right - self._left)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, seconds: float) -> float:
        share = (log10(seconds) - self._low) / (self._high - self._low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    def grid(self, sizes: Sequence[float]) -> list[str]:
        """A line for each power of ten and each size, and the axes' names."""
        foot, end = HEIGHT - BOTTOM, WIDTH - RIGHT
        parts = []
        for power in range(self._low, self._high + 1):
            y = self.y(10**power)
            parts.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{end}" y2="{y:.1f}" stroke="#ddd"/>')
            parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10**power:g}</text>')
        for size in sizes:
            x = self.x(size)
            parts.append(f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{foot}" stroke="#eee"/>')
            parts.append(f'<text x="{x:.1f}" y="{foot + 18}" text-anchor="middle">{size:,.0f}</text>')
        parts.append(f'<text x="{(LEFT + end) / 2:.0f}" y="{foot + 40}" text-anchor="middle">entries</text>')
        parts.append(
            f'<text transform="translate(16 {(TOP + foot) / 2:.0f}) rotate(-90)" text-anchor="middle">CPU s</text>'
        )
        return parts

    def line(self, name: str, points: Points, colour: str) -> list[str]:
        """A series, what it would be if it were linear, and its name at the end."""
        way = " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in points)
        dots = [
            f'<circle cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="3" fill="{colour}"/>' for x, y in points
        ]
        end_x, end_y = points[-1]
        place = f'x="{self.x(end_x) + 8:.1f}" y="{self.y(end_y) + 4:.1f}" fill="{colour}"'
        return [
            *self._linear(points, colour),
            f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"/>',
            *dots,
            f"<text {place}>{escape(name)}: {end_y:,.1f} s</text>",
        ]

    def _linear(self, points: Points, colour: str) -> list[str]:
        (first, cost), (last, _) = points[0], points[-1]
        end = min(cost * last / first, 10.0**self._high)
        reach = first * end / cost
        x1, y1, x2, y2 = self.x(first), self.y(cost), self.x(reach), self.y(end)
        return [
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-dasharray="2 4"/>'
        ]
