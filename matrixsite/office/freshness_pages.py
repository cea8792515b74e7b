"""The freshness board: all accounts in four orders, a list a group, and tables for spreadsheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matrixsite.config.settings import Group, Settings
from matrixsite.editorial.grouping import groups_of_accounts
from matrixsite.office.pages import Printer, paged, parts_of
from matrixsite.registry.freshness import AccountStatus
from matrixsite.registry.news import Colour
from matrixsite.spreadsheet import Table

SHORTEST = 20  # groups on the first page
_NEVER = 10**6  # days of an account that never published anything dated: before all others


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group with all that lies in it."""

    group: Group
    colours: Mapping[str, int]
    accounts: tuple[AccountStatus, ...]

    @property
    def measured(self) -> int:
        return len(self.accounts) - self.colours[Colour.NONE.value]


@dataclass(frozen=True)
class Freshness:
    """What the board says of freshness, from the rows of `Matrix.statuses`."""

    settings: Settings
    statuses: Sequence[AccountStatus]
    groups: Sequence[GroupRow]
    colours: Mapping[str, int]


def freshness_of(settings: Settings, statuses: Sequence[AccountStatus]) -> Freshness:
    """Groups stand as in the settings."""
    groups_of = groups_of_accounts(settings)
    within: dict[str, list[AccountStatus]] = {group.id: [] for group in settings.groups}
    for status in statuses:
        for group in groups_of[status.account]:
            within[group].append(status)
    rows = [
        GroupRow(group, _colours(within[group.id]), tuple(within[group.id]))
        for group in settings.groups
        if within[group.id]
    ]
    return Freshness(settings, statuses, rows, _colours(statuses))


def _colours(statuses: Sequence[AccountStatus]) -> dict[str, int]:
    counts = Counter(status.colour for status in statuses)
    return {colour.value: counts[colour.value] for colour in Colour}


def _days(status: AccountStatus) -> tuple[bool, int]:
    """Worst first, what isn't measured last."""
    unmeasured = status.colour == Colour.NONE.value
    return unmeasured, -(_NEVER if status.days is None else status.days)


ORDERS: Mapping[str, Callable[[AccountStatus], tuple[object, ...]]] = {
    "days": _days,
    "name": lambda status: (),
    "posts": lambda status: (sum(status.weeks),),
    "silence": lambda status: (-status.silence,),
}
"""By what all accounts are listed, each on pages of its own; by name is the order of the site's directories."""


def folder_of(order: str) -> str:
    """Where the pages of an order stand; the first is the front page."""
    return "" if order == "days" else f"by/{order}"


def freshness_pages(freshness: Freshness, today: date, printer: Printer) -> Iterator[tuple[str, bytes]]:
    """index.html and what belongs to it."""
    settings = freshness.settings
    keys = {account.id: settings.sort_key(account) for account in settings.accounts}
    names = {group.id: group.name for group in settings.groups}
    groups_of = {
        account.id: [names[group] for group in account.groups if group in names]
        for account in settings.accounts
    }
    rows = {
        status.account: printer.piece(
            "account_row",
            status=status,
            groups=groups_of[status.account],
            day=None if status.days is None else today - timedelta(days=status.days),
        )
        for status in freshness.statuses
    }  # each stands on five pages, and is made once
    shared = {"row_of": rows, "limits": settings.freshness}
    directory = sorted(freshness.statuses, key=lambda one: keys[one.account])
    orders = [(order, paged(folder_of(order))) for order in ORDERS]
    shortest = sorted(freshness.groups, key=lambda row: (-row.colours["red"], -row.colours["amber"]))
    for order, key in ORDERS.items():
        for part in parts_of(sorted(directory, key=key), folder_of(order)):
            front = order == "days" and part.number == 1
            yield printer(
                part.path,
                "accounts",
                part=part,
                order=order,
                orders=orders,
                colours=freshness.colours,
                groups=shortest[:SHORTEST] if front else (),
                front=front,
                **shared,
            )
    for groups in parts_of(freshness.groups, "groups"):
        yield printer(groups.path, "groups", part=groups)
    for row in freshness.groups:
        for part in parts_of(sorted(row.accounts, key=_days), f"groups/{row.group.id}"):
            yield printer(part.path, "group", part=part, row=row, **shared)


def freshness_tables(freshness: Freshness) -> Mapping[str, Table]:
    """The accounts in the order of the settings, and the groups; names of columns as in `status --csv`."""
    names = {group.id: group.name for group in freshness.settings.groups}
    groups = {
        account.id: "、".join(names.get(group, group) for group in account.groups)
        for account in freshness.settings.accounts
    }
    columns = (
        "account",
        "name",
        "member",
        "platform",
        "groups",
        "colour",
        "days",
        "last_published",
        "entries",
    )
    weeks = len(freshness.statuses[0].weeks) if freshness.statuses else 0
    more = ("silence", "silence_from", "silence_to", "health", "reason", "since")
    rows: list[Sequence[object]] = [(*columns, *(f"week_{number - weeks}" for number in range(weeks)), *more)]
    for status in freshness.statuses:
        its = {name: getattr(status, name) for name in (*columns, *more) if name != "groups"}
        its["groups"] = groups[status.account]
        rows.append((*(its[name] for name in columns), *status.weeks, *(its[name] for name in more)))
    by_group: list[Sequence[object]] = [("group", "name", *(colour.value for colour in Colour))]
    by_group += [(row.group.id, row.group.name, *row.colours.values()) for row in freshness.groups]
    return {"accounts": rows, "groups": by_group}
