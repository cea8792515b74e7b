"""What only the whole matrix can tell: ids used twice, unknown names, circles, implicit members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from matrixsite.config.checks import Fault
from matrixsite.config.draft import Draft, Placed
from matrixsite.config.settings import Account, Group, Member
from matrixsite.config.wording import shown, suggestion
from matrixsite.errors import Problem

Named = TypeVar("Named", Group, Member, Account)


def check_references(draft: Draft) -> Iterator[Problem]:
    """Every problem between the parts of the matrix."""
    yield from _twice(draft.groups)
    yield from _twice(draft.members)
    yield from _twice(draft.accounts)
    yield from _unknown_groups(draft)
    yield from _circles(draft.groups)
    yield from _successors(draft)


def with_implicit_members(
    members: Sequence[Member], groups: Iterable[Group], accounts: Iterable[Account]
) -> tuple[Member, ...]:
    """The members, then those that only accounts name, in the order of the accounts.

    An implicit member bears the name of the group with its id, else of the first account that names it, and
    belongs to the groups of its accounts.
    """
    defined = {member.id for member in members}
    group_names = {group.id: group.name for group in groups}
    names: dict[str, str] = {}
    belongs: dict[str, dict[str, None]] = {}
    for account in accounts:
        if account.member not in defined:
            names.setdefault(account.member, group_names.get(account.member, account.name))
            belongs.setdefault(account.member, {}).update(dict.fromkeys(account.groups))
    return (*members, *(Member(key, name, tuple(belongs[key])) for key, name in names.items()))


def _twice(items: Iterable[Placed[Named]]) -> Iterator[Problem]:
    first: dict[str, Placed[Named]] = {}
    for item in items:
        other = first.setdefault(item.value.id.casefold(), item)
        if other is not item:
            reason = f"the id {shown(item.value.id)} is taken, see {other.place}"
            yield item.problem(Fault(("id",), reason, "Give each an id of its own, or remove one."))


def _unknown_groups(draft: Draft) -> Iterator[Problem]:
    known = draft.named["groups"]
    for group in draft.groups:
        if group.value.parent and group.value.parent not in known:
            yield group.problem(_unknown(("parent",), "group", group.value.parent, known))
    members: list[Placed[Member] | Placed[Account]] = [*draft.members, *draft.accounts]
    for member in members:
        for index, name in enumerate(member.value.groups):
            if name not in known:
                yield member.problem(_unknown(("groups", index), "group", name, known))


def _unknown(path: tuple[str | int, ...], what: str, name: str, known: set[str]) -> Fault:
    return Fault(path, f"there is no {what} {shown(name)}", suggestion(name, known))


def _circles(groups: Iterable[Placed[Group]]) -> Iterator[Problem]:
    """One problem a circle, at its first group."""
    by_id = {group.value.id: group for group in groups}
    seen: set[str] = set()
    for start in by_id:
        way: dict[str, None] = {}
        current = start
        while current in by_id and current not in seen:
            seen.add(current)
            way[current] = None
            current = by_id[current].value.parent
        if current in way:
            circle = list(way)[list(way).index(current) :]
            reason = f"the group lies inside itself: {' in '.join([*circle, current])}"
            yield by_id[current].problem(Fault(("parent",), reason, "Remove one of these parents."))


def _successors(draft: Draft) -> Iterator[Problem]:
    known = draft.named["accounts"]
    for account in draft.accounts:
        successor = account.value.successor
        if successor and successor == account.value.id:
            mend = "Name another account, or remove it."
            yield account.problem(Fault(("successor",), "the account follows itself", mend))
        elif successor and successor not in known:
            yield account.problem(_unknown(("successor",), "account", successor, known))
