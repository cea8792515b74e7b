"""When an entry was published: the feed's word where it is plausible, else our first sight, frozen by the store."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from matrixsite.config.settings import Future
from matrixsite.model import RawEntry
from matrixsite.parse.dates import parse_date

SKEW = timedelta(hours=1)  # clocks differ; beyond it a date lies in the future
_DATE_IN_URL = re.compile(r"/t?((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=/|_|\.|$)")


@dataclass(frozen=True, slots=True)
class Dates:
    """`published` is None where only our first sight can tell; `future` says that the feed's word was not believed."""

    published: datetime | None
    updated: datetime | None = None
    inferred: bool = False
    future: bool = False


def date_entry(raw: RawEntry, *, zone: tzinfo, now: datetime, future: Future) -> Dates:
    """The dates of one entry; words like 昨天 count from `now`."""
    updated = parse_date(raw.updated, zone, now) if raw.updated else None
    published = (parse_date(raw.published, zone, now) if raw.published else None) or updated
    if updated and updated > now + SKEW:
        updated = None
    if published and published > now + SKEW and future is not Future.KEEP:
        return Dates(None, None, inferred=True, future=True)
    if published:
        return Dates(published, updated)
    return Dates(_in_url(raw.link, zone, now), updated, inferred=True)


def date_entries(raws: Sequence[RawEntry], *, zone: tzinfo, now: datetime, future: Future) -> list[Dates]:
    """The dates of a document's entries.

    An `updated` that is the same on all items is the time of fetching, not of a change, and nobody's publication
    either: it is dropped (as Pluto does).
    """
    if len(raws) > 1 and raws[0].updated and len({raw.updated for raw in raws}) == 1:
        raws = [replace(raw, updated="") for raw in raws]
    return [date_entry(raw, zone=zone, now=now, future=future) for raw in raws]


def _in_url(link: str, zone: tzinfo, now: datetime) -> datetime | None:
    found = _DATE_IN_URL.search(link)
    if not found:
        return None
    try:
        day = datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=zone)
    except ValueError:
        return None
    return day if day <= now else None
