"""The command line. Heavy modules are imported by the command that needs them: `--help` answers at once."""

from __future__ import annotations


def main() -> None:
    """The `matrixsite` command."""
    from matrixsite.cli.app import run

    run()


def load_commands() -> None:
    """Register every command with the app; their modules import nothing heavy."""
    from matrixsite.cli import exporting, importing, reading, runs, settings, store

    assert exporting and importing and reading and runs and settings and store
