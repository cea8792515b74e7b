"""The page of an entry and the page of a story."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from matrixsite.site.contexts.frame import Head, Link, Moment, Picture
from matrixsite.site.contexts.rows import Row


@dataclass(frozen=True, slots=True)
class Belongs:
    """What the editors say of an entry or a story: where it belongs, and what of it is not true."""

    kinds: tuple[Link, ...] = ()
    series: tuple[Link, ...] = ()
    rebuts: tuple[Link, ...] = ()
    rebutted_by: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class AlsoCarried:
    """Another who carries the same story; the link bears the account's name and leads to its entry."""

    entry: Link
    platform: str
    published: Moment


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
    cover: Picture | None
    topics: tuple[str, ...]
    enclosures: tuple[Link, ...]
    original: Link
    story: Link | None  # its story page, where there is one
    carriers: int
    also: tuple[AlsoCarried, ...]  # others who carry it, oldest first, at most 5
    outside: str  # the source outside the matrix that its story is from; empty where none is named
    corrected_elsewhere: bool  # another of its story's carriers puts something right
    contains: tuple[Row, ...]  # the stories that it rounds up, oldest first, at most 100
    digests: tuple[Row, ...]  # the digests that round it up, newest first, at most 10
    belongs: Belongs


@dataclass(frozen=True, slots=True)
class Delay:
    """How long after the first a carrier followed: whole days, or whole hours within a day."""

    days: int
    hours: int


@dataclass(frozen=True, slots=True)
class Carrier:
    """One who carries a story."""

    row: Row
    first: bool  # the original
    delay: Delay | None  # None for the original, and where no time says that it followed
    retitled: bool  # its title is not the story's
    marks: tuple[str, ...]  # of correction, revision, excerpt, repost


@dataclass(frozen=True, slots=True)
class StoryPage:
    head: Head
    title: str
    excerpt: str
    cover: Picture | None
    original: Row  # else the earliest that is shown
    original_shown: bool
    first: bool  # nobody outside the matrix is named as its source: the original published it first
    outside: str  # whom outside the matrix its carriers name
    correction: Row | None  # the newest carrier that puts something right
    contains: tuple[Row, ...]  # the stories that it rounds up, oldest first, at most 100
    digests: tuple[Row, ...]  # the digests that round it up, newest first, at most 10
    carriers: tuple[Carrier, ...]  # oldest first, at most 100
    carrier_count: int
    member_count: int
    days: int  # whole days from the first to the last carrier
    spread: tuple[
        int, ...
    ]  # seconds from the first to each that followed, the first included; empty below three
    belongs: Belongs
