"""The stage: a folder beside the store where what is new is put together before any of it is published."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path, PurePosixPath


def clear_stage(folder: Path) -> None:
    """Start empty, whatever an earlier run left."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)


def stage_page(folder: Path, path: str, content: bytes, known: bytes) -> bytes:
    """Put a page into the stage unless its digest is the known one; returns its digest."""
    digest = content_digest(content)
    if digest != known:
        target = folder / _checked(path)
        try:
            target.write_bytes(content)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    return digest


def content_digest(content: bytes) -> bytes:
    """16 bytes that stand for a file's content in the manifest."""
    return blake2b(content, digest_size=16).digest()


def staged_paths(folder: Path) -> Iterator[str]:
    """Paths of the files that lie in the stage, in order."""
    files = (file for file in folder.rglob("*") if file.is_file())
    yield from sorted(file.relative_to(folder).as_posix() for file in files)


def _checked(path: str) -> PurePosixPath:
    """A bug in the plan must not write outside the stage."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts:
        raise ValueError(f"no path inside a site: {path!r}")
    return pure
