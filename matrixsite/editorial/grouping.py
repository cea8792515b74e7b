"""Which groups an account is in: those it names, those of its member, and all that these lie in."""

from __future__ import annotations

from collections.abc import Mapping

from matrixsite.config.settings import Settings


def groups_of_accounts(settings: Settings) -> dict[str, frozenset[str]]:
    """Group ids by account id. Groups nest: an account of 青山区 is one of 区县 too."""
    parents = {group.id: group.parent for group in settings.groups}
    lines = {group: _ancestry(group, parents) for group in parents}
    of_member = {member.id: member.groups for member in settings.members}

    def groups(named: tuple[str, ...]) -> frozenset[str]:
        return frozenset().union(*(lines.get(group, {group}) for group in named))

    return {
        account.id: groups((*account.groups, *of_member.get(account.member, ())))
        for account in settings.accounts
    }


def _ancestry(group: str, parents: Mapping[str, str]) -> frozenset[str]:
    """The group and all above it."""
    line: set[str] = set()
    while group and group not in line:
        line.add(group)
        group = parents.get(group, "")
    return frozenset(line)
