"""Pages of what editors write: honors, headlines, notices; and their blocks on the home page."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from matrixsite.site.contexts.frame import Head, Link
from matrixsite.site.contexts.rows import MonthRow, Row, Streak


@dataclass(frozen=True, slots=True)
class RollBlock:
    """An honor roll on the home page or in the list of rolls."""

    roll: Link
    year: int
    lists: tuple[str, ...]
    winners: int = 0
    level: str = ""  # national, province, city, district


@dataclass(frozen=True, slots=True)
class Winner:
    """One who, or that, was honored: an account, a unit, a person, or a work."""

    name: Link
    by: Link | None  # who made the work, whom the person belongs to
    citation: str
    rank: int
    streak: Streak | None = None


@dataclass(frozen=True, slots=True)
class HonorList:
    title: str
    kind: str  # account, work, unit, person
    ordered: bool
    announced: int  # how many were announced; 0 where not said
    winners: tuple[Winner, ...]


@dataclass(frozen=True, slots=True)
class Laurels:
    """All that one member, or account without one, was honored for."""

    name: Link
    honors: int
    years: tuple[int, ...]  # latest first


@dataclass(frozen=True, slots=True)
class HonorYear:
    """A year with its rolls; `year` leads to its page."""

    year: Link
    rolls: tuple[RollBlock, ...]


@dataclass(frozen=True, slots=True)
class HonorsPage:
    head: Head
    years: tuple[HonorYear, ...]  # latest first
    laurels: tuple[Laurels, ...]  # of all time, most honored first


@dataclass(frozen=True, slots=True)
class HonorYearPage:
    head: Head
    year: int
    rolls: tuple[RollBlock, ...]
    laurels: tuple[Laurels, ...]


@dataclass(frozen=True, slots=True)
class HonorPage:
    head: Head
    title: str
    year: int
    date: str
    guided_by: tuple[str, ...]
    hosted_by: tuple[str, ...]
    organised_by: tuple[str, ...]
    level: str
    basis: str
    source: Link | None  # where it was published
    source_date: str
    body: Markup
    lists: tuple[HonorList, ...]


@dataclass(frozen=True, slots=True)
class HeadlineBlock:
    """The editors' pick of a day."""

    day: str  # 2026-11-20
    row: Row
    reason: str
    picker: str
    body: Markup


@dataclass(frozen=True, slots=True)
class HeadlinesPage:
    head: Head
    title: str
    headlines: tuple[HeadlineBlock, ...]  # newest first
    months: tuple[MonthRow, ...]
    month: str  # 2026-11; empty on the front page
    years: tuple[Link, ...]  # their tallies; of a month, that of its year
    bulletin: str = ""  # of a month, as are the next; site paths
    table: str = ""


@dataclass(frozen=True, slots=True)
class NoticeBlock:
    """A notice that stands; `notice` is only a name where the body says no more than the title."""

    notice: Link
    level: str  # info, warning, emergency


@dataclass(frozen=True, slots=True)
class NoticePage:
    head: Head
    title: str
    level: str
    begins: str
    ends: str
    over: bool
    body: Markup
