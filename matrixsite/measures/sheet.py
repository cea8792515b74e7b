"""The rows of a table of measures as they are written, from CSV or xlsx; nothing of them is understood yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matrixsite.config.source import UNPRINTABLE, read_bytes
from matrixsite.config.tables import decoded, table_rows
from matrixsite.errors import Problem
from matrixsite.xlsx import UnreadableWorkbook, first_sheet

SUFFIXES = (".csv", ".xlsx")
MOST_BYTES = 100_000_000
MOST_ROWS = 300_000

Row = tuple[int, Sequence[object]]  # line, cells


def sheet_rows(path: Path, file: str) -> tuple[list[Row], list[Problem]]:
    """The rows that hold anything, with their lines, and what is wrong with the file, which problems call `file`."""
    content, problems = read_bytes(path, file)
    if problems:
        return [], problems
    if len(content) > MOST_BYTES:
        return [], [Problem(file, 0, "", "the file is too large", "Divide it by year.")]
    rows, problems = _xlsx(content, file) if path.suffix.lower() == ".xlsx" else _csv(content, file)
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


def _xlsx(content: bytes, file: str) -> tuple[list[Row], list[Problem]]:
    """The first sheet; a formula stands as it is written, and is refused where a number is wanted."""
    try:
        return [*first_sheet(content, MOST_ROWS + 1).rows], []
    except UnreadableWorkbook as error:
        return [], [Problem(file, 0, "", error.reason, error.mend)]
