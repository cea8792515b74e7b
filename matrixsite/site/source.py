"""What the site reads: the questions its pages ask, answered by the store (and by an in-memory fake in tests).

Only shown entries come out of it: whatever is held, withdrawn, gone or dormant is settled before. Iterators stream and
may be abandoned early; an answer must not depend on the order in which entries were stored, except where it says so.
"Newest first" is by `published` and then `id`, both falling; "oldest first" is its exact reverse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from matrixsite.model import Entry


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as a list shows it: with the number of shown entries that carry its story.

    In lists `entry.html` and `entry.text` are empty: a row has no use for them and there are many rows; `has_html`
    says whether there is a text, for that decides whether the entry has a page to link to.
    """

    entry: Entry
    carriers: int = 1  # shown entries of its story, itself included
    has_html: bool = False  # the entry as stored has html
    note: str = ""  # the editors' words on a pick


@dataclass(frozen=True, slots=True)
class Month:
    """A month that has entries of an account."""

    name: str  # "2026/11", as in the paths of its entries
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


class Source(Protocol):
    """Everything the site asks of the store."""

    # --- entries ---

    def counts(self) -> Counts:
        """Shown entries, and stories with at least one of them."""

    def shown_entries(self) -> Iterator[Listed]:
        """All shown entries, without their texts, by path: the plan of the entry pages (600,000 rows stream)."""

    def entries(self, ids: Iterable[str]) -> Iterator[Listed]:
        """These entries with `html` and `text`, in the order asked for; ids that are not shown are left out."""

    def find(self, ref: str) -> Listed | None:
        """The one entry that an editors' ref names (its id, or a URL that canonicalises to exactly one entry)."""

    def withdrawn_paths(self) -> Iterator[str]:
        """`Entry.path` of withdrawn and gone entries: their addresses answer with a stub. Not those of dormant ones."""

    # --- accounts ---

    def standings(self) -> Mapping[str, Standing]:
        """By account id; accounts without shown entries are missing."""

    def newest_of(self, account: str, limit: int) -> Iterator[Listed]:
        """Entries of one account, newest first."""

    def months_of(self, account: str) -> list[Month]:
        """Months with entries of the account, newest first."""

    def entries_of_month(self, account: str, month: str) -> Iterator[Listed]:
        """Entries of the account whose path lies in that month ("2026/11"), oldest first."""

    # --- stories ---

    def newest_stories(self) -> Iterator[Listed]:
        """Each story once, newest first: by its original if that is shown, else by its earliest published carrier."""

    def feed_stories(self) -> Iterator[Listed]:
        """As `newest_stories`, but each by its earliest *stored* shown entry.

        Feed readers know a story by the id of the entry that first stood for it, which must not change when
        the original turns up later.
        """

    def shared_stories(self) -> Iterator[str]:
        """Ids of the stories with two or more shown carriers, in order of id."""

    def carriers(self, story: str) -> tuple[Listed, ...]:
        """The shown entries of a story, oldest first, without their texts; empty for an unknown one."""

    def former_stories(self) -> Iterator[tuple[str, str]]:
        """(id, story) for addresses of story pages that are none now, in order of id.

        Aliases left by merges, and stories that once had two carriers and now have fewer (id and story are then equal).
        """

    # --- editors' selections ---

    def column_stories(self, column: str, limit: int) -> Iterator[Listed]:
        """A column: the editors' picks in their order with their notes, then what its rule fills in, newest first."""
