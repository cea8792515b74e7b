"""The stage: a folder beside the store where what is new is put together before any of it is published.

It holds what is to be moved into the published folder and nothing else, under the paths that it has there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

_ANEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC


def clear_stage(folder: Path) -> None:
    """Start empty, whatever an earlier run left."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)


def stage_page(stage: str, published: str, path: str, content: bytes, known: bytes) -> bytes:
    """Put a page into the stage unless its digest is the known one or its file is there already; returns its digest.

    For any process: several may make the same folder at once. Raises ValueError for a path that leads out.
    """
    digest = content_digest(content)
    # after a lost manifest the folder holds these very bytes
    if digest != known and not _holds(_inside(published, path), content):
        _write(_inside(stage, path), content)
    return digest


def content_digest(content: bytes) -> bytes:
    """16 bytes that stand for a file's content in the manifest."""
    return blake2b(content, digest_size=16).digest()


def file_digest(file: Path) -> bytes:
    """The same of a file as it lies there; nothing where there is none."""
    try:
        return content_digest(file.read_bytes())
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return b""


def staged_paths(folder: str, below: str = "") -> Iterator[str]:
    """Paths of the files that lie in the stage, in order; one folder's names at a time are in memory."""
    for name in listing(f"{folder}/{below}"):
        if name.endswith("/"):
            yield from staged_paths(folder, below + name)
        else:
            yield below + name


def listing(folder: str) -> list[str]:
    """Names in a folder, folders with a slash behind, in the order of the paths below it; none where it is gone."""
    try:
        with os.scandir(folder) as entries:
            return sorted(
                f"{entry.name}/" if entry.is_dir(follow_symlinks=False) else entry.name for entry in entries
            )
    except FileNotFoundError:
        return []


def _inside(folder: str, path: str) -> str:
    """A bug in the plan must not write outside the stage."""
    if any(part in ("", ".", "..") for part in path.split("/")):
        raise ValueError(f"no path inside a site: {path!r}")
    return f"{folder}/{path}"


def _holds(file: str, content: bytes) -> bool:
    try:
        return os.stat(file).st_size == len(content) and Path(file).read_bytes() == content
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _write(file: str, content: bytes) -> None:
    """As `open` would, in a third of its time: there is nothing to buffer, and most folders are there."""
    try:
        handle = os.open(file, _ANEW, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(file), exist_ok=True)
        handle = os.open(file, _ANEW, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
    finally:
        os.close(handle)
