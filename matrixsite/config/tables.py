"""Accounts from a CSV file as spreadsheets save it: a header of account keys, then an account a row."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

from matrixsite.config.settings import Account, Feed
from matrixsite.config.shorthand import feed, iso_date, items_in
from matrixsite.config.source import UNPRINTABLE, FieldPath, Source
from matrixsite.config.validation import key_of
from matrixsite.config.wording import shown, suggestion
from matrixsite.errors import Problem
from matrixsite.spreadsheet import as_written


def _columns() -> dict[str, Any]:
    """The columns allowed, with the type of their cells."""
    hints = {key_of(name): hint for name, hint in get_type_hints(Account).items()}
    return hints | {"group": hints["groups"], "feed": hints["feeds"]}


def parse_csv(content: bytes, file: str) -> tuple[Source | None, list[Problem]]:
    """The accounts of a CSV file as a source with the tree {accounts: […]}, and all problems of its form.

    UTF-8 with or without a byte order mark, else GB18030 (what Excel writes in China). Several groups, feeds,
    aliases… stand in one cell, separated by `;`; how items are written `shorthand` says. Empty cells and rows count as
    not there. What `export members` writes is read as the accounts that it was written of.
    """
    text = decoded(content)
    if text is None:
        mend = "Save it as CSV UTF-8."
        return None, [Problem(file, 0, "", "the text is neither UTF-8 nor GB18030", mend)]
    if control := UNPRINTABLE.search(text):
        line = text.count("\n", 0, control.start()) + 1
        return None, [Problem(file, line, "", "the text holds a control character", "Remove it.")]
    rows, problems = table_rows(text, file)
    if not rows:
        mend = "Start it with a line that names the columns, such as id,name,platform,feed."
        return None, problems or [Problem(file, 0, "", "the file is empty", mend)]
    (line, header), *body = rows
    names, header_problems = _header([cell.strip() for cell in header], file, line)
    columns = _columns()
    accounts = [
        {name: _cell(cells, index, columns[name]) for name, index in names.items()} for _, cells in body
    ]
    present = [{name: value for name, value in row.items() if value is not None} for row in accounts]
    lines = [number for number, _ in body]

    def locate(path: FieldPath) -> int:
        return lines[int(path[1])] if len(path) > 1 else line

    source = Source(file, {"accounts": present}, locate)
    strays = (_stray(source, index, cells, header) for index, (_, cells) in enumerate(body))
    return source, [*problems, *header_problems, *filter(None, strays)]


def decoded(content: bytes) -> str | None:
    """The text of a table: UTF-8, else GB18030; None where it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def table_rows(text: str, file: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """The rows that hold anything, each with the line it starts in."""
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        mend = "Check the quotes of this row; a cell with a comma or a quote is quoted, its quotes doubled."
        return rows, [Problem(file, line, "", f"not valid CSV: {error}", mend)]
    return rows, []


def _header(header: list[str], file: str, line: int) -> tuple[dict[str, int], list[Problem]]:
    """The index of each known column, and what is wrong with the others."""
    names: dict[str, int] = {}
    problems = []
    for index, name in enumerate(header):
        if name in names:
            problems.append(Problem(file, line, name, "the column stands twice", "Remove one of the two."))
        elif name and name not in _columns():
            problems.append(Problem(file, line, name, "unknown column", suggestion(name, _columns())))
        elif name:
            names[name] = index
    return names, problems


def _cell(cells: list[str], index: int, hint: Any) -> Any:
    text = as_written(cells[index].strip()) if index < len(cells) else ""
    if not text:
        return None
    if get_origin(hint) is tuple:
        items = items_in(text)
        return [feed(item) for item in items] if get_args(hint)[0] is Feed else items
    return iso_date(text) if date in get_args(hint) else text


def _stray(source: Source, index: int, cells: list[str], header: list[str]) -> Problem | None:
    for column, cell in enumerate(cells):
        if cell.strip() and (column >= len(header) or not header[column].strip()):
            reason = f"{shown(cell.strip())} stands in column {column + 1}, which has no name"
            return source.problem(
                ("accounts", index), reason, "Name the column, or quote a cell with a comma."
            )
    return None
