"""An index: its formula step by step, what it needs, and where it is from. One YAML file each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from annotated_types import Ge, Interval, MinLen

from matrixsite.config.source import FieldPath, Source
from matrixsite.config.validation import validate
from matrixsite.config.wording import shown, suggestion
from matrixsite.editorial.frontmatter import PAGE_ID
from matrixsite.errors import Problem
from matrixsite.indices.arithmetic import FUNCTIONS, NoValue
from matrixsite.indices.expression import Expression, Unreadable, parse_expression
from matrixsite.measures.period import Period, PeriodKind
from matrixsite.measures.vocabulary import COUNTED, DAYS, MEASURES

MOST_STEPS = 30


class StandIn(StrEnum):
    """What a measure that was not supplied counts as; a formula says it of each, for "not supplied" is not zero."""

    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class FormulaSource:
    """Who published the formula, where, and when that was read."""

    name: str
    url: str = ""
    read: date | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """Published numbers that the formula must reproduce, to the digit that is printed."""

    given: dict[str, float]
    gives: Annotated[str, MinLen(1)]
    days: Annotated[int, Ge(1)] = 30
    source: str = ""


@dataclass(frozen=True, slots=True)
class FormulaFile:
    """An index as it stands in indices/<name>.yaml."""

    id: Annotated[str, MinLen(1)]
    version: Annotated[str, MinLen(1)]
    title: Annotated[str, MinLen(1)]
    score: Annotated[str, MinLen(1)]
    source: FormulaSource
    steps: dict[str, str] = field(default_factory=dict)
    missing: dict[str, StandIn] = field(default_factory=dict)
    minimum: dict[str, float] = field(default_factory=dict)
    platforms: tuple[str, ...] = ()
    from_feeds: bool = False
    days: dict[PeriodKind, Annotated[int, Ge(1)]] = field(default_factory=dict)
    digits: Annotated[int, Interval(ge=0, le=6)] = 2
    note: str = ""
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Formula:
    """An index ready to be computed.

    All its variables must be supplied for there to be a score, but those of `missing`: they count as that says, and the
    score tells that they were missing. `minimum` is what must be reached to be ranked.
    """

    id: str
    version: str
    title: str
    source: FormulaSource
    steps: tuple[tuple[str, Expression], ...]
    score: Expression
    missing: Mapping[str, StandIn]
    minimum: Mapping[str, float]
    platforms: tuple[str, ...] = ()
    from_feeds: bool = False  # its variables are counted from entries, not measured
    days: Mapping[PeriodKind, int] = field(
        default_factory=dict
    )  # what periods count as, where not as they are
    digits: int = 2
    note: str = ""
    examples: tuple[Example, ...] = ()

    @property
    def key(self) -> str:
        """Its name with its version: wci@14.2."""
        return f"{self.id}@{self.version}"

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The measures that it looks at, in the order of the vocabulary; not `days`."""
        return tuple(name for name in dict.fromkeys((*MEASURES, *COUNTED)) if name in self._names)

    @cached_property
    def needs(self) -> frozenset[str]:
        """The variables without which there is no score."""
        return frozenset(self.variables) - self.missing.keys()

    @cached_property
    def by_day(self) -> bool:
        """Whether it looks at how many days the period has."""
        return DAYS in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        return self.score.names.union(*(step.names for _, step in self.steps))

    @property
    def lines(self) -> tuple[str, ...]:
        """The formula as pages print it."""
        return (*(f"{name} = {step.text}" for name, step in self.steps), f"score = {self.score.text}")

    def days_of(self, period: Period, days: int) -> int:
        """How many days a period counts as that measures of so many days are of."""
        return self.days.get(period.kind, days) if self.days and days == period.days else days

    def value(self, figures: Mapping[str, float], days: int) -> float:
        """The score for these numbers, unrounded; raises NoValue where there is none.

        Every variable must be given.
        """
        values = {**figures, DAYS: float(days)}
        for name, step in self.steps:
            values[name] = step.value(values)
        return self.score.value(values)

    def printed(self, value: float) -> str:
        """A score as it is printed and compared: with the index's digits, halves rounded up."""
        return rounded(value, self.digits)


def rounded(value: float, digits: int) -> str:
    """A number with that many digits after the point; the same in every process."""
    return str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))


def read_formula(source: Source) -> tuple[Formula | None, list[Problem]]:
    """The index of a file, or None, and all that is wrong with it."""
    written, problems = validate(FormulaFile, source.tree, source)
    if written is None:
        return None, problems
    reader = _Reader(source, written)
    formula = reader.formula()
    if formula and not reader.problems:
        reader.try_examples(formula)
    return (None if reader.problems else formula), reader.problems


class _Reader:
    def __init__(self, source: Source, written: FormulaFile) -> None:
        self.source, self.written = source, written
        self.problems: list[Problem] = []
        self.known: list[str] = [*(COUNTED if written.from_feeds else MEASURES), DAYS]

    def formula(self) -> Formula | None:
        written = self.written
        if not PAGE_ID.fullmatch(written.id):
            self._problem(("id",), f"{shown(written.id)} is no id", "Use a to z, digits and hyphens.")
        if "@" in written.version or any(map(str.isspace, written.version)):
            self._problem(("version",), f"{shown(written.version)} is no version", 'Write it as "14.2".')
        if len(written.steps) > MOST_STEPS:
            self._problem(("steps",), f"it has more than {MOST_STEPS} steps", "Join some of them.")
        self._check_names(("missing",), tuple(written.missing))
        self._check_names(("minimum",), tuple(written.minimum))
        steps = []
        for name, text in written.steps.items():
            self._check_step(name)
            if step := self._expression(text, ("steps", name)):
                steps.append((name, step))
            self.known.append(name)
        score = self._expression(written.score, ("score",))
        if score is None:
            return None
        used = score.names.union(*(step.names for _, step in steps))
        for name in sorted(written.missing.keys() & set(self.known) - used):
            self._problem(("missing", name), "the formula does not use it", "Remove it.")
        return Formula(
            id=written.id,
            version=written.version,
            title=written.title,
            source=written.source,
            steps=tuple(steps),
            score=score,
            missing=dict(written.missing),
            minimum=dict(written.minimum),
            platforms=written.platforms,
            from_feeds=written.from_feeds,
            days=dict(written.days),
            digits=written.digits,
            note=written.note,
            examples=written.examples,
        )

    def try_examples(self, formula: Formula) -> None:
        """Each published example must come out as printed."""
        for index, example in enumerate(formula.examples):
            path: FieldPath = ("examples", index)
            given = {name: example.given.get(name, 0.0) for name in formula.variables}
            if unknown := sorted(example.given.keys() - given.keys()):
                self._problem((*path, "given", unknown[0]), "the formula does not use it", "Remove it.")
                continue
            digits = len(example.gives.partition(".")[2])
            try:
                found = rounded(formula.value(given, example.days), digits)
            except NoValue as error:
                found = str(error)
            if found != example.gives:
                reason = f"the formula gives {found}, not {shown(example.gives)}"
                self._problem((*path, "gives"), reason, "Correct the formula or the example.")

    def _expression(self, text: str, path: FieldPath) -> Expression | None:
        try:
            expression = parse_expression(text)
        except Unreadable as error:
            self._problem(path, f"at character {error.place}: {error.reason}", error.mend)
            return None
        for name in sorted(expression.names - set(self.known)):
            self._problem(
                path, f"{shown(name)} is no measure and no step before", suggestion(name, self.known)
            )
        return expression

    def _check_step(self, name: str) -> None:
        if name in self.known or name in FUNCTIONS:
            self._problem(("steps", name), f"{shown(name)} has a meaning already", "Choose another name.")
        elif not (name.isascii() and name.isidentifier()):
            self._problem(("steps", name), f"{shown(name)} is no name", "Use letters, digits and _.")

    def _check_names(self, path: FieldPath, names: Sequence[str]) -> None:
        for name in names:
            if name not in self.known:
                self._problem(path, f"{shown(name)} is no measure", suggestion(name, self.known))

    def _problem(self, path: FieldPath, reason: str, mend: str) -> None:
        self.problems.append(self.source.problem(path, reason, mend))
