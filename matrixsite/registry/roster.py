"""Who is in the matrix on a day, and what lies between two such days. Values in, values out.

The settings tell the present with some dates: when an account joined, was renamed, was closed. So the roster of an
earlier day has the names of then, and member, class, platform and groups of now; two settings, compared, differ in
these as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import takewhile

from matrixsite.config.settings import Account, Batch, Closure, Settings


@dataclass(frozen=True, slots=True)
class RosterLine:
    """An account as it stands in the matrix on a day."""

    id: str
    name: str
    member: str
    platform: str
    account_class: str
    groups: tuple[str, ...] = ()  # that it is listed in: its own, else its member's


@dataclass(frozen=True, slots=True)
class Departure:
    """An account that is in the matrix no more."""

    line: RosterLine
    day: date
    closure: Closure
    successor: str  # id of an account; empty for none


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is in, and who was; by account id, in the order of the settings."""

    lines: Mapping[str, RosterLine]
    departed: Mapping[str, Departure]


class ChangeKind(StrEnum):
    """What happened to an account between two rosters."""

    JOINED = "joined"
    CLOSED = "closed"
    MERGED = "merged"
    MOVED = "moved"
    LEFT = "left"  # it is in one roster and not known to the other: no day of closing tells why
    RENAMED = "renamed"
    MEMBER = "member"
    CLASS = "class"
    PLATFORM = "platform"
    GROUPS = "groups"


GONE = (ChangeKind.CLOSED, ChangeKind.MERGED, ChangeKind.MOVED, ChangeKind.LEFT)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `before` and `after` are names, ids, … of the kind; after a merger or move the successor's id."""

    kind: ChangeKind
    line: RosterLine  # as it is afterwards; of an account that went, as it was
    before: str = ""
    after: str = ""
    day: date | None = None  # of closing


def roster_on(settings: Settings, day: date) -> Roster:
    """The roster at the end of a day. An account without a day of joining takes that of its batch, else was ever in."""
    dates = {batch.id: batch.date for batch in settings.batches}
    return _roster(settings, day, (one for one in settings.accounts if _since(one, dates) <= day))


def roster_of_batch(settings: Settings, batch: Batch) -> Roster:
    """The roster once a batch has joined: its accounts and those of the batches before, whatever day each joined on.

    Raises ValueError for a batch that has no date: none of its accounts tells when it joined.
    """
    if batch.date is None:
        raise ValueError(f"the batch {batch.id} has no date: nobody can tell what was before it")
    day, dates = batch.date, {one.id: one.date for one in settings.batches}
    until = {one.id for one in takewhile(lambda one: one.id != batch.id, settings.batches)} | {batch.id}
    joined = (
        one for one in settings.accounts if (one.batch in until if one.batch else _since(one, dates) <= day)
    )
    return _roster(settings, day, joined)


def difference(before: Roster, after: Roster) -> tuple[Change, ...]:
    """What leads from one roster to the other: first who joined, then who went, then what is otherwise.

    Within each the accounts have the order of the roster that they are taken from.
    """
    joined = (
        Change(ChangeKind.JOINED, line) for name, line in after.lines.items() if name not in before.lines
    )
    gone = (_gone(line, after) for name, line in before.lines.items() if name not in after.lines)
    other = (
        change
        for name, line in after.lines.items()
        if name in before.lines
        for change in _otherwise(before.lines[name], line)
    )
    return (*joined, *gone, *other)


def name_on(account: Account, day: date) -> str:
    """What an account was called on a day. A former name without a day is older than all that have one."""
    for former in account.former_names:
        if former.until and day < former.until:
            return former.name
    return account.name


def succession(account: str, accounts: Mapping[str, Account]) -> tuple[str, ...]:
    """The ids of the accounts that followed it, one after the other; each once, and only those there are."""
    chain: dict[str, None] = {account: None}
    current = accounts[account].successor if account in accounts else ""
    while current in accounts and current not in chain:
        chain[current] = None
        current = accounts[current].successor
    return tuple(chain)[1:]


def predecessors(accounts: Iterable[Account]) -> dict[str, list[str]]:
    """By account id, the accounts that it directly followed."""
    found: dict[str, list[str]] = {}
    for account in accounts:
        if account.successor:
            found.setdefault(account.successor, []).append(account.id)
    return found


def _since(account: Account, dates: Mapping[str, date | None]) -> date:
    return account.joined or dates.get(account.batch) or date.min


def _roster(settings: Settings, day: date, joined: Iterable[Account]) -> Roster:
    members = {member.id: member.groups for member in settings.members}
    lines: dict[str, RosterLine] = {}
    departed: dict[str, Departure] = {}
    for account in joined:
        line = RosterLine(
            account.id,
            name_on(account, day),
            account.member,
            account.platform,
            account.account_class,
            account.groups or members.get(account.member, ()),
        )
        if account.open_on(day):
            lines[account.id] = line
        elif account.closed:
            closure = account.closure or Closure.CLOSED
            departed[account.id] = Departure(line, account.closed, closure, account.successor)
    return Roster(lines, departed)


def _gone(line: RosterLine, after: Roster) -> Change:
    departure = after.departed.get(line.id)
    if departure is None:
        return Change(ChangeKind.LEFT, line)
    return Change(ChangeKind(departure.closure.value), line, after=departure.successor, day=departure.day)


def _otherwise(before: RosterLine, after: RosterLine) -> Iterator[Change]:
    pairs = (
        (ChangeKind.RENAMED, before.name, after.name),
        (ChangeKind.MEMBER, before.member, after.member),
        (ChangeKind.CLASS, before.account_class, after.account_class),
        (ChangeKind.PLATFORM, before.platform, after.platform),
        (ChangeKind.GROUPS, ";".join(before.groups), ";".join(after.groups)),
    )
    for kind, was, now in pairs:
        if was != now:
            yield Change(kind, after, was, now)
