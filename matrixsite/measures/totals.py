"""Sums of measures over accounts, by platform or group, with the year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matrixsite.config.settings import Settings
from matrixsite.editorial.grouping import groups_of_accounts
from matrixsite.measures.ledger import Ledger, Tally
from matrixsite.measures.period import Period
from matrixsite.measures.vocabulary import MEASURES, Over

Amount = int | float


@dataclass(frozen=True, slots=True)
class Total:
    """One measure of many accounts.

    `both` is what those alone came to, now and the year before, that supplied it then, too: a new account is no growth.
    None where there is nobody to compare.
    """

    amount: Amount
    accounts: int  # that supplied it
    both: tuple[Amount, Amount] | None = None

    @property
    def change(self) -> float | None:
        """A share: 0.1 is a tenth more; None where there is nothing to compare."""
        return self.both[0] / self.both[1] - 1 if self.both and self.both[1] else None


@dataclass(frozen=True, slots=True)
class Tallies:
    """What accounts came to in a period and in that of the year before."""

    now: Mapping[str, Tally]
    before: Mapping[str, Tally]


def tallies(ledger: Ledger, period: Period) -> Tallies:
    """Those of all accounts that have a row."""
    year_before = period.year_before()
    now = {name: found for name in ledger.rows if (found := ledger.tally(name, period))}
    return Tallies(now, {name: found for name in now if (found := ledger.tally(name, year_before))})


def totals(found: Tallies, accounts: Iterable[str]) -> Mapping[str, Total]:
    """By measure, what these accounts came to; of measures that none supplied nothing is said.

    What is a maximum of an account (the most read piece) is the maximum of them all.
    """
    now = [tally for name in accounts if (tally := found.now.get(name))]
    return {name: total for name in MEASURES if (total := _total(name, now, found.before))}


def _total(name: str, now: Sequence[Tally], before: Mapping[str, Tally]) -> Total | None:
    numbers = {one.account: one.figures[name] for one in now if name in one.figures}
    if not numbers or not MEASURES[name].whole:
        return None
    both = [account for account in numbers if account in before and name in before[account].figures]
    compared = (
        _joined(name, [numbers[account] for account in both]),
        _joined(name, [before[account].figures[name] for account in both]),
    )
    return Total(_joined(name, list(numbers.values())), len(numbers), compared if both else None)


def _joined(name: str, numbers: Sequence[Amount]) -> Amount:
    if MEASURES[name].over is Over.MAXIMUM:
        return max(numbers, default=0)
    return sum(numbers)


@dataclass(frozen=True, slots=True)
class Division:
    """Accounts that are summed together; `id` is empty for all of them."""

    id: str
    name: str
    accounts: tuple[str, ...]


def by_platform(settings: Settings) -> list[Division]:
    """In the order in which the settings first name them."""
    names = dict.fromkeys(account.platform for account in settings.accounts)
    return [
        Division(name, name, tuple(one.id for one in settings.accounts if one.platform == name))
        for name in names
    ]


def by_group(settings: Settings) -> list[Division]:
    """In the order of the settings; a group holds the accounts of those that lie in it."""
    within: dict[str, list[str]] = {group.id: [] for group in settings.groups}
    for account, groups in groups_of_accounts(settings).items():
        for group in groups:
            if group in within:
                within[group].append(account)
    return [Division(group.id, group.name, tuple(within[group.id])) for group in settings.groups]


def everybody(settings: Settings) -> Division:
    """All accounts."""
    return Division("", "", tuple(account.id for account in settings.accounts))
