"""What lists are made of: a row each for an entry, an account, a month, an honor, and the way from page to page."""

from __future__ import annotations

from dataclasses import dataclass

from matrixsite.site.contexts.frame import Link, Moment, Picture


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
    cover: Picture | None
    media: str  # text, image, audio, video
    carriers: int
    note: str
    kinds: tuple[Link, ...] = ()  # of kinds.yaml
    apart: str = ""  # what tells it from others of the same title in its list


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
class Streak:
    """How often in a row an honor was won, its own year included."""

    editions: int
    yearly: bool  # once a year, without a gap
    firsts: int  # of them the last, in the first place


@dataclass(frozen=True, slots=True)
class Badge:
    """An honor on the pages of its winner, of the winner's member and of the member's accounts."""

    list: str
    roll: Link
    year: int
    kind: str  # account, work, unit, person
    won_by: str  # the account, work, unit or person; empty where it is the page's own subject
    rank: int
    streak: Streak | None = None
    level: str = ""  # national, province, city, district; only on the wall
    issuers: tuple[str, ...] = ()  # only on the wall


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month in the archive of a list."""

    name: str  # 2026-11
    href: str
    count: int

    @property
    def year(self) -> str:
        return self.name[:4]


@dataclass(frozen=True, slots=True)
class Pages:
    """A list cut into pages; site paths, empty at the ends."""

    number: int = 1
    count: int = 1  # 0: not said
    previous: str = ""
    next: str = ""
