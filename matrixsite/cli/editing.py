"""`candidates` and `import-honors`: commands that help editors with their files."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from typing import Annotated

import typer

from matrixsite.cli.app import FEEDS_YAML, Config, State, app

_DAY = ["%Y-%m-%d"]


@app.command(rich_help_panel="Editors")
def candidates(
    day: Annotated[
        datetime | None,
        typer.Argument(help="The day to be led (default: today).", formats=_DAY, metavar="[DATE]"),
    ] = None,
    config: Config = FEEDS_YAML,
    state: State = None,
    limit: Annotated[int, typer.Option(help="How many.", min=1, max=100)] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="A list, for programs.")] = False,
) -> None:
    """Stories that may lead a day, with what speaks for them; the pick is the editors'."""
    from matrixsite.matrix import Matrix
    from matrixsite.registry.headline_candidates import as_mapping

    matrix = Matrix.load(config, state=state)
    wanted: date = day.date() if day else datetime.now(matrix.zone).date()
    found = matrix.candidates(wanted, limit=limit)
    if as_json:
        print(json.dumps([as_mapping(one) for one in found], ensure_ascii=False, indent=1))
        return
    if any(headline.date == wanted for headline in matrix.content.headlines):
        print(f"content/headlines/{wanted}.md names a headline already", file=sys.stderr)
    for one in found:
        print(
            f"{one.points:2}  {one.entry}  {one.title[:60]}  ({one.account_name}, {one.published:%m-%d %H:%M})"
        )
        print(f"    {'；'.join(one.why)}")
