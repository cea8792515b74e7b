"""Removal upstream: a sign that stands for two nights running takes an entry off the site.

Signs are an Atom tombstone (RFC 6721), or a platform's removal notice where the entry's text was. Absence is none, and
no article page is ever asked. One night may be a bridge's mishap, so it only notes the sign; an entry that is shown
again as ever comes back by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from matrixsite.ingest.harvested import Harvested
from matrixsite.store.bulk import among, rows_among
from matrixsite.store.columns import seconds
from matrixsite.store.schema import entry

NEXT_NIGHT = timedelta(hours=12)  # two runs of one night are one night
_SIGNED = select(entry.c.id, entry.c.feed, entry.c.removal_seen, entry.c.gone).where(
    entry.c.removal_seen.is_not(None), among(entry.c.feed)
)


class Noted(NamedTuple):
    """An entry with a sign; `removal_seen` in seconds since 1970."""

    id: str
    feed: str
    removal_seen: int
    gone: bool


@dataclass(slots=True)
class Signs:
    """What one document of a feed says of its entries: ids of those with a removal notice, and of those as ever.

    `deleted` are the guids that its tombstones name.
    """

    account: str
    feed: str
    deleted: Sequence[str] = ()
    noticed: set[str] = field(default_factory=set)
    as_ever: set[str] = field(default_factory=set)

    def note(self, item: Harvested, name: str) -> None:
        """How the document shows the entry `name`; a stump, or an access check in its place, says nothing."""
        if item.removed:
            self.noticed.add(name)
        elif not (item.stump or item.clean.placeholder):
            self.as_ever.add(name)


def heed(connection: Connection, documents: Iterable[Signs], now: datetime) -> list[list[str]]:
    """Note the signs, or their end; returns, for each document, the entries whose status that may change."""
    found = list(documents)
    pending = _pending(connection, [signs.feed for signs in found])
    return [_heed(connection, signs, pending.get(signs.feed, {}), now) for signs in found]


def _heed(connection: Connection, signs: Signs, noted: Mapping[str, Noted], now: datetime) -> list[str]:
    named = signs.noticed | _named(connection, signs)
    confirmed = {name for name in named & noted.keys() if _ripe(noted[name], now)}
    lapsed = {name for name, row in noted.items() if not row.gone and name not in named}
    back = signs.as_ever & noted.keys()
    _set(connection, named - noted.keys(), removal_seen=seconds(now))
    _set(connection, confirmed, gone=True)
    _set(connection, lapsed | back, removal_seen=None, gone=False)
    return sorted(confirmed | back)


def heed_unchanged(connection: Connection, feeds: Sequence[str], now: datetime) -> list[str]:
    """The same document as last night shows the same signs."""
    rows = [row for noted in _pending(connection, feeds).values() for row in noted.values()]
    confirmed = {row.id for row in rows if _ripe(row, now)}
    _set(connection, confirmed, gone=True)
    return sorted(confirmed)


def _ripe(row: Noted, now: datetime) -> bool:
    return not row.gone and seconds(now) - row.removal_seen >= NEXT_NIGHT.total_seconds()


def _pending(connection: Connection, feeds: Sequence[str]) -> Mapping[str, dict[str, Noted]]:
    """Entries with a sign, by feed and id."""
    pending: dict[str, dict[str, Noted]] = {}
    for name, feed, seen, gone in rows_among(connection, _SIGNED, feeds):
        pending.setdefault(feed, {})[name] = Noted(name, feed, seen, bool(gone))
    return pending


def _named(connection: Connection, signs: Signs) -> set[str]:
    """The feed's own entries that its tombstones name: no feed buries another's."""
    if not signs.deleted:
        return set()
    refs = frozenset(signs.deleted)
    own = (entry.c.account == signs.account) & (entry.c.feed == signs.feed)
    rows = connection.execute(select(entry.c.id, entry.c.guid).where(own))
    return {row.id for row in rows if row.guid in refs}


def _set(connection: Connection, ids: Iterable[str], **values: int | bool | None) -> None:
    for name in sorted(ids):
        connection.execute(update(entry).where(entry.c.id == name).values(values))
