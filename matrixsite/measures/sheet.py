"""The rows of a table of measures as they are written, from CSV or xlsx; nothing of them is understood yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from matrixsite.config.source import UNPRINTABLE, read_bytes
from matrixsite.config.tables import decoded, table_rows
from matrixsite.errors import Problem

SUFFIXES = (".csv", ".xlsx")
MOST_BYTES = 100_000_000
MOST_ROWS = 300_000
MOST_CELLS = 100  # of a row

Row = tuple[int, Sequence[object]]  # line, cells


def sheet_rows(path: Path, file: str) -> tuple[list[Row], list[Problem]]:
    """The rows that hold anything, with their lines, and what is wrong with the file, which problems call `file`."""
    content, problems = read_bytes(path, file)
    if problems:
        return [], problems
    if len(content) > MOST_BYTES:
        return [], [Problem(file, 0, "", "the file is too large", "Divide it by year.")]
    rows, problems = _xlsx(path, file) if path.suffix.lower() == ".xlsx" else _csv(content, file)
    if len(rows) > MOST_ROWS:
        return [], [Problem(file, 0, "", f"it has more than {MOST_ROWS} rows", "Divide it by year.")]
    if not rows and not problems:
        mend = "Start it with a line that names the columns, such as account,period,reads."
        problems = [Problem(file, 0, "", "the file is empty", mend)]
    return rows, problems


def _csv(content: bytes, file: str) -> tuple[list[Row], list[Problem]]:
    text = decoded(content)
    if text is None:
        return [], [Problem(file, 0, "", "the text is neither UTF-8 nor GB18030", "Save it as CSV UTF-8.")]
    if control := UNPRINTABLE.search(text):
        line = text.count("\n", 0, control.start()) + 1
        return [], [Problem(file, line, "", "the text holds a control character", "Remove it.")]
    rows, problems = table_rows(text, file)
    return [*rows], problems


def _xlsx(path: Path, file: str) -> tuple[list[Row], list[Problem]]:
    """The first sheet; a formula stands as it is written, and is refused where a number is wanted."""
    try:
        from openpyxl import load_workbook
    except ModuleNotFoundError:
        mend = "Install it with `pip install matrixsite[excel]`, or save the table as CSV."
        return [], [Problem(file, 0, "", "xlsx files need openpyxl", mend)]
    try:
        book = load_workbook(path, read_only=True)
        try:
            return list(_cells(book.worksheets[0])), []
        finally:
            book.close()
    except Exception:  # a damaged workbook raises whatever its parts do
        mend = "Open it, and save it again as xlsx or CSV."
        return [], [Problem(file, 0, "", "it is no workbook", mend)]


def _cells(sheet: object) -> Iterator[Row]:
    for line, row in enumerate(sheet.iter_rows(max_col=MOST_CELLS), 1):  # type: ignore[attr-defined]
        if line > MOST_ROWS + 1:
            return
        cells = [_plain(cell) for cell in row]
        if any(cell not in (None, "") for cell in cells):
            yield line, cells


def _plain(cell: object) -> object:
    """The value; of a date its text, by which months that were typed as 2026-10 are told from days."""
    value = cell.value  # type: ignore[attr-defined]
    if isinstance(value, datetime):
        by_day = "d" in str(cell.number_format).lower()  # type: ignore[attr-defined]
        return f"{value:%Y-%m-%d}" if by_day else f"{value:%Y-%m}"
    return value
