"""changes.txt in the state folder: what the last build did to the site, a path a line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def written_paths(state: Path) -> list[str]:
    """The paths that the last build wrote, in the order of its changes.txt."""
    with (state / "changes.txt").open(encoding="utf-8", errors="surrogateescape") as lines:
        return [line[2:].rstrip("\n") for line in lines if line.startswith("+ ")]


@contextmanager
def new_changes(state: Path, written: Iterable[str], removed: Iterable[str]) -> Iterator[int]:
    """Note paths that are about to be written and removed, each in order; how many are written.

    It takes the place of the former one when the block is through.
    """
    part, count = state / "changes.txt.part", 0
    with part.open("w", encoding="utf-8", errors="surrogateescape") as stream:
        for path in written:
            stream.write(f"+ {path}\n")
            count += 1
        stream.writelines(f"- {path}\n" for path in removed)
    yield count
    os.replace(part, state / "changes.txt")
