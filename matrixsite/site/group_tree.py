"""Groups as a tree: what lies directly in each, and which accounts its branches hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from matrixsite.config.settings import Account, Group

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class GroupTree:
    """By group id; the root, and the accounts of no group, are under ""."""

    children: Mapping[str, tuple[Group, ...]]
    direct: Mapping[str, tuple[Account, ...]]
    within: Mapping[str, frozenset[str]]  # ids of the accounts in the group and its descendants

    def items(self, group: str) -> tuple[Group | Account, ...]:
        """What lies in a group: groups first, then accounts."""
        return (*self.children.get(group, ()), *self.direct.get(group, ()))


def group_tree(
    groups: Sequence[Group], accounts: Sequence[Account], groups_of: Callable[[Account], Sequence[str]]
) -> GroupTree:
    """The tree of a matrix; groups and accounts keep their order."""
    children: dict[str, list[Group]] = {}
    direct: dict[str, list[Account]] = {}
    for group in groups:
        children.setdefault(group.parent, []).append(group)
    for account in accounts:
        for id_ in groups_of(account) or ("",):
            direct.setdefault(id_, []).append(account)
    within = {
        group.id: frozenset(
            account.id for id_ in _descendants(group.id, children) for account in direct.get(id_, ())
        )
        for group in groups
    }
    return GroupTree(_frozen(children), _frozen(direct), within)


def _frozen(lists: Mapping[str, list[T]]) -> dict[str, tuple[T, ...]]:
    return {key: tuple(items) for key, items in lists.items()}


def _descendants(group: str, children: Mapping[str, list[Group]]) -> Iterator[str]:
    yield group
    for child in children.get(group, ()):
        yield from _descendants(child.id, children)
