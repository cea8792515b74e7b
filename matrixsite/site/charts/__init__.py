"""Charts as inline SVG: pure functions of values, called by templates as `draw.<name>`.

An SVG holds shapes, text and classes, nothing else: the site's policy allows no style and no script inside a page,
colours are the theme's, and the same values give the same bytes. Each has `role="img"` and a name; the page shows the
numbers in a table or list beside it.

Few charts are large and stacked: `stacked_bars` draws them by pygal, which takes 5 to 10 ms each. The many small ones
(`bars`, `growth`, `pairs`, `ranks`, `course`, `calendar_days`) are a few paths that take 0.02 to 0.2 ms: a night draws
hundreds.
"""

from matrixsite.site.charts.bars import bars
from matrixsite.site.charts.calendar import calendar_days
from matrixsite.site.charts.course import course
from matrixsite.site.charts.growth import growth, unit_of
from matrixsite.site.charts.pairs import pairs
from matrixsite.site.charts.ranks import ranks
from matrixsite.site.charts.stacked import stacked_bars

__all__ = ["bars", "calendar_days", "course", "growth", "pairs", "ranks", "stacked_bars", "unit_of"]
