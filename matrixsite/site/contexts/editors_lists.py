"""Pages of the editors' lists: columns, series, campaigns, kinds; and their blocks on other pages."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from matrixsite.site.contexts.frame import Head, Link, Picture
from matrixsite.site.contexts.rows import MonthRow, Row


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list on the home page or among the others of its sort."""

    list: Link
    lead: str
    cover: Picture | None
    rows: tuple[Row, ...]
    ended: bool = False


@dataclass(frozen=True, slots=True)
class ListsPage:
    """All lists of a sort."""

    head: Head
    beside: tuple[Link, ...]  # the pages of the other sorts
    blocks: tuple[ListBlock, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A fact of a list, such as who hosts it."""

    name: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a list's entries one account or member published."""

    who: Link
    count: int


@dataclass(frozen=True, slots=True)
class Shares:
    """Those who published what stands in a list."""

    title: str
    rows: tuple[Share, ...]  # at most 100
    count: int


@dataclass(frozen=True, slots=True)
class ListPage:
    head: Head
    all: Link  # the page of all lists of its sort
    title: str
    lead: str
    cover: Picture | None
    body: Markup
    begins: str
    ends: str
    state: str  # a sentence where it has ended, or not begun
    terms: tuple[Term, ...]
    rows: tuple[Row, ...]
    shares: Shares | None
    months: tuple[MonthRow, ...]
