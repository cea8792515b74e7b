"""`export`: the store for other programs."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from matrixsite.cli.app import DAY, FEEDS_YAML, Config, State, app

if TYPE_CHECKING:
    from matrixsite.matrix import Matrix


class What(StrEnum):
    """What there is to export."""

    ENTRIES = "entries"
    TASKS = "tasks"
    MEMBERS = "members"


class Format(StrEnum):
    """How it is written."""

    JSONL = "jsonl"
    OPML = "opml"
    CSV = "csv"
    XLSX = "xlsx"
    YAML = "yaml"


_FORMS = {
    What.ENTRIES: (Format.JSONL, Format.OPML),
    What.TASKS: (Format.JSONL, Format.CSV, Format.XLSX),
    What.MEMBERS: (Format.CSV, Format.XLSX, Format.OPML, Format.YAML),
}


@app.command(rich_help_panel="In and out")
def export(
    what: Annotated[What, typer.Argument(help="What to export.")] = What.ENTRIES,
    config: Config = FEEDS_YAML,
    state: State = None,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="jsonl: a line an entry, or for each who was asked (default); opml: the members; "
            "csv, xlsx, yaml: of members (default: csv), csv, xlsx of tasks.",
        ),
    ] = None,
    today: Annotated[
        datetime | None,
        typer.Option(help="The day that tasks are looked from (default: today).", formats=DAY),
    ] = None,
) -> None:
    """Write every entry, the list of members, or who carried what was asked, to standard output.

    A table of members holds all that the settings say of them, the addresses that are fetched too: what may be public
    is in the OPML.
    """
    from matrixsite.matrix import Matrix
    from matrixsite.registry.exporting import entry_line
    from matrixsite.registry.opml import members_opml

    form = form or _FORMS[what][0]
    if form not in _FORMS[what]:
        forms = ", ".join(_FORMS[what])
        raise typer.BadParameter(f"{what} can be had as {forms}, not as {form}", param_hint="--format")
    matrix = Matrix.load(config, state=state)
    if what is What.TASKS:
        sys.stdout.buffer.write(_tasks(matrix, form, today.date() if today else None))
        return
    if what is What.MEMBERS and form is not Format.OPML:
        sys.stdout.buffer.write(_members(matrix, form))
        return
    if form is Format.OPML:
        sys.stdout.buffer.write(members_opml(matrix.settings))
        return
    zone = matrix.zone
    for entry in matrix.entries(status=None, wide=False):
        line = json.dumps(entry_line(entry, zone), ensure_ascii=False) + "\n"
        sys.stdout.buffer.write(line.encode())


def _members(matrix: Matrix, form: Format) -> bytes:
    from matrixsite.office.board import excel_workbook
    from matrixsite.registry.importing import Imported, members_yaml
    from matrixsite.registry.member_rows import member_rows, member_table
    from matrixsite.spreadsheet import csv_text

    match form:
        case Format.XLSX:
            return excel_workbook({"members": member_table(matrix.settings)})
        case Format.CSV:
            return csv_text(member_table(matrix.settings)).encode()
    return members_yaml(
        Imported(member_rows(matrix.settings)), f"members of {matrix.settings.site.title}"
    ).encode()


def _tasks(matrix: Matrix, form: Format, today: date | None) -> bytes:
    from matrixsite.office.board import excel_workbook
    from matrixsite.office.task_pages import task_table
    from matrixsite.registry.task_reports import lines
    from matrixsite.spreadsheet import csv_text

    reports = matrix.tasks(today=today)
    match form:
        case Format.XLSX:
            return excel_workbook({"tasks": task_table(reports)})
        case Format.CSV:
            return csv_text(task_table(reports)).encode()
    told = (json.dumps(line, ensure_ascii=False) + "\n" for report in reports for line in lines(report))
    return "".join(told).encode()
