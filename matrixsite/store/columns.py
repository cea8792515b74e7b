"""How values lie in columns: whole seconds for times, JSON for lists, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple
from datetime import UTC, datetime

from sqlalchemy import Row

from matrixsite.model import Enclosure, Entry, Media, Status

_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":")
).encode  # `dumps` makes one for every call


def seconds(moment: datetime) -> int:
    """A moment as the tables keep it."""
    return int(moment.timestamp())


def seconds_or_none(moment: datetime | None) -> int | None:
    """A moment that may be missing."""
    return None if moment is None else seconds(moment)


def moment(stored: int) -> datetime:
    """The moment that `seconds` stored."""
    return datetime.fromtimestamp(stored, UTC)


def moment_or_none(stored: int | None) -> datetime | None:
    """A stored moment that may be missing."""
    return None if stored is None else moment(stored)


def dump_list(values: Sequence[object]) -> str:
    """A list as JSON; nothing for an empty one, which most are."""
    return _encode(values) if values else ""


def dump_enclosures(enclosures: Sequence[Enclosure]) -> str:
    """Enclosures as a list of lists."""
    return dump_list([astuple(enclosure) for enclosure in enclosures])


def load_list(stored: str) -> tuple[str, ...]:
    """The strings of `dump_list`."""
    return tuple(json.loads(stored)) if stored else ()


def load_enclosures(stored: str) -> tuple[Enclosure, ...]:
    """The enclosures of `dump_enclosures`."""
    return tuple(Enclosure(*item) for item in json.loads(stored)) if stored else ()


def to_entry(row: Row[tuple[object, ...]], *, original: bool = True) -> Entry:
    """An entry from a row of the entry table; wide columns that were not asked for are empty."""
    values = row._mapping
    return Entry(
        id=values["id"],
        account=values["account"],
        feed=values["feed"],
        guid=values["guid"],
        url=values["url"],
        canonical_url=values["canonical_url"],
        title=values["title"],
        published=moment(values["published"]),
        inferred=bool(values["inferred"]),
        updated=moment_or_none(values["updated"]),
        first_seen=moment(values["first_seen"]),
        corrected=moment_or_none(values["corrected"]),
        backfill=bool(values["backfill"]),
        path=values["path"],
        feed_id=values["feed_id"] or "",
        story=values["story"] or "",
        status=Status(values["status"]),
        version=values["version"],
        html=values.get("html", ""),
        text=values.get("text", ""),
        excerpt=values["excerpt"],
        cover=values["cover"],
        media=Media(values["media"]),
        authors=load_list(values["authors"]),
        categories=load_list(values["categories"]),
        topics=load_list(values["topics"]),
        enclosures=load_enclosures(values["enclosures"]),
        credit=values["credit"],
        held_by=values["held_by"],
        original=original,
    )
