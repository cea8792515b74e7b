"""Commands and options that documents name exist: in blocks of code, and within sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docs.manual.contents import DOCS

DOCUMENTS = sorted([*DOCS.parent.glob("*.md"), *DOCS.rglob("*.md")])
_NAMED = re.compile(r"^(?: {4}|\$ )matrixsite (?P<line>[^\n`]*)|`matrixsite (?P<words>[^`]*)`", re.MULTILINE)


def commands() -> Any:
    import typer

    from matrixsite.cli import load_commands
    from matrixsite.cli.app import app

    load_commands()
    return typer.main.get_command(app)


def named(markdown: str) -> Iterator[str]:
    """What follows `matrixsite`, without comments, further commands and what they are fed."""
    for found in _NAMED.finditer(markdown):
        text = " ".join((found["line"] or found["words"]).split())
        yield re.split(r"\s+(?:#|&&|\|\||[|>])|\s{3,}", text)[0]


def faults(text: str, command: Any) -> Iterator[str]:
    """What is wrong with a command as it is written."""
    words = text.split()
    while words and hasattr(command, "commands"):
        if words[0].startswith("-") or not re.fullmatch(r"[a-z-]+", words[0]):
            return
        if words[0] not in command.commands:
            yield f"there is no command {words[0]}"
            return
        command = command.commands[words.pop(0)]
    known = {"--help", "-h"} | {
        name
        for parameter in getattr(command, "params", ())
        for name in (*parameter.opts, *parameter.secondary_opts)
    }
    for word in words:
        option = re.match(r"--?[a-z][\w-]*", word)
        if option and option[0] not in known:
            yield f"{text}: there is no option {option[0]}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=[str(path.relative_to(DOCS.parent)) for path in DOCUMENTS])
def test_commands_that_are_named_exist(path: Path) -> None:
    app = commands()
    found = [fault for text in named(path.read_text(encoding="utf-8")) for fault in faults(text, app)]
    assert found == []


def test_a_command_that_is_not_there_is_found() -> None:
    text = "`matrixsite bulid`, `matrixsite build --fast`, `matrixsite store paint`\n    matrixsite status --red  # x\n"
    found = [fault for one in named(text) for fault in faults(one, commands())]
    assert [fault.rsplit(" ", 1)[-1] for fault in found] == ["bulid", "--fast", "paint"]
