"""The stage: a folder beside the store where the new site is put together before any of it is published."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from matrixsite.errors import BuildFailed


class Stage:
    """Takes pages; those whose bytes stand in the published folder already are noted and not written again.

    Pelican writes its own files into `folder` directly.
    """

    def __init__(self, folder: Path, published: Path) -> None:
        self.folder = folder
        self._published = published
        self._folders: set[Path] = set()
        self.unchanged: set[str] = set()

    def clear(self) -> None:
        """Start empty, whatever an earlier run left."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self._folders.clear()
        self.unchanged.clear()

    def put(self, path: str, content: bytes) -> None:
        """Add a page. Raises BuildFailed where another one claims the same path."""
        target = self.folder / _checked(path)
        if path in self.unchanged or target.exists():
            raise BuildFailed(f"two pages claim the same path: {path}")
        if same_bytes(self._published / path, content):
            self.unchanged.add(path)
            return
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        target.write_bytes(content)

    def written(self) -> Iterator[str]:
        """Paths of the files that lie in the stage, in order."""
        files = (file for file in self.folder.rglob("*") if file.is_file())
        yield from sorted(file.relative_to(self.folder).as_posix() for file in files)


def same_bytes(file: Path, content: bytes) -> bool:
    """Whether the file holds exactly these bytes. A size that differs saves the reading."""
    try:
        return file.stat().st_size == len(content) and file.read_bytes() == content
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _checked(path: str) -> PurePosixPath:
    """A bug in the plan must not write outside the stage."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts:
        raise ValueError(f"no path inside a site: {path!r}")
    return pure
