"""From the stage to the published folder: only what differs, by renames, in an order that never breaks a
link.

New and changed entry and story pages go first, then everything that links to them, deletions last. A file is
its old or its new bytes at every moment. What is about to be written is recorded before and what was deleted
after, so that an interrupted run leaves no file that we don't know to be ours.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from matrixsite.errors import BuildFailed
from matrixsite.site.stage import Stage, same_bytes

TOKEN_FILE = ".matrixsite-output"
MOST_DELETED = 0.1  # share of the pages we once wrote
_LEAF = re.compile(r"\d{4}/\d{2}/[^/]+\.html|stories/[^/]+\.html")


class Manifest(Protocol):
    """What the store knows of the folders it published to. A folder is known by its resolved path."""

    def token_of(self, folder: Path) -> str:
        """The token given to the folder; empty where we never published there."""

    def pages_of(self, folder: Path) -> Iterator[str]:
        """Paths of the files we wrote there."""

    def start(self, folder: Path, token: str) -> None:
        """Begin anew: from now on the folder carries this token and none of its files is ours."""

    def record(self, folder: Path, pages: Iterable[tuple[str, bytes]]) -> None:
        """These files are ours: (path, blake2b-16 of the bytes); one transaction."""

    def forget(self, folder: Path, paths: Iterable[str]) -> None:
        """These are no more; one transaction."""


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What a build did to the published folder."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int


def publish(stage: Stage, folder: Path, manifest: Manifest, *, empty: bool, force: bool) -> SiteReport:
    """Make `folder` what the stage says; files that we never wrote are left alone.

    `empty` says that the store has nothing to show. Raises BuildFailed, with nothing changed, where that
    would wipe a site or more than a tenth of it would be deleted, unless forced.
    """
    folder = folder.resolve()
    known = _known_pages(folder, manifest)
    staged = list(stage.written())
    changed = [path for path in staged if not _published(stage, folder, path)]
    planned = stage.unchanged.union(staged)
    removed = sorted(known - planned)
    if not force:
        _guard(folder, known, removed, empty=empty)
    os.sync()  # what the renames put in place must be on the disk before its name is
    _claim(folder, manifest)
    manifest.record(folder, ((path, _digest(stage.folder / path)) for path in changed))
    manifest.record(
        folder, ((path, _digest(folder / path)) for path in sorted(planned - known - set(changed)))
    )
    written = sorted(changed, key=_order)
    for path in written:
        _move(stage.folder / path, folder / path)
    for path in removed:
        _delete(folder, path)
    manifest.forget(folder, removed)
    return SiteReport(tuple(written), tuple(removed), len(planned) - len(written))


def _known_pages(folder: Path, manifest: Manifest) -> set[str]:
    """What we wrote into this very folder: nothing where its token is missing or someone else's."""
    token = manifest.token_of(folder)
    return set(manifest.pages_of(folder)) if token and token == _token_in(folder) else set()


def _token_in(folder: Path) -> str:
    try:
        return (folder / TOKEN_FILE).read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def _claim(folder: Path, manifest: Manifest) -> None:
    """Put our token into a folder that doesn't carry it."""
    token = manifest.token_of(folder)
    if token and token == _token_in(folder):
        return
    token = secrets.token_hex(16)
    folder.mkdir(parents=True, exist_ok=True)
    manifest.start(folder, token)
    (folder / TOKEN_FILE).write_text(token + "\n", encoding="ascii")


def _published(stage: Stage, folder: Path, path: str) -> bool:
    return same_bytes(folder / path, (stage.folder / path).read_bytes())


def _guard(folder: Path, known: set[str], removed: list[str], *, empty: bool) -> None:
    """Refuse what is more likely an accident than a wish."""
    foreign_site = not known and (folder / "index.html").exists()
    if empty and (foreign_site or any(map(_LEAF.fullmatch, known))):
        raise BuildFailed(f"the store is empty and {folder} holds a site; --force publishes all the same")
    if len(removed) > MOST_DELETED * len(known):
        raise BuildFailed(
            f"{len(removed)} of {len(known)} pages in {folder} would go, over a tenth; --force deletes them"
        )


def _order(path: str) -> tuple[int, str]:
    """Entry and story pages before what links to them; the home page last, for it links to all."""
    return (0 if _LEAF.fullmatch(path) else 2 if path == "index.html" else 1, path)


def _move(source: Path, target: Path) -> None:
    """One atomic rename; across file systems, a copy beside the target first."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part = target.with_name(f".{target.name}.part")
        shutil.copyfile(source, part)
        part.replace(target)


def _delete(folder: Path, path: str) -> None:
    """The file, and the folders it leaves empty."""
    file = folder / path
    file.unlink(missing_ok=True)
    for parent in list(file.relative_to(folder).parents)[:-1]:
        try:
            (folder / parent).rmdir()
        except OSError:  # not empty
            return


def _digest(file: Path) -> bytes:
    return blake2b(file.read_bytes(), digest_size=16).digest()
