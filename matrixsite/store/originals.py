"""Whose a story is: found anew whenever its carriers or the names in the settings change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, bindparam, select, update

from matrixsite.config.settings import Settings
from matrixsite.dedup.origins import Carrier, Names, original_of
from matrixsite.store.database import chunks
from matrixsite.store.outbox import record_changes
from matrixsite.store.runs import remember, remembered
from matrixsite.store.schema import entry, story, story_entry
from matrixsite.store.settings_seen import settings_changed

ALONE = "only"  # why the only carrier of a story is its original, see dedup.origins.Origin
_NAMES = "names"  # what is remembered: a digest of them
_CARRIER = (
    *(entry.c[name] for name in ("id", "account", "published", "first_seen", "inferred", "title_key")),
    story_entry.c.length,
    story_entry.c.signs,
    story_entry.c.named,
)


@dataclass(frozen=True)
class Sources:
    """What accounts are called, and in which zone each of them dates: found out where a story asks for it."""

    settings: Settings

    @cached_property
    def names(self) -> Names:
        """What accounts and members are called."""
        return Names.of(self.settings)

    @cached_property
    def zone(self) -> tzinfo:
        """The site's."""
        return ZoneInfo(self.settings.site.timezone)

    @cached_property
    def zones(self) -> dict[str, tzinfo]:
        """Those of accounts that have their own."""
        accounts = self.settings.accounts
        return {account.id: ZoneInfo(account.timezone) for account in accounts if account.timezone}

    def day_only(self, account: str, published: int) -> bool:
        """Whether a date states no time: midnight is the hour of those that have none."""
        moment = datetime.fromtimestamp(published, self.zones.get(account, self.zone))
        return not (moment.hour or moment.minute or moment.second)


def refresh_stories(connection: Connection, ids: Sequence[str], sources: Sources) -> None:
    """Count the entries of stories and find their originals: whom the editors named, else who was first."""
    rows: list[dict[str, Any]] = []
    for part in chunks(ids):
        carriers: dict[str, list[Carrier]] = {}
        pinned: dict[str, str] = {}
        query = select(entry.c.story, story.c.pinned, *_CARRIER).join(story, story.c.id == entry.c.story)
        query = query.join(story_entry, story_entry.c.entry == entry.c.id).where(entry.c.story.in_(part))
        for row in connection.execute(query.order_by(entry.c.published, entry.c.account, entry.c.id)):
            carriers.setdefault(row.story, []).append(_carrier(row, sources))
            pinned[row.story] = row.pinned
        for name, found in carriers.items():
            origin = original_of(found, sources.names, pinned[name])
            why = f"{origin.why} {origin.votes}" if origin.votes else origin.why
            found_out = {"original": origin.entry, "outside": origin.outside, "why": why, "size": len(found)}
            rows.append({"of": name} | found_out)
    if rows:
        connection.execute(update(story).where(story.c.id == bindparam("of")), rows)
        record_changes(connection, "story", [row["of"] for row in rows])


def heed_names(connection: Connection, sources: Sources) -> None:
    """After a change of names in the settings, look again at every story whose carriers name somebody."""
    if not settings_changed(connection, sources.settings, _NAMES):
        return
    digest = blake2b(repr(sorted(_plain(sources.names))).encode(), digest_size=16).hexdigest()
    before = remembered(connection, _NAMES)
    if before == digest:
        return
    remember(connection, _NAMES, digest)
    if before is not None:
        naming = select(entry.c.story).join(story_entry, story_entry.c.entry == entry.c.id)
        naming = naming.where(story_entry.c.named != "").distinct()
        refresh_stories(connection, sorted(connection.scalars(naming)), sources)


def _plain(names: Names) -> list[tuple[str, list[str]]]:
    return [(name, sorted(accounts)) for name, accounts in names.accounts.items()]


def _carrier(row: Row[Any], sources: Sources) -> Carrier:
    return Carrier(
        entry=row.id,
        account=row.account,
        published=row.published,
        first_seen=row.first_seen,
        inferred=bool(row.inferred),
        day_only=sources.day_only(row.account, row.published),
        length=row.length,
        signs=row.signs,
        title_key=row.title_key,
        named=tuple(row.named.split("\n")) if row.named else (),
    )
