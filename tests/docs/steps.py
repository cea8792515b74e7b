"""What a document asks its reader to do, in order: files to save, commands to run.

A heading `#### name` before a block of code is a file. A block of `console` holds commands (after `$ `) and what they
answer, where `…` stands for anything. A comment before it says what is special: `<!-- not run: why -->`,
`<!-- answers 1 -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BLOCK = re.compile(
    r"(?:^#### (?P<file>[\w./-]+)\n\n)?"
    r"(?:^<!-- (?P<note>[^\n]*) -->\n)?"
    r"^```(?P<language>\w*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class File:
    """A file that the reader saves, below the folder they are in."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command that the reader gives."""

    text: str
    answers: tuple[str, ...] = ()  # lines, with … for anything
    code: int = 0
    not_run: str | None = None  # why a test can't run it

    @property
    def lasting(self) -> bool:
        """Whether it runs until it is ended."""
        return re.match(r"matrixsite (serve|desk)\b", self.text) is not None


def steps(markdown: str) -> Iterator[File | Command]:
    """The steps of a document."""
    for block in _BLOCK.finditer(markdown):
        if block["file"]:
            yield File(block["file"], block["text"])
        elif block["language"] == "console":
            yield from _commands(block["text"], block["note"] or "")


def _commands(text: str, note: str) -> Iterator[Command]:
    special = re.fullmatch(r"not run: (?P<why>.*)|answers (?P<code>\d+)", note)
    if note and not special:
        raise ValueError(f"a comment that tests don't understand: {note}")
    code = int(special["code"]) if special and special["code"] else 0
    why = special["why"] if special else None
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, *answers = part.splitlines()
        command = re.sub(r"\s+#\s.*$", "", line)
        yield Command(command.strip(), tuple(filter(None, answers)), code, why)
