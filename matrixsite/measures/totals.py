"""Sums of measures over accounts, by platform or group, with the year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matrixsite.measures.ledger import Ledger, Tally
from matrixsite.measures.period import Period
from matrixsite.measures.vocabulary import MEASURES, Over


@dataclass(frozen=True, slots=True)
class Total:
    """One measure of many accounts. `change` compares those alone that supplied it in both years."""

    amount: int | float
    accounts: int  # that supplied it
    change: float | None = None  # a share: 0.1 is a tenth more; None where there is nothing to compare


def totals(ledger: Ledger, period: Period, accounts: Iterable[str]) -> Mapping[str, Total]:
    """By measure, what these accounts came to; of measures that none supplied nothing is said.

    What is a maximum of an account (the most read piece) is the maximum of them all.
    """
    now = [found for name in accounts if (found := ledger.tally(name, period))]
    before = {
        found.account: found for one in now if (found := ledger.tally(one.account, period.year_before()))
    }
    return {name: total for name in MEASURES if (total := _total(name, now, before))}


def _total(name: str, now: list[Tally], before: Mapping[str, Tally]) -> Total | None:
    numbers = {one.account: one.figures[name] for one in now if name in one.figures}
    if not numbers or not MEASURES[name].whole:
        return None
    both = [account for account in numbers if account in before and name in before[account].figures]
    was = _joined(name, [before[account].figures[name] for account in both])
    became = _joined(name, [numbers[account] for account in both])
    change = became / was - 1 if was else None
    return Total(_joined(name, list(numbers.values())), len(numbers), change)


def _joined(name: str, numbers: list[int | float]) -> int | float:
    if MEASURES[name].over is Over.MAXIMUM:
        return max(numbers, default=0)
    return sum(numbers)
