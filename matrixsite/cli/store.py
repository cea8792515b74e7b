"""`store backup`, `store restore` and `store copy`."""

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


@store.command("copy")
def copy(
    source: Annotated[
        str, typer.Argument(help="A store: a file, or postgresql+psycopg://….", metavar="FROM")
    ],
    target: Annotated[
        str, typer.Argument(help="An empty store, or a file that is not there yet.", metavar="TO")
    ],
) -> None:
    """Copy a matrix to another database, either way, and compare every table."""
    from matrixsite.cli.progress import shown_progress
    from matrixsite.store.copying import copy_between

    with shown_progress(as_json=False) as progress:
        contents = copy_between(_place(source), _place(target), progress)
    rows = sum(content.rows for content in contents.values())
    print(f"copied {rows} rows of {len(contents)} tables; all are the same on both sides")


def _place(text: str) -> str | Path:
    return text if "://" in text else Path(text)
