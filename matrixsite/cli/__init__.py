"""The command line. Heavy modules are imported by the command that needs them: `--help` answers at once."""

from __future__ import annotations

import gc

# modules, as --help lists them
COMMANDS = (
    "runs",
    "publishing",
    "reading",
    "members",
    "settings",
    "exporting",
    "importing",
    "editing",
    "office",
    "measuring",
    "ranking",
    "site",
    "desk",
    "store",
)


def main() -> None:
    """The `matrixsite` command."""
    from matrixsite.pipeline.garbage import seldom_collected

    with seldom_collected():
        from matrixsite.cli.app import run

        try:
            run()
        finally:
            gc.freeze()  # or the interpreter, before it ends, looks through all that the system is about to take back


def load_commands() -> None:
    """Register every command with the app; their modules import nothing heavy."""
    from importlib import import_module

    for name in COMMANDS:
        import_module(f"matrixsite.cli.{name}")
