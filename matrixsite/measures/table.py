"""A table of measures understood: whose each row is, of when, and what it says; all that is wrong at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matrixsite.config.names import name_key, platform_id
from matrixsite.config.settings import Settings
from matrixsite.config.wording import shown, suggestion
from matrixsite.errors import Problem
from matrixsite.measures.cells import Fault, number_of
from matrixsite.measures.period import Period, parse_period
from matrixsite.measures.sheet import Row
from matrixsite.measures.vocabulary import HEADINGS, MEASURES, WRITTEN_HEADINGS

MOST_PROBLEMS = 200  # told of one file

Figures = Mapping[str, int | float]  # measure → what it came to; what was not supplied is missing


@dataclass(frozen=True, slots=True)
class Measured:
    """A row: what one account came to in one period."""

    account: str
    period: Period
    figures: Figures
    file: str
    line: int


class Accounts:
    """Whom a cell of a table means: an account's id, else a name that it alone bears (on its platform)."""

    def __init__(self, settings: Settings) -> None:
        self._platforms = {account.id: account.platform for account in settings.accounts}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._written: set[str] = set(self._platforms)
        for account in settings.accounts:
            for name in {name_key(each) for each in (account.name, *account.other_names)}:
                self._by_name[name].append(account.id)
            self._written.add(account.name)
        self._known: dict[tuple[str, str], str | Fault] = {}

    def named(self, written: str, platform: str) -> str | Fault:
        """The account's id."""
        if written in self._platforms and not platform:
            return written
        key = (written, platform)
        if key not in self._known:
            self._known[key] = self._found(written, platform)
        return self._known[key]

    def _found(self, written: str, platform: str) -> str | Fault:
        if not written:
            return Fault("the row names no account", "Write the account's id.")
        ids = [written] if written in self._platforms else self._by_name.get(name_key(written), [])
        if platform:
            wanted = platform_id(platform)
            ids = [id_ for id_ in ids if self._platforms[id_] == wanted]
        if len(ids) == 1:
            return ids[0]
        if ids:
            return Fault(
                f"{len(ids)} accounts are called {shown(written)}", f"Write an id: {', '.join(ids)}."
            )
        where = f" on {shown(platform)}" if platform else ""
        return Fault(f"there is no account {shown(written)}{where}", suggestion(written, self._written))


def read_table(rows: Sequence[Row], file: str, accounts: Accounts) -> tuple[list[Measured], list[Problem]]:
    """The rows as values, and what is wrong with them; the first row names the columns."""
    (line, header), *body = rows
    reader = _Reader([str(cell or "").strip() for cell in header], file, line, accounts)
    if not reader.problems:
        for number, cells in body:
            reader.read(number, cells)
    problems = reader.problems
    if len(problems) > MOST_PROBLEMS:
        more = f"{len(problems) - MOST_PROBLEMS} more problems"
        problems = [*problems[:MOST_PROBLEMS], Problem(file, 0, "", more, "Mend these first.")]
    return reader.measured, problems


class _Reader:
    def __init__(self, header: Sequence[str], file: str, line: int, accounts: Accounts) -> None:
        self.file, self.accounts, self.header = file, accounts, header
        self.measured: list[Measured] = []
        self.problems: list[Problem] = []
        self._seen: dict[tuple[str, Period], int] = {}
        self._periods: dict[tuple[object, ...], Period | None] = {}
        self._columns: dict[str, int] = {}
        self._read_header(line)
        self._measures = [
            (name, at, MEASURES[name]) for name, at in self._columns.items() if name in MEASURES
        ]

    def _read_header(self, line: int) -> None:
        for at, heading in enumerate(self.header):
            name = HEADINGS.get(name_key(heading))
            if name is None and heading:
                mend = suggestion(heading, WRITTEN_HEADINGS)
                self.problems.append(Problem(self.file, line, heading, "unknown column", mend))
            elif name in self._columns:
                said = f"the column says the same as {shown(self.header[self._columns[name]])}"
                self.problems.append(Problem(self.file, line, heading, said, "Remove one of the two."))
            elif name:
                self._columns[name] = at
        dated = "period" in self._columns or {"from", "to"} <= self._columns.keys()
        wanted = {
            "account": "account" in self._columns,
            "period": dated,
            "reads": any(name in MEASURES for name in self._columns),
        }
        for name, there in wanted.items():
            if not there and not self.problems:
                mend = "Name the columns in the first line, such as account,period,reads."
                self.problems.append(Problem(self.file, line, name, "the column is missing", mend))

    def read(self, line: int, cells: Sequence[object]) -> None:
        """One row of the body."""
        before = len(self.problems)
        account = self.accounts.named(self._text(cells, "account"), self._text(cells, "platform"))
        if isinstance(account, Fault):
            self._fault(line, "account", account)
        period = self._period(line, cells)
        width, figures = len(cells), {}
        for name, at, measure in self._measures:
            number = number_of(cells[at], measure) if at < width else None
            if isinstance(number, Fault):
                self._fault(line, name, number)
            elif number is not None:
                figures[name] = number
        if width > len(self.header) and any(str(cell or "").strip() for cell in cells[len(self.header) :]):
            stray = Problem(
                self.file, line, "", "a cell stands beside the table", "Quote a cell with a comma."
            )
            self.problems.append(stray)
        if len(self.problems) > before or isinstance(account, Fault) or period is None:
            return
        if (account, period) in self._seen:
            reason = f"{account} has {period.text} already, in line {self._seen[account, period]}"
            self._fault(line, "account", Fault(reason, "Remove one of the two rows."))
            return
        self._seen[account, period] = line
        self.measured.append(Measured(account, period, figures, self.file, line))

    def _period(self, line: int, cells: Sequence[object]) -> Period | None:
        names = ("period",) if "period" in self._columns else ("from", "to")
        written = tuple(self._text(cells, name) for name in names)
        if written not in self._periods:
            self._periods[written] = _period_of(written)
        period = self._periods[written]
        if period is None:
            mend = (
                "Write 2026-10, 2026-Q3, 2026 or 2026-W45; other days in two columns, from and to."
                if len(names) == 1
                else "Write the first and the last day as 2026-10-01."
            )
            said = " to ".join(map(shown, written)) if any(written) else "nothing"
            self._fault(line, names[0], Fault(f"{said} is no period", mend))
        return period

    def _text(self, cells: Sequence[object], name: str) -> str:
        at = self._columns.get(name, -1)
        return str(cells[at]).strip() if 0 <= at < len(cells) and cells[at] is not None else ""

    def _fault(self, line: int, name: str, fault: Fault) -> None:
        field = self.header[self._columns[name]] if name in self._columns else name
        self.problems.append(Problem(self.file, line, field, fault.reason, fault.mend))


def _period_of(written: tuple[str, ...]) -> Period | None:
    if len(written) == 1:
        return parse_period(written[0])
    try:
        start, end = (date.fromisoformat(day.replace("/", "-")) for day in written)
    except ValueError:
        return None
    return Period(start, end) if start <= end else None
