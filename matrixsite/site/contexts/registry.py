"""Pages of the matrix as a register: batches, totals, and the bodies behind accounts. No numbers of entries stand here,
so that these pages change with the settings only."""

from __future__ import annotations

from dataclasses import dataclass

from matrixsite.site.contexts.frame import Head, Link
from matrixsite.site.contexts.rows import Pages


@dataclass(frozen=True, slots=True)
class RegistryRow:
    """An account in a register."""

    account: Link
    member: str  # empty where it is the account itself
    platform: str
    joined: str
    closed: str  # empty while it is open


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch in the list of batches."""

    batch: Link
    date: str
    accounts: int
    open: int  # of them


@dataclass(frozen=True, slots=True)
class BatchesPage:
    head: Head
    count: int
    rows: tuple[BatchRow, ...]  # newest first
    pages: Pages


@dataclass(frozen=True, slots=True)
class GroupChange:
    """How many accounts a group of the top had with the batch before, and has with this one."""

    group: Link  # without a title: accounts of no group
    before: int
    came: int
    went: int
    after: int


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What else happened between the batch before and this one."""

    kind: str  # of `registry.roster.ChangeKind`
    account: Link
    before: str  # a former name
    successor: Link | None
    day: str


@dataclass(frozen=True, slots=True)
class BatchPage:
    head: Head
    name: str
    date: str
    intro: str
    source: Link | None
    count: int
    previous: Link | None
    next: Link | None
    groups: tuple[GroupChange, ...]  # on the first page
    rows: tuple[RegistryRow, ...]
    changes: tuple[ChangeRow, ...]  # after the rows; at most 100 of both
    pages: Pages


@dataclass(frozen=True, slots=True)
class TotalRow:
    """How many accounts a platform or group has, and how many in each column of its table."""

    who: Link  # of a platform its id, without an address
    accounts: int
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlatformsPage:
    head: Head
    count: int
    classes: tuple[str, ...]  # columns of the first table; "" stands for accounts of no class
    platforms: tuple[TotalRow, ...]  # most accounts first; on the first page
    columns: tuple[str, ...]  # platforms, of the second table; "" stands for all others
    groups: tuple[TotalRow, ...]
    pages: Pages


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A member or organisation, with the accounts that it sponsors, undertakes and operates."""

    body: Link
    sponsored: int
    undertaken: int
    operated: int


@dataclass(frozen=True, slots=True)
class OrganisationsPage:
    head: Head
    count: int
    rows: tuple[BodyRow, ...]
    pages: Pages


@dataclass(frozen=True, slots=True)
class RoleSection:
    """The accounts that a body has a role for, or those of them that stand on this page."""

    role: str
    count: int  # on all pages
    rows: tuple[RegistryRow, ...]


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    head: Head
    name: str
    aliases: tuple[str, ...]
    intro: str
    home: Link | None
    member: Link | None  # its page as a member
    parent: Link | None
    parts: tuple[Link, ...]  # organisations that are part of it
    count: int
    sections: tuple[RoleSection, ...]
    pages: Pages
