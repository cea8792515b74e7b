"""The home page, the map of the site, and how to subscribe."""

from __future__ import annotations

from dataclasses import dataclass

from matrixsite.site.contexts.accounts import PlatformCount
from matrixsite.site.contexts.editorial import HeadlineBlock, NoticeBlock, RollBlock
from matrixsite.site.contexts.editors_lists import ListBlock
from matrixsite.site.contexts.frame import FeedLink, Head, Link
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


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Lists of one sort with a feed each; a link's address is that of the feed."""

    title: str
    feeds: tuple[Link, ...]  # at most 100
    more: Link | None  # where the others are found


@dataclass(frozen=True, slots=True)
class SubscribePage:
    """All feeds, and how to read them."""

    head: Head
    combined: tuple[FeedLink, ...]  # of the whole matrix
    groups: tuple[FeedGroup, ...]
    members: str  # the site path of the OPML file
    directory: Link  # accounts, each with its feed
