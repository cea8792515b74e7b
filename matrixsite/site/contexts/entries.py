"""The page of an entry and the page of a story."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from matrixsite.site.contexts.frame import Head, Link, Moment
from matrixsite.site.contexts.rows import Row


@dataclass(frozen=True, slots=True)
class EntryPage:
    head: Head
    title: str
    account: Link
    member: str
    platform: str
    published: Moment
    inferred: bool
    corrected: Moment | None
    authors: tuple[str, ...]
    credit: str
    body: Markup  # the whole text; empty unless the account grants it
    excerpt: str  # shown where there is no body
    cover: str
    topics: tuple[str, ...]
    enclosures: tuple[Link, ...]
    original: Link
    story: Link | None  # its story page, where there is one
    carriers: int


@dataclass(frozen=True, slots=True)
class Carrier:
    """One who carries a story, and how long after the first: whole days, or whole hours within a day."""

    row: Row
    days: int
    hours: int


@dataclass(frozen=True, slots=True)
class StoryPage:
    head: Head
    title: str
    excerpt: str
    cover: str
    original: Row
    carriers: tuple[Carrier, ...]  # oldest first, at most 100
    carrier_count: int
    member_count: int
    days: int  # whole days from the first to the last carrier
