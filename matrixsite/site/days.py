"""On which day of the site an entry stands."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, tzinfo


def day_of(published: datetime, month: str, zone: tzinfo) -> date:
    """The day of its publication in the site's zone, kept within the month of its path ("2026/11").

    Publication and path are fixed when the entry is first seen, for addresses last. Where the site's zone is another
    since, the first and last hours of a month may lie in its neighbour: such an entry stands on the nearest day of the
    month it has always stood in, so that days and months add up, and whoever looks at a month looks at all of its days.
    """
    year, number = map(int, month.split("/"))
    last = monthrange(year, number)[1]
    return min(max(published.astimezone(zone).date(), date(year, number, 1)), date(year, number, last))
