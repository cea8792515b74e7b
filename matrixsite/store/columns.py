"""How values lie in columns: whole seconds for times, JSON for lists, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple
from datetime import UTC, datetime
from typing import Any

from matrixsite.model import Enclosure, Entry, Media, Mirrored, Status

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


ENTRY = (
    "id", "account", "feed", "guid", "url", "canonical_url", "title", "published", "inferred", "updated", "first_seen",
    "corrected", "backfill", "path", "feed_id", "story", "status", "held_by", "version", "media", "credit", "authors",
    "categories", "topics", "enclosures", "cover", "excerpt",
)  # fmt: skip
"""The columns that `to_entry` takes, in this order."""

_STATUSES = {status.value: status for status in Status}
_MEDIA = {media.value: media for media in Media}


def to_entry(
    values: Sequence[Any],
    *,
    original: bool = True,
    html: str = "",
    text: str = "",
    mirrored: tuple[Mirrored, ...] = (),
) -> Entry:
    """An entry from the values of the columns `ENTRY`; lists have no use for its `html` and `text`.

    Most of a build's values come this way, so it neither asks for them by name nor reads empty lists.
    """
    (
        id_, account, feed, guid, url, canonical_url, title, published, inferred, updated, first_seen,
        corrected, backfill, path, feed_id, story, status, held_by, version, media, credit, authors,
        categories, topics, enclosures, cover, excerpt,
    ) = values  # fmt: skip
    return Entry(
        id_,
        account,
        feed,
        guid,
        url,
        canonical_url,
        title,
        datetime.fromtimestamp(published, UTC),
        bool(inferred),
        moment_or_none(updated),
        datetime.fromtimestamp(first_seen, UTC),
        moment_or_none(corrected),
        bool(backfill),
        path,
        feed_id or "",
        story or "",
        _STATUSES[status],
        version,
        html,
        text,
        excerpt,
        cover,
        _MEDIA[media],
        load_list(authors) if authors else (),
        load_list(categories) if categories else (),
        load_list(topics) if topics else (),
        load_enclosures(enclosures) if enclosures else (),
        credit,
        held_by,
        original,
        mirrored=mirrored,
    )
