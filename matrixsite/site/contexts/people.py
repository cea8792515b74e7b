"""Pages of people."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from matrixsite.site.contexts.accounts import Honors
from matrixsite.site.contexts.frame import Head, Link, Picture
from matrixsite.site.contexts.rows import Pages, Row


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the list of people."""

    person: Link
    role: str
    by: str  # whom they belong to
    honors: int


@dataclass(frozen=True, slots=True)
class PeoplePage:
    head: Head
    count: int
    people: tuple[PersonRow, ...]  # at most 100
    pages: Pages


@dataclass(frozen=True, slots=True)
class WorkRow:
    """Something a person made."""

    work: Link
    note: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    head: Head
    name: str
    role: str
    by: Link | None  # whom they belong to
    aliases: tuple[str, ...]
    intro: str
    portrait: Picture | None
    body: Markup
    series: tuple[Link, ...]  # that they take part in
    honors: Honors
    works: tuple[WorkRow, ...]
    rows: tuple[Row, ...]  # the editors' picks
