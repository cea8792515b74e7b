"""`candidates` and `import-honors`: commands that help editors with their files."""

from __future__ import annotations

import json
import re
import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matrixsite.cli.app import DAY, FEEDS_YAML, Config, State, app

if TYPE_CHECKING:
    from matrixsite.editorial.honor_tables import HonorTable


class Kind(StrEnum):
    """What a list honors: `editorial.honors.HonorKind`, whose module is slow to import."""

    ACCOUNT = "account"
    WORK = "work"
    UNIT = "unit"
    PERSON = "person"


@app.command(rich_help_panel="Editors")
def candidates(
    day: Annotated[
        datetime | None,
        typer.Argument(help="The day to be led (default: today).", formats=DAY, metavar="[DATE]"),
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


@app.command("import-honors", rich_help_panel="Editors")
def import_honors(
    file: Annotated[
        Path, typer.Argument(help="xlsx, CSV, or a pasted table; - for standard input.", metavar="FILE")
    ],
    roll: Annotated[str, typer.Option(help="The roll: content/honors/ID.md.", metavar="ID")],
    list_: Annotated[str, typer.Option("--list", help="The title of the list.", metavar="TITLE")],
    kind: Annotated[Kind, typer.Option(help="What the list honors.")] = Kind.ACCOUNT,
    ordered: Annotated[bool, typer.Option("--ordered", help="The order is a ranking.")] = False,
    announced: Annotated[int, typer.Option(help="The size as announced.", min=0)] = 0,
    title: Annotated[str, typer.Option(help="Of a new roll.")] = "",
    year: Annotated[int, typer.Option(help="Of a new roll (default: as its title or id says).")] = 0,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a list of that title.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the winners, write nothing.")] = False,
    config: Config = FEEDS_YAML,
) -> None:
    """Make a table of winners a list of an honor roll; names that nobody of the matrix bears are told."""
    from matrixsite.config.load import load
    from matrixsite.desk.honor_lists import NewList, NewRoll, write_list
    from matrixsite.editorial.honor_tables import winners_of
    from matrixsite.editorial.honors import HonorKind
    from matrixsite.editorial.laureates import Register
    from matrixsite.editorial.pasted import lines_of_file, lines_of_text

    settings = load(config)
    lines = lines_of_text(sys.stdin.read()) if str(file) == "-" else lines_of_file(file)
    table = winners_of(lines, HonorKind(kind), Register(settings))
    _tell_odd(table)
    if not table.rows:
        raise typer.BadParameter("there is no winner in it", param_hint="FILE")
    honors = NewList(list_, HonorKind(kind), table.winners(), announced, ordered)
    if dry_run:
        print(json.dumps(honors.keys(), ensure_ascii=False, indent=1))
        return
    year = year or _year_in(title, roll, list_)
    if title and not year:
        raise typer.BadParameter("say the year of the new roll", param_hint="--year")
    try:
        path, warnings = write_list(
            settings, roll, honors, new=NewRoll(title, year) if title else None, replace=replace
        )
    except ModuleNotFoundError as error:
        print(f"matrixsite: {error.name} is missing: pip install 'matrixsite[desk]'", file=sys.stderr)
        raise typer.Exit(2) from error
    for problem in warnings:
        if problem.field.endswith("announced"):
            print(f"  {problem}", file=sys.stderr)
    print(f"{len(table.rows)} winners in {path}")


def _tell_odd(table: HonorTable) -> None:
    """What of a table could not be told."""
    for one in table.unresolved:
        nearest = f"; nearest: {', '.join(one.nearest)}" if one.nearest else ""
        print(
            f"  row {one.line}: {one.name} is no account or member of this matrix{nearest}", file=sys.stderr
        )
    for row in table.skipped:
        print(f"  row {row.line} left out, {row.reason}: {row.text}", file=sys.stderr)


def _year_in(*texts: str) -> int:
    """The first year that one of these names."""
    found = (re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text) for text in texts)
    return next((int(one[0]) for one in found if one), 0)
