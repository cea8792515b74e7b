"""Scores: an index computed for accounts from what they came to, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from matrixsite.indices.arithmetic import NoValue
from matrixsite.indices.formula import Formula
from matrixsite.measures.ledger import Tally
from matrixsite.measures.period import Period
from matrixsite.measures.vocabulary import DAYS


class Unscored(StrEnum):
    """Why an account has no score."""

    NOTHING = "nothing"  # there is no row of it
    NEEDS = "needs"  # a measure that the index needs is not supplied
    MINIMUM = "minimum"  # it is below what the index asks for
    NO_VALUE = "no value"  # the formula has no finite value


@dataclass(frozen=True, slots=True)
class NoScore:
    """An account without a score: why, and the measures that it lacks or by which it is below the minimum."""

    why: Unscored
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """What an account scored. `printed` is what counts: it ranks, and equal texts are a tie."""

    account: str
    printed: str
    inputs: Mapping[str, float]  # as they went into the formula, without what was missing
    missing: tuple[str, ...]  # not supplied, and counted as the formula says; `days` where they are of a part

    @property
    def value(self) -> float:
        """The printed score as a number."""
        return float(self.printed)


def score(formula: Formula, account: str, tally: Tally | None, period: Period) -> Score | NoScore:
    """The account's score in an index for what it came to in a period."""
    if tally is None:
        return NoScore(Unscored.NOTHING)
    inputs = {name: tally.figures[name] for name in formula.variables if name in tally.figures}
    figures = tally.figures
    if below := tuple(name for name, least in formula.minimum.items() if figures.get(name, least) < least):
        return NoScore(Unscored.MINIMUM, below)
    missing = tuple(name for name in formula.variables if name not in inputs)
    needed = (*filter(formula.needs.__contains__, missing), *(formula.minimum.keys() - figures.keys()))
    if needed or not inputs:
        return NoScore(Unscored.NEEDS, tuple(dict.fromkeys(needed)))
    days = formula.days_of(period, tally.days)
    try:
        value = formula.value({**inputs, **dict.fromkeys(missing, 0.0)}, days)
    except NoValue:
        return NoScore(Unscored.NO_VALUE)
    if formula.by_day:
        inputs[DAYS] = days
    if tally.days != period.days:
        missing = (*missing, DAYS)
    return Score(account, formula.printed(value), inputs, missing)
