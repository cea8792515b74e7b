"""The commands' frame: what all of them take, and what their errors answer with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

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
FEEDS_YAML = Path("feeds.yaml")


def run() -> None:
    """Run the command line; the exit codes are those of the design (0 to 4)."""
    from matrixsite.cli import load_commands

    load_commands()
    try:
        app()
    except SettingsError as error:
        count = len(error.problems)
        print(
            f"{count} problem{'s' if count != 1 else ''} in settings or content, nothing done:",
            file=sys.stderr,
        )
        for problem in error.problems:
            print(f"  {problem}", file=sys.stderr)
        sys.exit(error.exit_code)
    except MatrixError as error:
        print(f"matrixsite: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(f"matrixsite: {place}{error.strerror or error}; nothing stored is lost", file=sys.stderr)
        sys.exit(3)
    except KeyboardInterrupt:
        print("matrixsite: stopped; what was stored stays, the next run goes on", file=sys.stderr)
        sys.exit(130)
