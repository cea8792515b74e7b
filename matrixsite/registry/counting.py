"""How many accounts there are of what: by platform, class and group. Values in, values out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from matrixsite.registry.roster import RosterLine


@dataclass(frozen=True, slots=True)
class Total:
    """How many accounts bear a value, and of them how many each platform, or whatever else they were divided by."""

    of: str
    accounts: int
    parts: Mapping[str, int]


def counts(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Each value with how often it is there, most first; of equals, in the order of their names."""
    return tuple(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def totals(
    accounts: Iterable[RosterLine],
    by: Callable[[RosterLine], Iterable[str]],
    parts: Callable[[RosterLine], str],
) -> tuple[Total, ...]:
    """A total for each value that `by` gives of an account (none, one or several groups), most accounts first."""
    found: dict[str, Counter[str]] = {}
    for account in accounts:
        for value in by(account):
            found.setdefault(value, Counter())[parts(account)] += 1
    sums = {value: sum(divided.values()) for value, divided in found.items()}
    return tuple(
        Total(value, sums[value], found[value]) for value in sorted(sums, key=lambda one: (-sums[one], one))
    )
