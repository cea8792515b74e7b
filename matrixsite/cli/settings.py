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
def schema() -> None:
    """Print the JSON Schema of feeds.yaml, for editors' completion."""
    from matrixsite.config.schema import settings_schema

    print(json.dumps(settings_schema(), ensure_ascii=False, indent=2))
