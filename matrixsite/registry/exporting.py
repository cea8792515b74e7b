"""The line of an entry in `export`, which other programs rely on."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from matrixsite.model import Entry


def entry_line(entry: Entry, zone: tzinfo) -> dict[str, Any]:
    """The entry as the contract of `export --format jsonl` names its fields; times in the site's zone."""
    return {
        "id": entry.id,
        "account": entry.account,
        "feed": entry.feed,
        "guid": entry.guid,
        "url": entry.url,
        "title": entry.title,
        "published": _iso(entry.published, zone),
        "first_seen": _iso(entry.first_seen, zone),
        "updated": _iso(entry.updated, zone),
        "story": entry.story,
        "original": entry.original,
        "contains": list(entry.contains),
        "status": entry.status.value,
        "evidence": entry.evidence,
        "outside": entry.outside,
    }


def _iso(moment: datetime | None, zone: tzinfo) -> str | None:
    return moment.astimezone(zone).isoformat() if moment else None
