"""`board`: what the office must know, as pages and tables of its own."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from matrixsite.cli.app import DAY, FEEDS_YAML, Config, State, app


@app.command(rich_help_panel="Looking")
def board(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="A folder of its own, never published.", metavar="DIR")
    ],
    config: Config = FEEDS_YAML,
    state: State = None,
    month: Annotated[
        str, typer.Option(help="The month of the bulletin (default: the last whole one).", metavar="YYYY-MM")
    ] = "",
    today: Annotated[
        datetime | None, typer.Option(help="The day that is looked from (default: today).", formats=DAY)
    ] = None,
    excel: Annotated[bool, typer.Option("--excel/--no-excel", help="Write Excel files, too.")] = True,
) -> None:
    """Write the office's board: freshness, odd feeds, the month's check, repost tasks."""
    from matrixsite.matrix import Matrix

    matrix = Matrix.load(config, state=state)
    day: date | None = today.date() if today else None
    written, removed = matrix.board(output, today=day, month=month, excel=excel)
    print(f"{written} files written, {removed} removed in {output}: open {output / 'index.html'}")
