"""The folder that the board is written to: never one that is published, and nothing in it that isn't the board's."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from matrixsite.errors import BoardRefused

MARK = ".matrixsite-board"  # in the folder: the files that were written there, a JSON list
KEPT = ("bulletins/",)  # what was issued stays: a board without that month doesn't take it away


def require_apart(folder: Path, published: Iterable[Path], others: Iterable[Path]) -> None:
    """Raise BoardRefused for a folder in, around or equal to a published one, or in or equal to one of `others`, and
    for one that holds what the board didn't write.
    """
    wanted = folder.resolve()
    for place in (one.resolve() for one in published):
        if wanted == place or place in wanted.parents or wanted in place.parents:
            raise BoardRefused(f"{folder} touches {place}, which is published; name another folder with -o")
    for place in (one.resolve() for one in others):
        if wanted == place or place in wanted.parents:
            raise BoardRefused(f"{folder} lies in {place}, which belongs to the matrix; name another folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise BoardRefused(f"{folder} holds files that are no board's; name a new or empty folder with -o")


def write_board(folder: Path, files: Iterable[tuple[str, bytes]]) -> tuple[int, int]:
    """Write what changed and remove what is no more; how many files were written and removed.

    Each file is replaced whole. A board that breaks off is completed by the next.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / MARK
    known = _known(mark)
    made, written = set[str](), 0
    _replace(mark, _listed(known))  # else a board that breaks off would leave a folder that the next refuses
    for name, content in files:
        made.add(name)
        path = folder / name
        if path.is_file() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
        written += 1
    gone = {name for name in known - made if not name.startswith(KEPT)}
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    _replace(mark, _listed(made | (known - gone)))
    return written, len(gone)


def _known(mark: Path) -> set[str]:
    """What was written before; of a list that somebody changed only names inside the folder."""
    try:
        names = json.loads(mark.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    texts = {name for name in names if isinstance(name, str)} if isinstance(names, list) else set()
    return {name for name in texts if not Path(name).is_absolute() and ".." not in Path(name).parts}


def _listed(names: Iterable[str]) -> bytes:
    return (json.dumps(sorted(names), ensure_ascii=False, indent=0) + "\n").encode()


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    os.replace(part, path)
