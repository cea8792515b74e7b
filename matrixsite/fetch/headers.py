"""What the header fields of an answer mean to a feed reader. Pure: no clock, no network."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import quote

LONGEST_WAIT: Final = 7 * 86_400.0
"""Seconds: no host can keep us away longer by Retry-After."""

ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, application/json;q=0.8, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5"
)
_UNSENDABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_LONGEST_VALUE = 1024


def intact(value: str | None) -> str:
    """A field's value as received, or nothing where it couldn't be sent back byte for byte."""
    if not value or len(value) > _LONGEST_VALUE or _UNSENDABLE.search(value):
        return ""
    return value


def retry_after(value: str | None, date: str | None) -> float:
    """Seconds to stay away: RFC 9110 section 10.2.3, a number or a date; 0 for anything else.

    A date counts from the answer's own `Date`, so that neither clock needs to be right.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:20]), LONGEST_WAIT)
    until, since = _date(text), _date(date or "")
    if until is None or since is None:
        return 0.0
    return min(max((until - since).total_seconds(), 0.0), LONGEST_WAIT)


def location(value: str) -> str:
    """A Location as a URL reference; bytes that are no UTF-8 (surrogates here) are percent-encoded."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return quote(value.encode("utf-8", "surrogateescape"), safe="!#$%&'()*+,/:;=?@[]~-._")
    return value


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo is not None else None
