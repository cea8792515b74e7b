"""What joining asks of a store: stories, where hashes and titles stand, and the entries to compare with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from matrixsite.dedup.prints import Pending

DAY = 86_400  # seconds, as all times here


class Kind(StrEnum):
    """What a story is."""

    STORY = "story"
    DIGEST = "digest"  # a round-up that contains others


class Story(NamedTuple):
    """What joining knows of a story. Times are seconds since 1970.

    A tuple: fifteen are read for an entry, and a dataclass costs several times as much to make.
    """

    id: str  # of the entry that founded it
    kind: Kind
    founded: int  # when that was first seen: of two stories, the older one's id survives
    first: int  # published
    last: int
    touched: int  # when it was joined last, as first seen
    longest: str  # entries to compare with, beside the founder
    length: int  # of the longest
    latest: str
    size: int
    by_hand: bool = False  # editors' words made it what it is: no evidence merges it into another


@dataclass(frozen=True, slots=True)
class Use:
    """Where a title stands."""

    account: str
    published: int


class Standing(NamedTuple):
    """Where hashes stand."""

    stories: Mapping[int, Sequence[str]]  # hash → stories, sorted by id
    # Stories that were learned before a certain day, by some hash: they may rest by now.
    early: Collection[str]


class Lookup(Protocol):
    """What the committed store knows. Stories that were merged away answer by the one that they became."""

    def postings(self, hashes: Collection[int], since: int) -> Standing:
        """Where hashes stand. `since` is a day since 1970."""

    def sentences(self, hashes: Collection[int]) -> Mapping[int, Sequence[str]]:
        """Hash → stories, sorted by id."""

    def stories(self, ids: Collection[str]) -> Mapping[str, Story]:
        """The stories of these ids."""

    def members(self, story: str, account: str) -> Sequence[str]:
        """An account's entries in a story, the newest first, at most 3."""

    def entries(self, ids: Collection[str]) -> Mapping[str, Pending]:
        """Entries, to be compared."""

    def titles(self, ids: Collection[str]) -> Mapping[str, str]:
        """The titles of entries, as published."""

    def title_uses(self, title_keys: Collection[int]) -> Mapping[int, Sequence[Use]]:
        """Where titles stand in all of the store, pending entries included: by date, undated ones left out.

        At most the newest 200 of each.
        """

    def same_url(self, url_keys: Collection[int]) -> Mapping[int, Sequence[str]]:
        """Stories by page address; an empty list for one that a feed gives to several entries."""
