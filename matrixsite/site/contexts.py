"""What templates receive: one frozen value a page type. Theme authors may rely on every field named here.

Each page template gets `page` (one of the page values below), `matrix` (a `Frame`), `root` (what to put
before a site path to link to it), `path` (the page's own) and `_` (words in the site's language). Text is
plain and escaped by the template; only `Markup` fields hold HTML. `href` is a site path unless the value says
`external`.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

# --- what stands on every page ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads; without `href` it is only a name."""

    title: str
    href: str = ""
    external: bool = False  # `href` is an absolute address (or mailto), not a site path


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page shows: the site's name, its menu and the notes of the footer."""

    title: str
    description: str
    language: str
    menu: tuple[Link, ...]
    organizer: str
    contact: Link | None
    takedown: Link | None
    icp: str
    police: str
    news_licence: str
    feeds: tuple[FeedLink, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed a page announces."""

    title: str
    href: str
    type: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says about itself to programs."""

    title: str  # without the site's name; empty on the home page
    canonical: str  # absolute; empty where the page has none
    description: str = ""
    noindex: bool = False
    image: str = ""
    feeds: tuple[FeedLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in the site's zone, ready to print."""

    iso: str  # 2026-11-20T09:30:00+08:00
    day: str  # 2026-11-20
    minute: str  # 2026-11-20 09:30


# --- rows ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """An entry, or the story it stands for, in a list."""

    title: str
    href: str
    external: bool
    account: Link
    platform: str
    published: Moment
    corrected: Moment | None
    excerpt: str
    cover: str
    media: str  # text, image, audio, video
    carriers: int
    note: str


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account in a directory."""

    account: Link
    member: str  # empty where it is the account itself
    platform: str
    count: int
    newest: Moment | None
    closed: bool


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in a directory, with the accounts of its descendants counted."""

    group: Link
    kind: str
    accounts: int


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month in an account's archive."""

    name: str  # 2026-11
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class Pages:
    """A list cut into pages; site paths, empty at the ends."""

    number: int = 1
    count: int = 1
    previous: str = ""
    next: str = ""


# --- pages --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ColumnBlock:
    """A column on the home page or in the list of columns."""

    column: Link
    lead: str
    cover: Link | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class RollBlock:
    """An honor roll on the home page or in the list of rolls."""

    roll: Link
    year: int
    lists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    head: Head
    newest: tuple[Row, ...]
    columns: tuple[ColumnBlock, ...]
    roll: RollBlock | None
    accounts: tuple[AccountRow, ...]  # a selection: those with the newest entries
    account_count: int
    member_count: int
    entry_count: int
    story_count: int


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
class StoryPage:
    head: Head
    title: str
    excerpt: str
    cover: str
    original: Row
    carriers: tuple[Row, ...]  # oldest first, at most 100
    carrier_count: int
    member_count: int
    days: int  # whole days from the first to the last carrier


@dataclass(frozen=True, slots=True)
class AccountPage:
    head: Head
    name: str
    platform: str
    handle: str
    member: str
    groups: tuple[Link, ...]
    intro: str
    avatar: str
    home: Link | None
    joined: str
    closed: str
    successor: Link | None
    count: int
    newest: tuple[Row, ...]
    months: tuple[MonthRow, ...]


@dataclass(frozen=True, slots=True)
class MonthPage:
    head: Head
    account: Link
    month: str  # 2026-11
    count: int
    rows: tuple[Row, ...]
    pages: Pages


@dataclass(frozen=True, slots=True)
class DirectorySection:
    """The accounts of one group, on a directory small enough to show all."""

    group: Link
    accounts: tuple[AccountRow, ...]


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    head: Head
    title: str
    intro: str
    trail: tuple[Link, ...]  # the groups above
    count: int
    groups: tuple[GroupRow, ...]
    accounts: tuple[AccountRow, ...]
    sections: tuple[DirectorySection, ...]  # instead of groups and accounts where all fit on one page
    pages: Pages


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    head: Head
    columns: tuple[ColumnBlock, ...]


@dataclass(frozen=True, slots=True)
class ColumnPage:
    head: Head
    title: str
    lead: str
    cover: Link | None
    body: Markup
    begins: str
    ends: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Winner:
    """One who, or that, was honored: an account, a unit, a person, or a work."""

    name: Link
    by: Link | None  # who made the work, whom the person belongs to
    citation: str
    rank: int


@dataclass(frozen=True, slots=True)
class HonorList:
    title: str
    kind: str  # account, work, unit, person
    ordered: bool
    announced: int  # how many were announced; 0 where not said
    winners: tuple[Winner, ...]


@dataclass(frozen=True, slots=True)
class HonorsPage:
    head: Head
    rolls: tuple[RollBlock, ...]


@dataclass(frozen=True, slots=True)
class HonorPage:
    head: Head
    title: str
    year: int
    date: str
    guided_by: tuple[str, ...]
    hosted_by: tuple[str, ...]
    organised_by: tuple[str, ...]
    basis: str
    source: Link | None  # where it was published
    source_date: str
    body: Markup
    lists: tuple[HonorList, ...]


@dataclass(frozen=True, slots=True)
class RedirectPage:
    head: Head
    target: Link


@dataclass(frozen=True, slots=True)
class WithdrawnPage:
    """The stub at the address of something withdrawn: it names nothing."""

    head: Head


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    head: Head
