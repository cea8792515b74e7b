"""The dates of feeds, held to the letter of their standards: tolerance is for readers, not for what we write."""

from __future__ import annotations

import re
from datetime import date, datetime

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RFC_822 = re.compile(
    rf"(?:({'|'.join(_DAYS)}), )?(\d\d?) ({'|'.join(_MONTHS)}) (\d{{4}}) (\d\d):(\d\d)(?::(\d\d))? "
    r"(?:[+-]\d{4}|UT|GMT|[ECMP][SD]T|Z)"
)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)")
_W3C = re.compile(
    r"\d{4}(?:-\d\d(?:-\d\d)?)?|\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)"
)


def is_rfc_822(text: str) -> bool:
    """A date of RSS 2.0: RFC 822 with a year of four digits, and the right day of the week."""
    found = _RFC_822.fullmatch(text)
    if not found:
        return False
    weekday, day, month, year, hour, minute, second = found.groups()
    moment = (int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second or 0))
    try:
        return weekday in (None, _DAYS[datetime(*moment).weekday()])
    except ValueError:
        return False


def is_rfc_3339(text: str) -> bool:
    """A date of Atom (RFC 4287, section 3.3) and JSON Feed: date, time and zone."""
    return bool(_RFC_3339.fullmatch(text)) and _exists(text.upper())


def is_w3c(text: str) -> bool:
    """A date of sitemaps: W3C Datetime, which may stop at year, month or day."""
    if not _W3C.fullmatch(text):
        return False
    return _exists(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)


def _exists(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text))
    except ValueError:
        return False
