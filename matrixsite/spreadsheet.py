"""Tables for spreadsheets: CSV that Excel reads as UTF-8, workbooks, and of neither is a cell run."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence

BOM = "\ufeff"  # else Excel takes the file for one in the system's own charset
_RUN = re.compile(
    "'*[=+\\-@\t\r＝＋－＠]"
)  # what formulas begin with, in both widths; or what `inert` made of them


def inert(value: object) -> object:
    """A cell that no spreadsheet runs as a formula (OWASP, CSV injection); `as_written` leads back, whatever it was."""
    return f"'{value}" if isinstance(value, str) and _RUN.match(value) else value


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as RFC 4180 has them, after a byte order mark."""
    written = io.StringIO()
    csv.writer(written).writerows([inert(cell) for cell in row] for row in rows)
    return BOM + written.getvalue()


def as_written(cell: str) -> str:
    """A cell of our own tables as it was before `inert`."""
    return cell[1:] if cell.startswith("'") and _RUN.match(cell) else cell


Table = Sequence[Sequence[object]]  # rows of cells; the first has the names of the columns


def workbook(sheets: Mapping[str, Table]) -> bytes:
    """An Excel workbook of tables by the names of their sheets; the same tables give the same bytes.

    Raises ModuleNotFoundError without the extra `excel`.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(_NOT_IN_NAMES.sub(" ", name)[:_MOST_NAME])
        sheet.freeze_panes = "A2"
        for number, width in enumerate(_widths(rows), 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        for number, row in enumerate(rows):
            cells = map(_cell, row)
            sheet.append(list(cells) if number else [_heading(sheet, cell) for cell in cells])
    written = io.BytesIO()
    book.save(written)
    return _undated(written.getvalue())


_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]]")
_NOT_IN_CELLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LOOKED_AT = 200  # rows by which columns get their width
_MOST_NAME = 31  # characters that Excel has for the name of a sheet
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows
_SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def _heading(sheet: object, name: object) -> object:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, name)
    cell.font = Font(bold=True)
    return cell


def _cell(value: object) -> object:
    """What a workbook can hold; a lone surrogate, which has no bytes, becomes the sign for a lost character."""
    if not isinstance(value, str):
        return value
    return (
        _NOT_IN_CELLS.sub("", str(inert(value))).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )


def _widths(rows: Table) -> Iterable[int]:
    """Of each column, by its longest cell; a Chinese character is two wide."""
    for column in zip(*rows[:_LOOKED_AT], strict=False):
        longest = max(sum(1 + (letter > "\u2e7f") for letter in str(cell)) for cell in column)
        yield min(60, longest + 2)


def _undated(book: bytes) -> bytes:
    """The workbook without the time of its making."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = _SAVED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(part.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return made.getvalue()
