"""Time zones as feeds write them after a time: offsets, RFC 822 names, abbreviations of the Chinese web."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from types import MappingProxyType
from typing import Final

CHINA: Final[Mapping[str, float]] = MappingProxyType({"CST": 8, "BJT": 8, "CCT": 8})
"""Hours of abbreviations that mean something else in other countries (CST: US Central in RFC 822)."""

_HOURS: Final[Mapping[str, float]] = MappingProxyType(
    {"UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "WET": 0}
    | {"EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}  # RFC 822, section 5.1
    | {"AST": -4, "ADT": -3, "AKST": -9, "AKDT": -8, "HST": -10}
    | {"BST": 1, "CET": 1, "CEST": 2, "MET": 1, "MEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "IST": 5.5}
    | {"HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13}
)
_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d\d))?")


@lru_cache(maxsize=512)
def _offset(sign: str, hours: str, minutes: str | None) -> tzinfo | None:
    size = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if size > timedelta(hours=14) or int(minutes or 0) > 59:
        return None
    return timezone(-size if sign == "-" else size)


def read_zone(written: str, default: tzinfo, abbreviations: Mapping[str, float] = CHINA) -> tzinfo | None:
    """The zone that `written` names; None for an impossible offset.

    A blank or a name nobody knows says nothing: then it is `default`.
    """
    name = written.strip().upper()
    if not name:
        return default
    hours = abbreviations.get(name, _HOURS.get(name))
    if hours is None:
        found = _OFFSET.fullmatch(name)
        return _offset(*found.groups()) if found else default
    return timezone(timedelta(hours=hours)) if hours else UTC
