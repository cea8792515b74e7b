"""Pages of boards: all of them, one with its editions, and an edition."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from matrixsite.site.contexts.frame import Head, Link


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition in a list; it leads to its page."""

    edition: Link
    published: str
    first: tuple[Link, ...]  # who shares the first place
    score: str  # of the first place
    places: int


@dataclass(frozen=True, slots=True)
class BoardBlock:
    """A board in the list of boards, with its latest edition."""

    board: Link
    external: bool
    index: str  # its title; empty on one of others
    source: str  # who publishes a board of others
    latest: EditionRow


@dataclass(frozen=True, slots=True)
class BoardsPage:
    head: Head
    ours: tuple[BoardBlock, ...]
    others: tuple[BoardBlock, ...]


@dataclass(frozen=True, slots=True)
class BoardPage:
    head: Head
    title: str
    external: bool
    body: Markup
    editions: tuple[EditionRow, ...]  # newest first
    older: int  # editions that the list does not name, though they have their pages


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place on a board."""

    rank: int
    who: Link
    score: str
    before: int | None  # the rank in the edition before
    fresh: bool  # it was not on the edition before
    scores: tuple[str, ...]  # in the editions up to this one, oldest first; "" where it was not on the board
    editions: int  # in a row
    firsts: int  # in a row, in the first place
    missing: tuple[str, ...]  # names of measures
    numbers: tuple[str, ...]  # as the page's `inputs`; empty where not supplied


@dataclass(frozen=True, slots=True)
class EditionPage:
    head: Head
    board: Link
    title: str
    published: str
    external: bool
    index: str  # its title
    version: str
    formula: tuple[str, ...]
    source: Link | None
    note: str
    scored: int
    unscored: int
    compared: bool  # there is an edition before
    inputs: tuple[str, ...]  # names of measures
    rows: tuple[PlaceRow, ...]
    table: str  # the same for spreadsheets, a site path
    newer: Link | None = None
    older: Link | None = None
