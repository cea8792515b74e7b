"""Feeds that are files beside feeds.yaml: inside its folder (links followed), regular, of bounded size."""

from __future__ import annotations

import os
import stat
from hashlib import blake2b
from pathlib import Path

from matrixsite.fetch.reasons import (
    MISSING_FILE,
    OUTSIDE_FOLDER,
    TOO_LARGE,
    UNREADABLE_FILE,
    Fault,
    failed,
)
from matrixsite.model import Answer, Outcome, Request


def read_local(request: Request, root: Path, max_bytes: int) -> Answer:
    """Read `request.url` as a path relative to `root`. Faults are answers, as on the network."""
    try:
        body = _content(_inside(root.resolve(), request.url), max_bytes)
    except Fault as fault:
        return failed(request, fault)
    digest = blake2b(body, digest_size=16).digest()
    same = digest == request.digest
    return Answer(
        key=request.key,
        outcome=Outcome.SAME if same else Outcome.NEW,
        url="",
        body=b"" if same else body,
        digest=digest,
    )


def _inside(root: Path, path: str) -> Path:
    try:
        real = (root / path).resolve()
    except (OSError, ValueError, RuntimeError) as error:  # endless links, NUL, a name too long
        raise Fault(UNREADABLE_FILE, type(error).__name__) from error
    if not real.is_relative_to(root):
        raise Fault(OUTSIDE_FOLDER, path)
    return real


def _content(path: Path, max_bytes: int) -> bytes:
    try:
        # non-blocking, so that a pipe can't hold the run up; no link, so that none is put in place meanwhile
        opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
        with open(opened, "rb") as file:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise Fault(UNREADABLE_FILE, f"{path.name} is not a regular file")
            body = file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise Fault(MISSING_FILE, path.name) from error
    except OSError as error:
        raise Fault(UNREADABLE_FILE, f"{path.name}: {error.strerror}") from error
    if len(body) > max_bytes:
        raise Fault(TOO_LARGE, f"over {max_bytes} bytes")
    return body
