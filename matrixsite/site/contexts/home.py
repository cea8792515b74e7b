"""The home page and the map of the site."""

from __future__ import annotations

from dataclasses import dataclass

from matrixsite.site.contexts.editorial import HeadlineBlock, NoticeBlock, RollBlock
from matrixsite.site.contexts.editors_lists import ListBlock
from matrixsite.site.contexts.frame import Head, Link
from matrixsite.site.contexts.rows import AccountRow, Row


@dataclass(frozen=True, slots=True)
class CarriedBlock:
    """A story that many carry."""

    row: Row
    members: int


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A section of the menu with its first stories."""

    section: Link
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PlatformCount:
    """How many accounts the matrix has on a platform."""

    platform: str
    accounts: int


@dataclass(frozen=True, slots=True)
class Glance:
    """The matrix in numbers."""

    members: int
    accounts: int
    entries: int
    stories: int
    platforms: tuple[PlatformCount, ...]  # most accounts first


@dataclass(frozen=True, slots=True)
class HomePage:
    head: Head
    notices: tuple[NoticeBlock, ...]
    headline: HeadlineBlock | None
    carried: tuple[CarriedBlock, ...]  # most carried of the last week first
    sections: tuple[SectionBlock, ...]
    newest: tuple[Row, ...]  # only where there are no sections
    columns: tuple[ListBlock, ...]
    roll: RollBlock | None
    active: tuple[AccountRow, ...]  # a selection: those with the newest entries
    glance: Glance


@dataclass(frozen=True, slots=True)
class SitemapNode:
    """A place of the site and those below it."""

    link: Link
    children: tuple[SitemapNode, ...] = ()


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """The whole menu, for people."""

    head: Head
    parts: tuple[SitemapNode, ...]
