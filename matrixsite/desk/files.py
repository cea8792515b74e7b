"""The editors' folder as the desk reads and writes it: files by name, none outside, none overwritten unseen.

Whoever saves says which version they saw. Where the file is another by now, nothing is written: they are told what the
other changed.
"""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import unified_diff
from hashlib import blake2b
from pathlib import Path

from matrixsite.editorial.replacing import replace_file
from matrixsite.errors import MatrixError

PAGES = ("columns", "series", "campaigns", "people", "headlines", "notices", "honors")
LISTS = ("sections", "entries", "stories", "approved", "withdrawn", "kinds")
_NAME = re.compile(rf"(?:{'|'.join(PAGES)})/[a-z0-9-]+\.md|(?:{'|'.join(LISTS)})\.yaml")


class NoSuchFile(MatrixError):
    """No name of an editors' file."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of content/ as it is: empty text and digest where it is not there."""

    name: str  # columns/heating.md
    text: str
    digest: str


class Conflict(Exception):
    """The file is not what the editor saw: `file` is what it is now."""

    def __init__(self, file: File) -> None:
        super().__init__(f"{file.name} was changed meanwhile")
        self.file = file


class Folder:
    """content/ of a matrix."""

    def __init__(self, root: Path, state: Path) -> None:
        """`state` holds the lock by which desks take turns."""
        self.root, self._state = root, state

    def names(self, kind: str) -> list[str]:
        """The ids of the pages of a kind, in order."""
        return sorted(path.stem for path in (self.root / kind).glob("[!.]*.md") if path.is_file())

    def read(self, name: str) -> File:
        """A file, there or not. Raises NoSuchFile for a name that is none of an editors' file."""
        try:
            content = self._path(name).read_bytes()
        except FileNotFoundError:
            return File(name, "", "")
        return File(name, content.decode("utf-8", "surrogateescape"), digest_of(content))

    def write(self, name: str, text: str, seen: str) -> File:
        """Put the text in the place of the version that has the digest `seen`; an empty text takes the file away.

        In one step: a crash leaves the old file or the new one. Raises Conflict where the file is another by now.
        """
        path, content = self._path(name), text.encode("utf-8", "surrogateescape")
        with turn(self._state):
            now = self.read(name)
            if now.digest != seen:
                raise Conflict(now)
            if content:
                path.parent.mkdir(parents=True, exist_ok=True)
                replace_file(path, content)
            else:
                path.unlink(missing_ok=True)
        return File(name, text, digest_of(content) if content else "")

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise NoSuchFile(f"{name!r} is no editors' file")
        path, root = self.root / name, self.root.resolve()
        if not path.resolve().is_relative_to(root):
            raise NoSuchFile(f"{name} leads out of {root.name}/ by a symbolic link")
        return path.resolve()


@contextmanager
def turn(state: Path) -> Iterator[None]:
    """Desks of one matrix write one after another, other processes' too; `state` is their folder."""
    state.mkdir(parents=True, exist_ok=True)
    with (state / "turn").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def digest_of(content: bytes) -> str:
    """What tells one version of a file from another."""
    return blake2b(content, digest_size=12).hexdigest()


def difference(before: str, after: str, name: str) -> list[str]:
    """The lines of a unified diff, without the two of the file's name."""
    lines = unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="", n=2)
    return list(lines)[2:]
