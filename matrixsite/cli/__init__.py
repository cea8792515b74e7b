"""The command line. Heavy modules are imported by the command that needs them: `--help` answers at once."""

from __future__ import annotations

# modules, as --help lists them
COMMANDS = ("runs", "reading", "settings", "exporting", "importing", "site", "store")


def main() -> None:
    """The `matrixsite` command."""
    from matrixsite.cli.app import run

    run()


def load_commands() -> None:
    """Register every command with the app; their modules import nothing heavy."""
    from importlib import import_module

    for name in COMMANDS:
        import_module(f"matrixsite.cli.{name}")
