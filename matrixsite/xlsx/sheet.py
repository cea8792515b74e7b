"""A sheet read in one pass of expat: a row is all that is held besides what was read."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn
from xml.parsers import expat

from matrixsite.xlsx.cells import Dates, FormulaCell, Value, dates_of, valued
from matrixsite.xlsx.package import Package, UnreadableWorkbook

MOST_COLUMNS = 100
MOST_UNPACKED = 250_000_000  # bytes of a part: 300,000 rows of a dozen cells take 170 million
MOST_TEXT = 100_000_000  # characters of all strings
MOST_CELL = 32_767  # of one cell: no spreadsheet holds more
MOST_MERGED = 10_000

Cell = Value | FormulaCell
Row = tuple[int, Sequence[Cell]]  # its line, from 1; its cells from the first column on

_MERGED = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that hold anything, and what was merged: (first line, first column, last line, last column), from 1."""

    rows: Sequence[Row]
    merged: Sequence[tuple[int, int, int, int]] = ()


def first_sheet(content: bytes, most_rows: int) -> Sheet:
    """The first visible sheet of a workbook.

    Raises UnreadableWorkbook for bytes that are none, and for one that has more than `most_rows` rows or MOST_COLUMNS
    columns with anything in them, or unpacks beyond all measure.
    """
    package = Package(content)
    sheet, strings, styles, early = package.parts()
    texts = _Strings().read(package, strings) if strings else []
    dates = dates_of(package.tree(styles)) if styles else {}
    reader = _Reader(texts, dates, early, most_rows)
    reader.parse(package, sheet)
    return Sheet(reader.rows, reader.merged)


class _LocalNames(dict[str, str]):
    """x:row, row → row: some programs write the prefix."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(":")[2]
        if len(self) > 1000:
            raise UnreadableWorkbook
        return local


class _Part(ABC):
    """A pass over one part."""

    def __init__(self) -> None:
        self.names = _LocalNames()
        self.text: list[str] = []  # since a start or end of an element last cleared it

    def parse(self, package: Package, part: str) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text.append  # a function of C: no frame a cell
        parser.StartDoctypeDeclHandler = _refuse  # entities, the billion of laughs
        try:
            for piece in package.chunks(part, MOST_UNPACKED):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, OverflowError) as error:
            raise UnreadableWorkbook from error

    @abstractmethod
    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    @abstractmethod
    def end(self, name: str) -> None:
        """It ends."""


def _refuse(*_: object) -> NoReturn:
    raise UnreadableWorkbook


class _Strings(_Part):
    """The strings that cells share; how Chinese is pronounced (`rPh`) is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._spoken, self._length = 0, 0

    def read(self, package: Package, part: str) -> list[str]:
        self.parse(package, part)
        return self.found

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = self.names[name]
        if name == "rPh":
            self._spoken += 1
        elif name == "t":
            self.text.clear()

    def end(self, name: str) -> None:
        name = self.names[name]
        if name == "t":
            if not self._spoken:
                self._pieces.extend(self.text)
        elif name == "rPh":
            self._spoken -= 1
        elif name == "si":
            text = "".join(self._pieces)[:MOST_CELL]
            self._pieces.clear()
            self._length += len(text)
            if self._length > MOST_TEXT or len(self.found) > MOST_TEXT // 20:
                raise UnreadableWorkbook("it holds more text than any table", "Save it as CSV.")
            self.found.append(text)


class _Reader(_Part):
    def __init__(self, strings: list[str], dates: Dates, early: bool, most_rows: int) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self._strings, self._dates, self._early, self._most = strings, dates, early, most_rows
        self._columns: dict[str, int] = {}
        self._line = 0
        self._cells: list[Cell] = []
        self._at, self._kind, self._style = 0, "", ""
        self._formula: str | None = None
        self._value = ""
        self._spoken = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = self.names[name]
        if name == "c":
            letters = attributes.get("r", "").rstrip("0123456789")
            self._at = self._columns.get(letters) or self._column(letters)
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._value = ""
        elif name == "v" or name == "t" or name == "f":
            self.text.clear()
        elif name == "row":
            line = attributes.get("r", "")
            self._line = int(line) if line.isdecimal() and len(line) < 9 else self._line + 1
            self._cells, self._at = [], 0
        elif name == "rPh":
            self._spoken += 1
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        name = self.names[name]
        if name == "v":
            self._value = "".join(self.text)
        elif name == "c":
            if self._value or self._formula is not None:
                self._close(self._value, self._formula)
        elif name == "row":
            if self._cells:
                if len(self.rows) >= self._most:
                    raise UnreadableWorkbook(f"it has more than {self._most} rows", "Divide it.")
                self.rows.append((self._line, self._cells))
        elif name == "f":
            self._formula = "".join(self.text)[:MOST_CELL]
        elif name == "t":
            if not self._spoken:
                self._value += "".join(self.text)
        elif name == "rPh":
            self._spoken -= 1

    def _close(self, text: str, formula: str | None) -> None:
        """A cell that holds something is complete."""
        value: Cell
        if self._kind == "n" and self._style not in self._dates and len(text) < 16 and text.isdecimal():
            value = int(text)  # nearly all cells
        else:
            dates = self._dates
            value = valued(self._kind, text[:MOST_CELL], self._style, self._strings, dates, early=self._early)
        if formula is not None:
            value, self._formula = FormulaCell(formula, value), None
        if value is None or value == "":
            return
        cells, at = self._cells, self._at
        if at - 1 != len(cells):
            self._leave_out(at)
        elif at > MOST_COLUMNS:
            raise self._too_wide()
        cells.append(value)

    def _leave_out(self, at: int) -> None:
        """Cells that the row doesn't have before its cell in this column."""
        if at > MOST_COLUMNS:
            raise self._too_wide()
        if at <= len(self._cells):
            raise UnreadableWorkbook  # a column that comes twice, or again
        self._cells.extend([None] * (at - len(self._cells) - 1))

    def _too_wide(self) -> UnreadableWorkbook:
        return UnreadableWorkbook(f"line {self._line} has more than {MOST_COLUMNS} columns", "Divide it.")

    def _column(self, letters: str) -> int:
        """1 for A, 28 for AB; the next where a cell doesn't say."""
        if not letters:
            return self._at + 1
        return self._columns.setdefault(letters, _column_number(letters))

    def _merge(self, reference: str) -> None:
        if (found := _MERGED.fullmatch(reference)) and len(self.merged) < MOST_MERGED:
            left, top, right, bottom = found.groups()
            self.merged.append((int(top), _column_number(left), int(bottom), _column_number(right)))


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z" or number > 99_999:
            raise UnreadableWorkbook
        number = number * 26 + ord(letter) - 64
    return number
