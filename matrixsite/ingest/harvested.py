"""New items of a document made into entries that are ready to store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from matrixsite.clean.entry import clean_all
from matrixsite.dedup.prints import title_key_of
from matrixsite.dedup.shadow import key
from matrixsite.editorial.status import held_word
from matrixsite.ingest import raw as raws
from matrixsite.ingest.dating import Dates
from matrixsite.ingest.identity import Identity
from matrixsite.ingest.selection import selected
from matrixsite.ingest.task import Task
from matrixsite.model import CleanEntry, RawEntry


@dataclass(frozen=True, slots=True)
class Harvested:
    """One entry, ready to store."""

    identity: Identity
    guid: str
    clean: CleanEntry
    dates: Dates
    position: int  # in the document, newest first by custom
    url_key: int | None  # hash of the canonical address; None where it can't tell entries apart
    title_key: int | None
    words: bytes  # digest of title and text: what a correction changes
    held_by: str
    raw_digest: bytes  # of the item as published; empty for a stump
    raw: bytes  # packed

    @property
    def stump(self) -> bool:
        """The document was cut off inside or after it: it never replaces a stored entry and is itself replaced."""
        return not self.raw_digest

    @property
    def removed(self) -> bool:
        """A platform's removal notice stands in its place."""
        return self.clean.removed and not self.stump


@dataclass(frozen=True, slots=True)
class Fresh:
    """An item that is no known one."""

    position: int
    raw: RawEntry
    identity: Identity
    link: str  # canonical; '' where it can't tell entries apart
    stump: bool


def harvested(task: Task, fresh: Sequence[Fresh], dates: Sequence[Dates]) -> list[Harvested]:
    """One step for all items, then the next, as `clean_all` does."""
    cleaned = clean_all([item.raw for item in fresh], base=task.url)
    if task.query or task.filters:
        fresh, cleaned = _selected(task, fresh, cleaned)
    title_keys = [title_key_of(entry.title) for entry in cleaned]
    words = list(map(words_digest, cleaned))
    held = [held_word(entry.title, entry.text, task.hold_words) for entry in cleaned]
    dumps = [raws.dump(item.raw) for item in fresh]
    packed = [
        raws.pack(_with_base(item.raw, dump, task.url)) for item, dump in zip(fresh, dumps, strict=True)
    ]
    return [
        Harvested(
            identity=item.identity,
            guid=item.raw.guid,
            clean=cleaned[n],
            dates=dates[item.position],
            position=item.position,
            url_key=key(item.link) if item.link else None,
            title_key=title_keys[n],
            words=words[n],
            held_by=held[n],
            raw_digest=b"" if item.stump else raws.digest(dumps[n]),
            raw=packed[n],
        )
        for n, item in enumerate(fresh)
    ]


def words_digest(entry: CleanEntry) -> bytes:
    """What a correction changes: the words, not the markup, the pictures or the address."""
    return blake2b(f"{entry.title}\0{entry.text}".encode(), digest_size=16).digest()


def _selected(
    task: Task, fresh: Sequence[Fresh], cleaned: Sequence[CleanEntry]
) -> tuple[list[Fresh], list[CleanEntry]]:
    """What the account takes in. The items left out count as known from now on."""
    kept = [
        (item, found)
        for item, entry in zip(fresh, cleaned, strict=True)
        if (found := selected(entry, task.query, task.filters)) is not None
    ]
    return [item for item, _ in kept], [found for _, found in kept]


def _with_base(raw: RawEntry, dumped: bytes, url: str) -> bytes:
    return dumped if raw.base or not url else raws.with_base(dumped, url)
