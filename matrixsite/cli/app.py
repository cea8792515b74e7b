"""The commands' frame: what all of them take, and what their errors answer with."""

from __future__ import annotations

import sys
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from matrixsite.cli.telling import start_telling, tell
from matrixsite.errors import MatrixError, SettingsError

app = typer.Typer(
    name="matrixsite",
    help="Turn the feeds of a media matrix into a static alliance site, every night.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # a bug shows its plain traceback
    context_settings={"help_option_names": ["-h", "--help"]},
)

Config = Annotated[Path, typer.Option("--config", "-c", help="The settings of the matrix.", metavar="FILE")]
State = Annotated[
    Path | None,
    typer.Option(
        help="Where store, stage and reports lie (default: .matrixsite beside feeds.yaml).", metavar="DIR"
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="Where the site is (default: where it went last, else output/).", metavar="DIR"
    ),
]
FEEDS_YAML = Path("feeds.yaml")
DAY = ["%Y-%m-%d"]  # how options take a day


def run() -> None:
    """Run the command line; it ends with the exit code of the error, see `errors`."""
    from matrixsite.cli import load_commands

    for stream in (sys.stdout, sys.stderr):  # a locale that lacks a character must not end a run
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    start_telling(as_json=False)
    load_commands()
    try:
        app()
    except SettingsError as error:
        _tell_problems(error)
        sys.exit(error.exit_code)
    except MatrixError as error:
        tell("error", f"matrixsite: {error}", exit_code=error.exit_code)
        sys.exit(error.exit_code)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        sentence = f"matrixsite: {place}{error.strerror or error}; nothing stored is lost"
        tell("error", sentence, exit_code=MatrixError.exit_code)
        sys.exit(MatrixError.exit_code)


def _tell_problems(error: SettingsError) -> None:
    count = len(error.problems)
    told = f"{count} problem{'s' if count != 1 else ''} in settings or content, nothing done:"
    tell("error", told, exit_code=error.exit_code)
    for problem in error.problems:
        tell("problem", f"  {problem}", **asdict(problem))
