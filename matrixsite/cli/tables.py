"""Rows on standard output: a table for people, CSV for spreadsheets."""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from typing import Any


def csv_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Rows for spreadsheets, none of whose cells one runs."""
    from matrixsite.spreadsheet import inert

    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: inert(value) for key, value in row.items()} for row in rows)


def print_table(rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> None:
    """Colours only repeat what a word says."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns)
    styles = {"green": "green", "amber": "yellow", "red": "bold red"}
    for row in rows:
        cells = (
            Text(row[name], styles.get(row[name], "")) if name == "fresh" else escape(row[name])
            for name in columns
        )
        table.add_row(*cells)
    Console().print(table)
