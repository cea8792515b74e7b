"""Which stored entry an item of a feed is: by the identities it may be stored under, else by its link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import ClauseElement, Connection, select

from matrixsite.config.settings import IdentityRule
from matrixsite.ingest.decision import Known, same_item
from matrixsite.ingest.harvest import Harvest
from matrixsite.ingest.harvested import Harvested
from matrixsite.ingest.identity import entry_id
from matrixsite.store.bulk import among, rows_among
from matrixsite.store.schema import entry

_KNOWN = [entry.c[column.name] for column in fields(Known)]
_BY_IDENTITY = select(*_KNOWN).where(among(entry.c.identity))
_BY_LINK = select(*_KNOWN).where(among(entry.c.url_key))
_IDS = select(entry.c.id).where(among(entry.c.id))


@dataclass(slots=True)
class Stored:
    """The entries that a batch may meet; those that it inserts itself are found like the ones before.

    An identity that an entry gave up stays in `by_identity`: nobody else gets it in this batch.
    """

    by_identity: dict[bytes, Known] = field(default_factory=dict)
    by_link: dict[tuple[str, int], dict[str, Known]] = field(default_factory=dict)
    minted: dict[bytes, str] = field(
        default_factory=dict
    )  # identity → the id that a new entry under it wants
    ids: set[str] = field(default_factory=set)  # taken

    def learn(self, known: Known) -> None:
        """What later items of the batch find."""
        self.by_identity[known.identity] = known
        if known.url_key is not None:
            self.by_link.setdefault((known.account, known.url_key), {})[known.id] = known

    def pair(self, harvest: Harvest) -> list[Known | None]:
        """The stored entry that each item is: by identity where that is believable, the rest by link; none twice."""
        pairs: dict[int, Known] = {}
        paired: set[str] = set()
        for find in (self._identified, self._linked):
            for place, item in enumerate(harvest.entries):
                known = None if place in pairs else find(harvest.account, item)
                if known and known.id not in paired:
                    pairs[place] = known
                    paired.add(known.id)
        return [pairs.get(place) for place in range(len(harvest.entries))]

    def free_identity(self, item: Harvested) -> bytes:
        """What an item may be stored under: the loose identity where it is alone with it; b"" if both are taken."""
        strict, loose = item.identity.strict, item.identity.loose
        wanted = [strict] if item.identity.shared else [loose, strict]
        return next((digest for digest in wanted if digest not in self.by_identity), b"")

    def new_id(self, identity: bytes) -> str:
        """The id of a new entry, from now on taken."""
        attempt = 0
        minted = self.minted.get(identity) or entry_id(identity)
        while minted in self.ids:
            attempt += 1
            minted = entry_id(identity, attempt)
        self.ids.add(minted)
        return minted

    def _identified(self, _account: str, item: Harvested) -> Known | None:
        strict, loose, *formers = (self.by_identity.get(digest) for digest in _digests(item))
        if strict or (loose and same_item(item, loose, item.identity.rule)):
            return strict or loose
        return next((known for known in formers if known and same_item(item, known, IdentityRule.GUID)), None)

    def _linked(self, account: str, item: Harvested) -> Known | None:
        linked = {} if item.url_key is None else self.by_link.get((account, item.url_key), {})
        known = next(iter(linked.values())) if len(linked) == 1 else None
        return known if known and same_item(item, known, IdentityRule.LINK) else None


def stored_for(connection: Connection, harvests: Sequence[Harvest]) -> Stored:
    """What the items of these documents may be; links are asked for only where identities found nothing."""
    stored = Stored()
    items = [(harvest.account, item) for harvest in harvests for item in harvest.entries]
    wanted = {digest for _, item in items for digest in _digests(item)}
    for known in _known(connection, _BY_IDENTITY, wanted):
        stored.learn(known)
    accounts = {account for account, _ in items}
    links = {
        item.url_key
        for account, item in items
        if item.url_key is not None and not stored._identified(account, item)
    }
    for known in _known(connection, _BY_LINK, links):
        if known.account in accounts:
            stored.learn(known)
    own = {digest for _, item in items for digest in (item.identity.strict, item.identity.loose)}
    stored.minted = {digest: entry_id(digest) for digest in own}
    stored.ids.update(name for (name,) in rows_among(connection, _IDS, stored.minted.values()))
    return stored


def _digests(item: Harvested) -> tuple[bytes, ...]:
    """What an item may be stored under, the surest first."""
    return item.identity.strict, item.identity.loose, *item.identity.former


def _known(connection: Connection, query: ClauseElement, values: set[Any]) -> Iterator[Known]:
    for row in rows_among(connection, query, values):
        yield Known(*row)
