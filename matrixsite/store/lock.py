"""One run at a time: an advisory lock that ends with its process, however that ends, and says who holds it."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from matrixsite.errors import Locked, StoreError

_held: set[int] = set()  # descriptors of the locks that this process holds


def forget_inherited_locks() -> None:
    """Close what a fork copied, or the lock of a killed run would live on in its workers."""
    while _held:
        os.close(_held.pop())


@contextmanager
def run_lock(state: Path, command: str, started: datetime) -> Iterator[None]:
    """Hold the lock of a matrix. Raises Locked where another process holds it; readers need none."""
    path = state / "lock"
    try:
        state.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(
            f"the state folder {state} can't be written: {error.strerror}; give this user the right, or name another "
            "with --state DIR"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 500, 0).decode("utf-8", "replace").strip()
            raise Locked(path, holder or "an unknown process") from None
        except OSError as error:
            raise StoreError(
                f"{path} can't be locked: {error.strerror}; move the state to a local disk"
            ) from error
        since = f"{started:%Y-%m-%d %H:%M:%S %Z}"
        _sign(descriptor, f"{command}, process {os.getpid()} on {socket.gethostname()}, since {since}")
        _held.add(descriptor)
        yield
    finally:
        _held.discard(descriptor)
        # gives the lock back; the file stays, for removing it would race with the next run
        os.close(descriptor)


def _sign(descriptor: int, holder: str) -> None:
    """Best effort: a full disk must not keep a run from its lock."""
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, holder.encode(), 0)
    except OSError:
        return
