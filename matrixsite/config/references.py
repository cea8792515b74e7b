"""What only the whole matrix can tell: ids used twice, unknown names, circles, implicit members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from matrixsite.config.draft import Draft, Placed
from matrixsite.config.implied import ROLES, Names
from matrixsite.config.settings import Account, Batch, Group, Member, Organisation
from matrixsite.config.value_checks import Fault, is_id
from matrixsite.config.wording import shown, suggestion
from matrixsite.errors import Problem

Named = TypeVar("Named", Group, Member, Organisation, Batch, Account)


def check_references(draft: Draft) -> Iterator[Problem]:
    """Every problem between the parts of the matrix."""
    yield from _twice(draft.groups)
    yield from _twice(draft.members)
    yield from _twice(draft.organisations)
    yield from _twice(draft.batches)
    yield from _twice(draft.accounts)
    yield from _unknown_groups(draft)
    yield from _inside_themselves("group", draft.groups)
    yield from _successors(draft)
    yield from _organisations(draft)
    yield from _batches(draft)


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


def _circles(onward: Mapping[str, str]) -> Iterator[list[str]]:
    """The circles of what leads on to another: each once, beginning and ending with its first id in order."""
    seen: set[str] = set()
    for start in onward:
        way: dict[str, None] = {}
        current = start
        while current in onward and current not in seen:
            seen.add(current)
            way[current] = None
            current = onward[current]
        if current in way:
            yield [*list(way)[list(way).index(current) :], current]


def _inside_themselves(
    what: str, placed: Sequence[Placed[Group]] | Sequence[Placed[Organisation]]
) -> Iterator[Problem]:
    by_id = {one.value.id: one for one in placed}
    for circle in _circles({key: one.value.parent for key, one in by_id.items()}):
        reason = f"the {what} lies inside itself: {' in '.join(circle)}"
        yield by_id[circle[0]].problem(Fault(("parent",), reason, "Remove one of these parents."))


def _successors(draft: Draft) -> Iterator[Problem]:
    known = draft.named["accounts"]
    by_id = {account.value.id: account for account in draft.accounts}
    for account in draft.accounts:
        successor = account.value.successor
        if successor and successor not in known:
            yield account.problem(_unknown(("successor",), "account", successor, known))
    for circle in _circles({key: one.value.successor for key, one in by_id.items()}):
        reason = "the account follows itself" + ("" if len(circle) == 2 else f": {' → '.join(circle)}")
        mend = "Name another account, or remove it."
        yield by_id[circle[0]].problem(Fault(("successor",), reason, mend))


def _organisations(draft: Draft) -> Iterator[Problem]:
    """Bodies behind accounts: organisations and members share their ids, for both have a page below organisations/."""
    members = draft.named["members"] | {account.value.member for account in draft.accounts}
    known = draft.named["organisations"] | members
    for one in draft.organisations:
        if one.value.id in members:
            reason = f"the id {shown(one.value.id)} is that of a member"
            yield one.problem(Fault(("id",), reason, "Remove it: a member needs no listing as organisation."))
        if one.value.parent and one.value.parent not in known:
            yield one.problem(_unknown(("parent",), "organisation or member", one.value.parent, known))
    yield from _inside_themselves("organisation", draft.organisations)
    names = Names.of([*(one.value for one in draft.members), *(one.value for one in draft.organisations)])
    for account in draft.accounts:
        for role in ROLES:
            written = getattr(account.value, role)
            if written and written not in known:
                yield from _written(account, role, "organisation or member", names, known)


def _batches(draft: Draft) -> Iterator[Problem]:
    """Where batches are listed, what looks like an id must be one of theirs."""
    known = draft.named["batches"]
    names = Names.of(batch.value for batch in draft.batches)
    for account in draft.accounts:
        if known and account.value.batch and account.value.batch not in known:
            yield from _written(account, "batch", "batch", names, known)


def _written(
    account: Placed[Account], field: str, what: str, names: Names, known: set[str]
) -> Iterator[Problem]:
    """The fault of what is no known id: it looks like one, or several bear it as their name."""
    written = getattr(account.value, field)
    found = names.found(written)
    if len(found) > 1:
        reason, mend = (
            f"{len(found)} are called {shown(written)}",
            f"Write an id: {', '.join(sorted(found))}.",
        )
        yield account.problem(Fault((field,), reason, mend))
    elif not found and is_id(written):
        yield account.problem(_unknown((field,), what, written, known))
    elif not written.strip():
        yield account.problem(Fault((field,), "the name is empty", "Write a name or an id, or remove it."))
