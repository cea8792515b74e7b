"""`export`: the store for other programs."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from matrixsite.cli.app import FEEDS_YAML, Config, State, app


class What(StrEnum):
    """What there is to export."""

    ENTRIES = "entries"


class Format(StrEnum):
    """How it is written."""

    JSONL = "jsonl"
    OPML = "opml"


@app.command(rich_help_panel="In and out")
def export(
    what: Annotated[What, typer.Argument(help="What to export.")] = What.ENTRIES,
    config: Config = FEEDS_YAML,
    state: State = None,
    form: Annotated[
        Format, typer.Option("--format", help="jsonl: a line an entry; opml: the members.")
    ] = Format.JSONL,
) -> None:
    """Write every entry, or the list of members, to standard output."""
    from matrixsite.matrix import Matrix
    from matrixsite.registry.exporting import entry_line
    from matrixsite.registry.opml import members_opml

    matrix = Matrix.load(config, state=state)
    if form is Format.OPML:
        sys.stdout.buffer.write(members_opml(matrix.settings))
        return
    zone = matrix.zone
    for entry in matrix.entries(status=None, wide=False):
        line = json.dumps(entry_line(entry, zone), ensure_ascii=False) + "\n"
        sys.stdout.buffer.write(line.encode())
