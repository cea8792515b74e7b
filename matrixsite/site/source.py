"""What the site reads: the questions its pages ask, answered by the store.

Only shown entries come out of it, except where a question says so: whatever is held, withdrawn, gone or dormant is
settled before. Iterators stream and may be abandoned early; an answer must not depend on the order in which entries
were stored, except where it says so. "Newest first" is by `published` and then `id`, both falling; "oldest first" is
its exact reverse.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from matrixsite.model import Entry


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as a list shows it: with the number of shown entries that carry its story.

    In lists `entry.html` and `entry.text` are empty: a row has no use for them and there are many rows.
    """

    entry: Entry
    carriers: int = 1  # shown entries of its story, itself included
    note: str = ""  # the editors' words on a pick


@dataclass(frozen=True, slots=True)
class Scope:
    """What a list is drawn from: entries of some accounts, or of a node of the membership table, or all.

    A story stands in a list once, by its original if that is in scope, else by the earliest carrier that is. Only an
    account's own list shows every entry.
    """

    accounts: tuple[str, ...] | None = None
    node: str = ""  # column:<id>, section:<id>, topic:<topic>, kind:<id>, …
    month: str = ""  # "2026/11", as in the paths of entries
    every_entry: bool = False

    def within(self, month: str) -> Scope:
        """The same, of one month."""
        return Scope(self.accounts, self.node, month, self.every_entry)


@dataclass(frozen=True, slots=True)
class Month:
    """A month that has rows in a scope."""

    name: str  # "2026/11"
    count: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account has to show."""

    count: int
    newest: datetime  # publication of its newest entry


@dataclass(frozen=True, slots=True)
class Counts:
    """The matrix in numbers."""

    entries: int
    stories: int


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A topic with how often, and by which accounts, it is used."""

    topic: str
    entries: int
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryAddress:
    """An id below stories/ and what it leads to."""

    name: str
    story: str  # itself, or the story that it was merged into
    taken_back: bool  # an entry of it was withdrawn, or is gone


@dataclass(frozen=True, slots=True)
class Joined:
    """How a shown entry came to its story, and what it says of where it is from."""

    entry: str
    account: str
    evidence: str  # dedup.verdict.Evidence
    length: int = 0  # characters of its body
    signs: str = ""  # of copying, see dedup.prints.Print
    named: tuple[str, ...] = ()  # sources, folded in width and case
    credit: str = ""  # the source as it writes it


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """What is known of a story beyond its carriers' words."""

    original: str  # entry id; it need not be shown
    outside: str = ""  # whom outside the matrix its entries name, whether these are shown or not
    digest: bool = False
    joined: tuple[Joined, ...] = ()  # of its shown carriers, oldest first


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: all that deciding what to render again needs to know of it, whatever its status."""

    id: str
    account: str
    month: str
    story: str
    published: datetime


@dataclass(frozen=True, slots=True)
class Touched:
    """What changed since a point of the outbox, with all that shares a story with it."""

    entries: tuple[Place, ...]
    changed: frozenset[str]  # the entries that changed themselves; others are reached by their story
    stories: frozenset[str]  # former ids and aliases included
    accounts: frozenset[str]  # that changed themselves
    nodes: frozenset[tuple[str, str]]  # (node, month): lists that entries stand in, left or joined
    images: frozenset[str] = frozenset()  # copies of pictures that these entries show, or showed; by digest


def original_of(carriers: Sequence[Listed]) -> Listed:
    """The carrier of a story that stands for it: its original, else the earliest that is shown."""
    return next((one for one in carriers if one.entry.original), carriers[0])


class Source(Protocol):
    """Everything the site asks of the store."""

    # --- what there is, and what changed ---

    def counts(self) -> Counts:
        """Shown entries, and stories with at least one of them."""

    def latest(self) -> int:
        """The number of the last change in the outbox."""

    def touched(self, since: int) -> Touched:
        """Everything that changed after change number `since`."""

    def entry_ids(self) -> Iterator[str]:
        """Entries that have an address on the site, as a page or as a stub, in order of path."""

    def story_ids(self) -> Iterator[str]:
        """Ids with an address below stories/: of stories that have or had two carriers, and aliases; in order."""

    # --- entries ---

    def entries(self, ids: Sequence[str], *, wide: bool = True) -> Iterator[Listed]:
        """These entries in the order asked for, `wide` with `html` and `text`; ids that are not shown are left out."""

    def texts(self, ids: Collection[str]) -> Mapping[str, str]:
        """The `html` of these entries, by id; of those that are shown."""

    def stubs(self, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(id, path) of those of these entries that were withdrawn or are gone: their addresses say so."""

    def found(self, refs: Sequence[str]) -> Mapping[str, Listed]:
        """The shown entries that editors' refs name, without their texts.

        A ref is an entry's id, or an address that canonicalises to exactly one entry's; others are missing.
        """

    def named(self, refs: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The ids of all entries that editors' refs may name, shown or not: an address may be that of several."""

    def nodes_of(self, ids: Collection[str]) -> Mapping[str, Collection[str]]:
        """By entry, the nodes of the membership table that it stands in; entries in none are missing."""

    def oldest_published(self) -> datetime | None:
        """Publication of the oldest entry."""

    def published_between(self, since: datetime, until: datetime) -> Iterator[Listed]:
        """All entries published from `since` on, before `until`; oldest first, without their texts."""

    def count_between(self, bounds: Sequence[datetime]) -> list[int]:
        """How many entries were published from each bound on, before the next."""

    def newest_dated(self) -> datetime | None:
        """Publication of the newest entry whose date is its own, not that of its first sight."""

    # --- copies of pictures ---

    def copies(self, digests: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
        """(digest, account) of the copies that shown entries of an account have: of these, or of all in order."""

    def copy(self, digest: str) -> bytes:
        """The bytes of a copy."""

    # --- accounts ---

    def standings(self) -> Mapping[str, Standing]:
        """By account id; accounts without shown entries are missing."""

    def newest_by_account(self) -> Mapping[str, datetime]:
        """Publication of the newest shown entry that its feed dates; accounts without one are missing."""

    def health(self) -> Mapping[str, bool]:
        """By feed key: whether it could be read when it was last asked; feeds never asked are missing."""

    # --- lists ---

    def newest(self, scope: Scope, limit: int | None = None) -> Iterator[Listed]:
        """What stands in a list, newest first."""

    def oldest(self, scope: Scope) -> Iterator[Listed]:
        """What stands in a list, oldest first: for closed periods, whose pages never shift."""

    def ids(self, scope: Scope) -> Iterator[str]:
        """The ids of what `oldest` gives, in its order, for a fraction of the cost."""

    def dated(self, scope: Scope) -> Iterator[tuple[str, datetime]]:
        """As `ids`, each with its publication."""

    def months(self, scope: Scope) -> list[Month]:
        """Months with rows in the scope, newest first; a story counts once in each month that it has carriers in."""

    def posted(self, accounts: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """By account and month ("2026/11", as in the paths of entries), how many entries it shows; none, no key."""

    def publications(self, accounts: Collection[str], year: str) -> Iterator[tuple[str, datetime]]:
        """Month (as in its path) and publication of each entry that these accounts show of a year of paths."""

    def shares(self, node: str) -> Mapping[str, int]:
        """By account, how many of its shown entries stand in a node."""

    def for_feed(self, scope: Scope, limit: int | None = None) -> Iterator[Listed]:
        """As `newest`, but each story by its earliest *stored* shown entry in scope.

        Feed readers know a story by the id of the entry that first stood for it, which must not change when the
        original turns up later.
        """

    def most_carried(
        self, since: datetime, members: Mapping[str, str], limit: int
    ) -> Iterator[tuple[Listed, int]]:
        """Stories that two or more members published since `since`, with their number: most members first.

        `members` are the members' ids by account; entries of other accounts don't count. Among equals the story
        with the newer carrier comes first. A story stands by its original, else by its earliest shown carrier.
        """

    def most_carried_of(
        self, month: str, members: Mapping[str, str], limit: int
    ) -> Iterator[tuple[Listed, int]]:
        """The same of the entries whose paths are of a month."""

    def topics(self, least: int = 1) -> list[TopicCount]:
        """The topics that at least so many shown entries bear, in order of topic."""

    def topic(self, topic: str) -> TopicCount | None:
        """One topic; None where no shown entry bears it."""

    # --- stories ---

    def story_addresses(self, names: Sequence[str]) -> Iterator[StoryAddress]:
        """Those of these ids that have an address below stories/."""

    def stories(self, month: str) -> Iterator[tuple[Listed, ...]]:
        """The stories of two or more shown carriers that the first of them published in this month, by story id.

        Each with its carriers, oldest first, without their texts.
        """

    def carriers(self, stories: Collection[str]) -> Mapping[str, tuple[Listed, ...]]:
        """By story, its shown entries, oldest first, without their texts; stories without any are left out."""

    def facts(self, stories: Collection[str]) -> Mapping[str, StoryFacts]:
        """What is known of these stories; those without a shown carrier are left out."""

    def contained(self, digests: Collection[str]) -> Mapping[str, tuple[Listed, ...]]:
        """By digest, the stories that it rounds up, oldest first, each by the carrier that stands for it."""

    def digests(self, stories: Collection[str]) -> Mapping[str, tuple[Listed, ...]]:
        """By story, the digests that round it up, oldest first, each by the carrier that stands for it."""
