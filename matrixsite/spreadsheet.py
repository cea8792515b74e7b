"""Tables for spreadsheets: CSV that Excel reads as UTF-8, and of which no cell is run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

BOM = "\ufeff"  # else Excel takes the file for one in the system's own charset
_RUN = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # what formulas begin with, in both widths


def inert(value: object) -> object:
    """A cell that no spreadsheet runs as a formula (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_RUN) else value


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as RFC 4180 has them, after a byte order mark."""
    written = io.StringIO()
    csv.writer(written).writerows([inert(cell) for cell in row] for row in rows)
    return BOM + written.getvalue()


def as_written(cell: str) -> str:
    """A cell of our own tables as it was before `inert`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RUN) else cell
