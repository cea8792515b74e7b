"""`init` and `schema`: writing settings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from matrixsite.cli.app import app


@app.command(rich_help_panel="Settings")
def init(
    folder: Annotated[Path, typer.Argument(help="Where (default: here).", metavar="[DIR]")] = Path(),
) -> None:
    """Start a new matrix: feeds.yaml, content/, a theme folder, a nightly workflow."""
    from matrixsite.registry.starter import start_matrix

    for path in start_matrix(folder):
        print(f"wrote {path}")
    print(f"Now edit {folder / 'feeds.yaml'}, then run: matrixsite build")


@app.command(rich_help_panel="Settings")
def schema(
    what: Annotated[
        str,
        typer.Argument(
            help="feeds (feeds.yaml, the default), or an editors' file: columns, headlines, honors, sections, …",
            metavar="[WHAT]",
        ),
    ] = "feeds",
    write: Annotated[
        Path | None,
        typer.Option("--write", help="Write the schemas of all files into this folder.", metavar="DIR"),
    ] = None,
) -> None:
    """Print the JSON Schema of feeds.yaml or of an editors' file, for completion while one types."""
    from matrixsite.editorial.schemas import NAMES, schema_file, schema_of

    if write:
        write.mkdir(parents=True, exist_ok=True)
        for name in NAMES:
            (write / schema_file(name)).write_text(_json(schema_of(name)) + "\n", encoding="utf-8")
        print(f"{len(NAMES)} schemas in {write}")
        return
    if what not in NAMES:
        raise typer.BadParameter(f"{what!r} is not one of {', '.join(NAMES)}", param_hint="WHAT")
    print(_json(schema_of(what)))


def _json(schema: object) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2)
