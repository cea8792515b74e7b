"""`store backup` and `store restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matrixsite.cli.app import FEEDS_YAML, Config, State, app

store = typer.Typer(help="Keep the store safe.", no_args_is_help=True)
app.add_typer(store, name="store", rich_help_panel="The store")

File = Annotated[Path, typer.Argument(help="The backup.", metavar="FILE")]


@store.command("backup")
def backup(file: File, config: Config = FEEDS_YAML, state: State = None) -> None:
    """Write the store to one consistent file; may be done beside a run."""
    from matrixsite.matrix import Matrix

    Matrix.load(config, state=state).backup(file)
    print(f"backed up to {file}")


@store.command("restore")
def restore(file: File, config: Config = FEEDS_YAML, state: State = None) -> None:
    """Put a backup in the store's place."""
    from matrixsite.matrix import Matrix

    Matrix.load(config, state=state).restore(file)
    print(f"restored from {file}")
