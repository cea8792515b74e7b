"""What months and years of headlines add up to: the tally of a year, the bulletin (通报) of a month."""

from __future__ import annotations

from dataclasses import dataclass

from matrixsite.site.contexts.frame import Head, Link


@dataclass(frozen=True, slots=True)
class MemberTally:
    """How often pieces of a member led."""

    member: Link
    total: int
    by_month: tuple[int, ...] = ()  # in the order of the page's months


@dataclass(frozen=True, slots=True)
class AccountTally:
    """How often pieces of an account led."""

    account: Link
    member: str  # empty where it is the account itself
    total: int


@dataclass(frozen=True, slots=True)
class MonthOfYear:
    """A month with headlines; its name leads to its page."""

    month: Link  # 2026-11
    bulletin: str  # site path
    days: int


@dataclass(frozen=True, slots=True)
class HeadlineYearPage:
    """Whose pieces led how often in a year; most often first, at most 100 members and accounts."""

    head: Head
    year: str
    days: int  # that had a headline
    months: tuple[MonthOfYear, ...]  # oldest first
    members: tuple[MemberTally, ...]
    accounts: tuple[AccountTally, ...]


@dataclass(frozen=True, slots=True)
class BulletinRow:
    """A day of a bulletin."""

    day: str  # 2026-11-20
    title: Link
    account: Link
    member: Link
    reason: str
    picker: str


@dataclass(frozen=True, slots=True)
class BulletinPage:
    """The headlines of a month to be printed and sent around, oldest first, with the tally of members."""

    head: Head
    month: Link  # 2026-11, leads to the month's page
    organizer: str
    table: str  # the same as CSV, a site path
    rows: tuple[BulletinRow, ...]
    members: tuple[MemberTally, ...]
