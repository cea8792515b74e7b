"""All measures of a matrix, and what they come to: of an account in a period, of many by platform and group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from matrixsite.config.settings import Settings
from matrixsite.errors import Problem, SettingsError
from matrixsite.measures.period import Period
from matrixsite.measures.sheet import SUFFIXES, sheet_rows
from matrixsite.measures.table import Accounts, Figures, Measured, read_table
from matrixsite.measures.vocabulary import MEASURES, Over


@dataclass(frozen=True, slots=True)
class Tally:
    """What an account came to in a period. `days` are those that rows speak of, at most all of the period."""

    account: str
    figures: Figures
    days: int


@dataclass(frozen=True)
class Ledger:
    """The rows by account and period."""

    rows: Mapping[str, Mapping[Period, Measured]] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(map(len, self.rows.values()))

    def periods(self) -> tuple[Period, ...]:
        """Those that rows are of, newest first, the longer of two that begin together first."""
        found = {period for rows in self.rows.values() for period in rows}
        return tuple(sorted(found, reverse=True))

    def tally(self, account: str, period: Period) -> Tally | None:
        """What the account came to: its row of that period, else what its rows within the period make together.

        A measure that one of several parts does not supply is not supplied for the whole. None: no row.
        """
        rows = self.rows.get(account, {})
        if row := rows.get(period):
            return Tally(account, row.figures, period.days)
        within = [row for row in rows.values() if period.holds(row.period)]
        parts = _apart(within)
        if not parts:
            return None
        if len(parts) == 1:
            return Tally(account, parts[0].figures, parts[0].period.days)
        named = set.intersection(*(set(row.figures) for row in parts))
        figures = {
            name: _together(name, [row.figures[name] for row in parts]) for name in MEASURES if name in named
        }
        return Tally(account, figures, sum(row.period.days for row in parts))


def _apart(rows: Sequence[Measured]) -> list[Measured]:
    """Rows whose periods share no day, in order of time: the longest first chosen."""
    if len(rows) < 2:
        return list(rows)
    chosen: list[Measured] = []
    for row in sorted(rows, key=lambda row: (-row.period.days, row.period)):
        if all(row.period.end < one.period.start or one.period.end < row.period.start for one in chosen):
            chosen.append(row)
    return sorted(chosen, key=lambda row: row.period)


def _together(name: str, numbers: Sequence[int | float]) -> int | float:
    match MEASURES[name].over:
        case Over.SUM:
            return sum(numbers)
        case Over.MAXIMUM:
            return max(numbers)
    return numbers[-1]


def ledger_of(measured: Iterable[Measured]) -> tuple[Ledger, list[Problem]]:
    """The rows of all tables; an account that has a period in two of them is a problem."""
    by_account: defaultdict[str, dict[Period, Measured]] = defaultdict(dict)
    problems = []
    for row in measured:
        before = by_account[row.account].setdefault(row.period, row)
        if before is not row:
            reason = f"{row.account} has {row.period.text} already, in {before.file}:{before.line}"
            problems.append(Problem(row.file, row.line, "account", reason, "Remove one of the two rows."))
    return Ledger(dict(sorted(by_account.items()))), problems


def load_measures(folder: Path, settings: Settings) -> Ledger:
    """The tables in `folder` (content/measures); none at all is an empty ledger.

    Raises SettingsError with the problems of all files.
    """
    accounts, measured = Accounts(settings), list[Measured]()
    problems: list[Problem] = []
    for path in sorted(folder.glob("[!.~]*")):
        file = (path.relative_to(settings.root) if path.is_relative_to(settings.root) else path).as_posix()
        if path.suffix.lower() not in SUFFIXES:
            mend = "Save it as CSV or xlsx, or take it away."
            problems.append(Problem(file, 0, "", "measures are CSV or xlsx files", mend))
            continue
        rows, found = sheet_rows(path, file)
        problems += found
        if rows and not found:
            read, found = read_table(rows, file, accounts)
            measured += read
            problems += found
    ledger, found = ledger_of(measured)
    problems += found
    if problems:
        raise SettingsError(problems)
    return ledger
