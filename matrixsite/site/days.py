"""On which day of the site an entry stands."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, tzinfo


def day_of(published: datetime, month: str, zone: tzinfo) -> date:
    """The day of its publication in the site's zone, kept within the month of its path ("2026/11").

    That month was fixed when the entry was first seen, for addresses last. Where its publisher moves the date into
    another month, or the site its zone, the entry stands on the nearest day of the month it has always stood in: so
    days and months add up, and what looks at a month again looks at all that may stand in it.
    """
    year, number = map(int, month.split("/"))
    last = monthrange(year, number)[1]
    return min(max(published.astimezone(zone).date(), date(year, number, 1)), date(year, number, last))
