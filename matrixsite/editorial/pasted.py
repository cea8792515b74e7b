"""Tables as editors have them: cells pasted from Excel, a CSV file, an xlsx file, or a list with a name a line.

What comes out is rows of clean texts. Of full-width blanks, numbers before names (1. 一、 ① （二）), a byte order mark
and blank rows nothing is left; two characters of a name that were spread by a blank (李　明) stand together again.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from matrixsite.errors import Problem, SettingsError
from matrixsite.xlsx import FormulaCell, UnreadableWorkbook, first_sheet

_HAN = "[\u3400-\u9fff\uf900-\ufaff]"
_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_BETWEEN_HAN = re.compile(f"(?<={_HAN}) (?={_HAN})")
_NUMBER = re.compile(
    r"""^(?:
        [(（](?:\d{1,3}|[一二三四五六七八九十百]{1,4})[)）]     # （一）
        | (?:\d{1,3}|[一二三四五六七八九十百]{1,4})[.．、)）:：](?!\d)  # 1. 一、 but not 1.5
        | [\u2460-\u2473\u3251-\u325f]                          # ①
    )\s*""",
    re.VERBOSE,
)
_ORDINAL = re.compile(r"(?:第?\d{1,4}[.．、]?|[一二三四五六七八九十百]{1,4}[.．、]?)$")
_ENUMERATION = re.compile(r"[、，,;；](?![^《]*》)")  # not inside a title

MOST_ROWS = 10_000
MOST_CELLS = 100  # of a row


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table that holds anything. Cells are clean; a cell that isn't there is empty."""

    number: int  # from 1, as in the file
    cells: tuple[str, ...]


def lines_of_text(text: str, *, by_comma: bool = False) -> list[Line]:
    """The rows of a pasted table: cells by tab where there is one, else by comma where all rows then have as many, or
    where the text is known to be CSV; else a cell a line. A single line is an enumeration: 甲、乙、丙.
    """
    text = text.removeprefix("\ufeff")
    if "\t" in text:
        return list(_lines(_csv(text, "\t")))
    lines = text.splitlines()
    by_commas = list(_csv(text, ","))
    widths = {len(row) for row in by_commas if any(map(clean_cell, row))}
    several = len(list(filter(clean_cell, lines))) > 1
    if by_comma or (several and len(widths) == 1 and widths != {1}):
        return list(_lines(by_commas))
    if not several:
        return list(_lines([name] for name in _ENUMERATION.split(text)))
    return list(_lines([line] for line in lines))


def _csv(text: str, delimiter: str) -> Iterator[list[str]]:
    """Rows of cells; where a quote is left open, all quotes are words, or one would swallow the rest of the table."""
    lines = io.StringIO(text, newline="")
    if text.count('"') % 2:
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines, delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as error:
        mend = "Copy the cells again, or save the table as CSV."
        raise SettingsError([Problem("", reader.line_num, "", f"it is no table: {error}", mend)]) from error


def lines_of_file(path: Path) -> list[Line]:
    """The rows of a file: xlsx (its first sheet), or text in any of the charsets that Excel saves.

    Raises SettingsError where it is neither; OSError where it can't be read.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return list(_lines(_sheet(path)))
    from matrixsite.parse.charset import decode

    text = decode(path.read_bytes()).body.decode()
    return lines_of_text(text, by_comma=path.suffix.lower() == ".csv" and "\t" not in text)


def clean_cell(cell: object) -> str:
    """The text of a cell on one line; whole numbers without the .0 that spreadsheets give them."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = _BLANKS.sub(" ", "" if cell is None else str(cell)).strip()
    return _BETWEEN_HAN.sub("", text)


def without_number(text: str) -> str:
    """A name without the number that lists put before it."""
    return _NUMBER.sub("", text, count=1) or text


def is_number(text: str) -> bool:
    """Whether the cell only counts: 1, 一、, 第3."""
    return _ORDINAL.match(unicodedata.normalize("NFKC", text)) is not None


def _lines(rows: Iterable[Iterable[object]]) -> Iterator[Line]:
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            mend = "Import a part of it."
            raise SettingsError([Problem("", number, "", f"a table of more than {MOST_ROWS} rows", mend)])
        cells = tuple(clean_cell(cell) for cell, _ in zip(row, range(MOST_CELLS), strict=False))
        if any(cells):
            yield Line(number, cells)


def _sheet(path: Path) -> Iterator[Sequence[object]]:
    """The first sheet of a workbook; a cell that was merged downwards stands in each of its rows.

    Of a formula its result stands there: a person looks at what is pasted.
    """
    try:
        sheet = first_sheet(path.read_bytes(), MOST_ROWS + 1)
    except UnreadableWorkbook as error:
        raise SettingsError([Problem(path.name, 0, "", error.reason, error.mend)]) from error
    rows = {line: [_result(cell) for cell in cells] for line, cells in sheet.rows}
    for top, left, bottom, _ in sheet.merged:
        above = rows.get(top, [])
        for line in range(top + 1, min(bottom, max(rows)) + 1) if len(above) >= left else ():
            row = rows.setdefault(line, [])
            row.extend([None] * (left - len(row)))
            row[left - 1] = above[left - 1]
    width = max(map(len, rows.values()), default=0)
    for line in range(1, min(max(rows, default=0), MOST_ROWS + 1) + 1):
        row = rows.get(line, [])
        yield [*row, *[None] * (width - len(row))]


def _result(cell: object) -> object:
    return cell.result if isinstance(cell, FormulaCell) else cell
