"""Whom of the matrix a winner's name means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from matrixsite.config.names import name_key
from matrixsite.config.settings import Settings
from matrixsite.config.wording import suggestion


@dataclass(frozen=True, slots=True)
class Laureate:
    """An account with its member, a member alone, or (blank) nobody of the matrix."""

    account: str = ""
    member: str = ""


NOBODY = Laureate()


class Register:
    """The names of accounts and members, widths folded (NFKC): ids, names and aliases."""

    def __init__(self, settings: Settings) -> None:
        self._members = {member.id: member.name for member in settings.members}
        self._accounts = {account.id: (account.name, account.member) for account in settings.accounts}
        self._by_name: dict[str, set[Laureate]] = defaultdict(set)
        self._written: set[str] = set()
        for laureate, names in _names(settings):
            for name in filter(None, names):
                self._by_name[name_key(name)].add(laureate)
                self._written.add(name)

    def by_id(self, account: str, member: str) -> Laureate:
        """The account, with its member; else the member; else nobody."""
        if account in self._accounts:
            return Laureate(account, self._accounts[account][1])
        return Laureate("", member) if member in self._members else NOBODY

    def by_name(self, name: str) -> Laureate:
        """The one that bears the name: an account, else a member.

        A name that several accounts of one member bear means the member; one of several members means nobody.
        """
        found = self._by_name.get(name_key(name), set())
        accounts = [laureate for laureate in found if laureate.account]
        members = {laureate.member for laureate in found}
        if len(members) != 1:
            return NOBODY
        return accounts[0] if len(accounts) == 1 else Laureate("", members.pop())

    def name_of(self, laureate: Laureate) -> str:
        """How a laureate is called; '' for nobody."""
        if laureate.account:
            return self._accounts[laureate.account][0]
        return self._members.get(laureate.member, "")

    def nearest(self, name: str) -> str:
        """The mend of a name that nobody bears."""
        return suggestion(name, self._written)

    def near(self, name: str) -> tuple[str, ...]:
        """Up to three names that it may have been meant for, the nearest first."""
        return tuple(get_close_matches(name, self._written, n=3, cutoff=0.5))


def _names(settings: Settings) -> Iterator[tuple[Laureate, tuple[str, ...]]]:
    for member in settings.members:
        yield Laureate("", member.id), (member.id, member.name, *member.aliases)
    for account in settings.accounts:
        yield Laureate(account.id, account.member), (account.id, account.name, *account.other_names)
