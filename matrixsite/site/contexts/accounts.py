"""Pages of the matrix itself: accounts, members, the directory, the state of the sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matrixsite.site.contexts.activity import Activity
from matrixsite.site.contexts.frame import Head, Link, Picture
from matrixsite.site.contexts.rows import AccountRow, Badge, MonthRow, Pages, Row


@dataclass(frozen=True, slots=True)
class Honors:
    """What a member, its accounts, works and people were honored for, as its page or an account's shows it."""

    badges: tuple[Badge, ...]  # the latest
    count: int
    wall: str  # the page that has them all; empty where `badges` are all


@dataclass(frozen=True, slots=True)
class BadgeYear:
    """The honors of one year."""

    year: int
    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True)
class HonorWallPage:
    """All honors of a member."""

    head: Head
    member: Link
    count: int
    years: tuple[BadgeYear, ...]  # latest first; at most 100 badges in all
    pages: Pages


@dataclass(frozen=True, slots=True)
class RoleLink:
    """Who stands behind an account, and as what."""

    role: str
    body: Link


@dataclass(frozen=True, slots=True)
class StoreRow:
    """A page where an app can be had."""

    store: Link  # by the name of the store, else by its host
    version: str
    updated: str


@dataclass(frozen=True, slots=True)
class Predecessor:
    """An account that another followed."""

    account: Link
    closure: str  # closed, merged, moved


@dataclass(frozen=True, slots=True)
class Life:
    """What an account was, and what became of it."""

    former: tuple[tuple[str, str], ...]  # names it had, the oldest first, each with the day of renaming
    predecessors: tuple[Predecessor, ...]
    closed: str  # the first day without it; empty while it is open
    closes: str  # the same where that day lies ahead
    closure: str  # closed, merged, moved
    successors: tuple[Link, ...]  # where it went, then where that went, …


@dataclass(frozen=True, slots=True)
class AccountPage:
    head: Head
    name: str
    platform: str
    handle: str
    member: Link | None  # the body that runs it; None where it is the account itself
    groups: tuple[Link, ...]
    intro: str
    avatar: Picture | None
    home: Link | None
    joined: str
    batch: Link | None
    bodies: tuple[RoleLink, ...]  # who stands behind it: sponsor, undertaker, operator
    life: Life
    stores: tuple[StoreRow, ...]  # where the app can be had
    honors: Honors
    count: int
    qr: Picture | None  # the picture of its QR code
    activity: Activity | None
    newest: tuple[Row, ...]
    months: tuple[MonthRow, ...]
    calendars: Mapping[str, str]  # its years' pages, by year


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in a directory, with the accounts of its descendants counted."""

    group: Link
    kind: str
    accounts: int


@dataclass(frozen=True, slots=True)
class DirectorySection:
    """The accounts of one group, on a directory small enough to show all."""

    group: Link
    accounts: tuple[AccountRow, ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """What is on one platform: the accounts by name while they are few."""

    accounts: tuple[Link, ...]
    count: int  # of accounts, named or not; 0: a gap


@dataclass(frozen=True, slots=True)
class GridRow:
    """A group or member, with a cell for each platform of the grid."""

    who: Link
    accounts: int  # of a group; 0 for a member
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class PlatformGrid:
    """Who is on which platform, and who is not."""

    platforms: tuple[str, ...]  # most accounts first; "" stands for all others, last
    rows: tuple[GridRow, ...]  # of this page


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
    grid: PlatformGrid | None = None  # instead of groups and accounts where there are several platforms
    ways: tuple[Link, ...] = ()  # of the root: other views of the matrix
    activity: Activity | None = None  # of a group, as are the next: on its first page
    newest: tuple[Row, ...] = ()
    months: tuple[MonthRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PlatformCount:
    """How many accounts there are on a platform."""

    platform: str
    accounts: int


@dataclass(frozen=True, slots=True)
class QrCode:
    """The QR code of an account, as its member's page shows it."""

    account: Link
    platform: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class MemberPage:
    head: Head
    name: str
    intro: str
    home: Link | None
    groups: tuple[Link, ...]
    accounts: tuple[AccountRow, ...]  # at most 30
    account_count: int
    honors: Honors
    count: int  # entries of all its accounts
    platforms: tuple[PlatformCount, ...]  # that it is on, most accounts first
    qrs: tuple[QrCode, ...]  # at most 6
    activity: Activity | None
    newest: tuple[Row, ...]
    months: tuple[MonthRow, ...]
    calendars: Mapping[str, str]  # its years' pages, by year


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member in the directory of members."""

    member: Link
    accounts: int
    count: int  # entries


@dataclass(frozen=True, slots=True)
class MemberSection:
    """The members of one group, or those of them that stand on this page."""

    group: Link  # without a title: members of no group
    members: tuple[MemberRow, ...]


@dataclass(frozen=True, slots=True)
class MembersPage:
    head: Head
    count: int
    sections: tuple[MemberSection, ...]  # at most 100 members in all
    pages: Pages


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Whether an account's feeds could be read last time."""

    account: Link
    platform: str
    available: bool


@dataclass(frozen=True, slots=True)
class SourceGroup:
    group: Link  # without a name: accounts of no group
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class SourcesPage:
    head: Head
    count: int  # of all pages
    available: int
    groups: tuple[SourceGroup, ...]
    pages: Pages
