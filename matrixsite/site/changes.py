"""changes.txt in the state folder: what the last build did to the site, a path a line.

A publication that was interrupted had noted all that it would do; the run that rolls it forward says so before its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_CHANGES, _PART, _ROLLED = "changes.txt", "changes.txt.part", "changes.txt.rolled"


def written_paths(state: Path) -> list[str]:
    """The paths that the last build wrote and didn't remove, in the order of its changes.txt, each once."""
    paths: dict[str, None] = {}
    with (state / _CHANGES).open(encoding="utf-8", errors="surrogateescape") as lines:
        for line in lines:
            path = line[2:].rstrip("\n")
            if line.startswith("+ "):
                paths[path] = None
            else:
                paths.pop(path, None)
    return list(paths)


@contextmanager
def new_changes(state: Path, written: Iterable[str], removed: Iterable[str]) -> Iterator[int]:
    """Note paths that are about to be written and removed, each in order; how many are written.

    It takes the place of the former one when the block is through.
    """
    part, rolled, count = state / _PART, state / _ROLLED, 0
    before = rolled.read_bytes() if rolled.exists() else b""
    part.write_bytes(before)
    with part.open("a", encoding="utf-8", errors="surrogateescape") as stream:
        for path in written:
            stream.write(f"+ {path}\n")
            count += 1
        stream.writelines(f"- {path}\n" for path in removed)
    yield count
    os.replace(part, state / _CHANGES)
    if before:
        rolled.unlink()


def keep_interrupted(state: Path) -> None:
    """Keep what an interrupted publication noted, for the next `new_changes`; where that was done before, nothing."""
    with suppress(FileNotFoundError):
        os.replace(state / _PART, state / _ROLLED)
