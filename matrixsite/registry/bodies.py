"""Who stands behind accounts: members and organisations, with what they sponsor, undertake and operate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matrixsite.config.implied import ROLES
from matrixsite.config.settings import Member, Organisation, Settings


@dataclass(frozen=True, slots=True)
class Body:
    """A member or an organisation."""

    one: Member | Organisation
    roles: Mapping[
        str, tuple[str, ...]
    ]  # ids of accounts by role, in the order of `ROLES`; only those it has

    @property
    def accounts(self) -> int:
        """How many accounts it stands behind, each once."""
        return len({name for names in self.roles.values() for name in names})


def bodies(settings: Settings) -> dict[str, Body]:
    """By id: every listed organisation and whoever an account names, members first; accounts as in the settings."""
    found: dict[str, dict[str, list[str]]] = {}
    for role in ROLES:
        for account in settings.accounts:
            if name := getattr(account, role):
                found.setdefault(name, {}).setdefault(role, []).append(account.id)
    all_of_them: list[Member | Organisation] = [member for member in settings.members if member.id in found]
    all_of_them += settings.organisations
    return {
        one.id: Body(one, {role: tuple(names) for role, names in found.get(one.id, {}).items()})
        for one in all_of_them
    }
