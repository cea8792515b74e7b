"""An edition of a board as it was published: content/boards/<id>/<period>.csv, read from there ever after.

Rows that begin with `#` come first: a key, then what it says. Then a row of headings, and an account a row. A
spreadsheet opens it, and none runs a cell of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matrixsite.config.source import UNPRINTABLE
from matrixsite.config.tables import decoded, table_rows
from matrixsite.config.wording import shown
from matrixsite.errors import Problem
from matrixsite.measures.period import Period, parse_period
from matrixsite.measures.vocabulary import TITLES
from matrixsite.spreadsheet import as_written, csv_text

MOST_ROWS = 100  # no list of the site is longer

_HEADINGS = ("rank", "account", "name", "score", "missing")
_SCORE = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place on a board. `account` is an id; empty for who is outside the matrix."""

    rank: int
    account: str
    name: str  # as it was called then
    score: str  # as printed; empty where an outside board tells none
    missing: tuple[str, ...] = ()  # measures that were not supplied
    inputs: tuple[tuple[str, str], ...] = ()  # measure, number


@dataclass(frozen=True, slots=True)
class BoardEdition:
    """What was published of a period."""

    period: Period
    published: date
    rows: tuple[Ranked, ...]
    index: str = ""  # wci@14.2; empty on boards of others
    index_title: str = ""
    formula: tuple[str, ...] = ()  # its lines
    source: str = ""  # of the formula, or who published the board
    url: str = ""
    note: str = ""
    scored: int = 0  # accounts that had a score, those below the last rank too
    unscored: int = 0  # accounts that the board speaks of and that had none


def edition_text(edition: BoardEdition) -> str:
    """The file of an edition."""
    said = (
        ("period", edition.period.text),
        ("published", edition.published.isoformat()),
        ("index", edition.index),
        ("title", edition.index_title),
        *(("formula", line) for line in edition.formula),
        ("source", edition.source),
        ("url", edition.url),
        ("note", edition.note),
        ("scored", str(edition.scored)),
        ("unscored", str(edition.unscored)),
    )
    inputs = tuple(dict.fromkeys(name for row in edition.rows for name, _ in row.inputs))
    return csv_text(
        (
            *((f"# {key}", value) for key, value in said if value),
            (*_HEADINGS, *inputs),
            *(_cells(row, inputs) for row in edition.rows),
        )
    )


def _cells(row: Ranked, inputs: Sequence[str]) -> tuple[str, ...]:
    numbers = dict(row.inputs)
    missing = ";".join(row.missing)
    return (
        str(row.rank),
        row.account,
        row.name,
        row.score,
        missing,
        *(numbers.get(name, "") for name in inputs),
    )


def read_edition(content: bytes, file: str, period: str) -> tuple[BoardEdition | None, list[Problem]]:
    """The edition of a file named for a period: the value or None, and what is wrong with it."""
    text = decoded(content)
    if text is None or UNPRINTABLE.search(text):
        return None, [Problem(file, 0, "", "the text is neither UTF-8 nor GB18030", "Save it as CSV UTF-8.")]
    rows, problems = table_rows(text, file)
    if problems:
        return None, problems
    reader = _Reader(file)
    edition = reader.edition(
        [(line, [as_written(cell.strip()) for cell in row]) for line, row in rows], period
    )
    return (None if reader.problems else edition), reader.problems


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def edition(self, rows: Sequence[tuple[int, list[str]]], period: str) -> BoardEdition | None:
        said = {cells[0].lstrip("# "): cells[1] for _, cells in rows if _tells(cells)}
        formula = tuple(cells[1] for _, cells in rows if _tells(cells) and cells[0].lstrip("# ") == "formula")
        table = [(line, cells) for line, cells in rows if not cells[0].startswith("#")]
        named = parse_period(period)
        if named is None or named.text != period:
            self._problem(
                0, "", f"{shown(period)} is no period", "Name the file as 2026-10.csv, 2026-Q3.csv, 2026.csv."
            )
        published = self._date(said.get("published", ""))
        ranked = tuple(self._rows(table))
        if named is None or published is None:
            return None
        return BoardEdition(
            period=named,
            published=published,
            rows=ranked,
            index=said.get("index", ""),
            index_title=said.get("title", ""),
            formula=formula,
            source=said.get("source", ""),
            url=self._address(said.get("url", "")),
            note=said.get("note", ""),
            scored=self._count(said, "scored"),
            unscored=self._count(said, "unscored"),
        )

    def _rows(self, table: Sequence[tuple[int, list[str]]]) -> Iterator[Ranked]:
        if not table or tuple(table[0][1][: len(_HEADINGS)]) != _HEADINGS:
            line = table[0][0] if table else 0
            self._problem(line, "", "the row of headings is missing", f"It begins {','.join(_HEADINGS)}.")
            return
        (line, header), *body = table
        names = header[len(_HEADINGS) :]
        for name in names:
            if name and name not in TITLES:
                self._problem(line, name, "unknown column", "Publish the edition again.")
        if len(body) > MOST_ROWS:
            self._problem(
                body[MOST_ROWS][0], "", f"it has more than {MOST_ROWS} rows", "Leave the others out."
            )
        for line, cells in body[:MOST_ROWS]:
            if row := self._row(line, [*cells, *[""] * len(header)], names):
                yield row

    def _row(self, line: int, cells: Sequence[str], names: Sequence[str]) -> Ranked | None:
        rank, account, name, score, missing, *inputs = cells
        if not (rank.isascii() and rank.isdecimal() and 0 < len(rank) < 7):
            self._problem(line, "rank", f"{shown(rank)} is no rank", "Write a whole number.")
            return None
        if score and not _SCORE.fullmatch(score):
            self._problem(line, "score", f"{shown(score)} is no score", "Write a number, or nothing.")
            return None
        if not name:
            self._problem(line, "name", "the row names nobody", "Write a name.")
            return None
        return Ranked(
            int(rank),
            account,
            name,
            score,
            tuple(filter(None, missing.split(";"))),
            tuple((title, number) for title, number in zip(names, inputs, strict=False) if title and number),
        )

    def _date(self, text: str) -> date | None:
        try:
            return date.fromisoformat(text.replace("/", "-"))
        except ValueError:
            mend = "Begin the file with a row `# published,2026-11-05`."
            self._problem(0, "published", f"{shown(text)} is no date", mend)
            return None

    def _count(self, said: Mapping[str, str], key: str) -> int:
        text = said.get(key, "0")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0

    def _address(self, url: str) -> str:
        if url and not url.startswith(("http://", "https://")):
            self._problem(0, "url", f"{shown(url)} is no web address", "Begin it with https://.")
        return url

    def _problem(self, line: int, field: str, reason: str, mend: str) -> None:
        self.problems.append(Problem(self.file, line, field, reason, mend))


def _tells(cells: Sequence[str]) -> bool:
    return cells[0].startswith("#") and len(cells) > 1


def newest_first(editions: Iterable[BoardEdition]) -> tuple[BoardEdition, ...]:
    """In the order of pages."""
    return tuple(sorted(editions, key=lambda edition: edition.period, reverse=True))
