"""Where a site is uploaded to, and how that place is named."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from matrixsite.errors import PublishFailed, TargetUnknown


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of the site: its path below the site's root, and the digest (blake2b-16) of the bytes it must have."""

    path: str
    digest: bytes


class Target(Protocol):
    """A place that can be given files. Each call raises PublishFailed where the place can't be reached or refuses.

    Files are given some thousand at a time; a call that fails may have done a part of its work.
    """

    def send(self, folder: Path, paths: Sequence[str]) -> None:
        """Copy these files from the folder, over what lies there, each as its old or its new bytes at every moment."""

    def holding(self, folder: Path, uploads: Sequence[Upload]) -> set[str]:
        """Which of these the place has with the very bytes that lie in the folder, as far as it can tell."""

    def delete(self, paths: Sequence[str]) -> None:
        """Delete these files; those that aren't there are no fault."""


def target_at(address: str, base: Path) -> tuple[str, Target]:
    """The place that an address (`dir:…`, `rsync:…`, `rclone:…`) names, and its name in the ledger.

    A relative folder lies below `base`. Raises TargetUnknown for an address of none of these kinds.
    """
    from matrixsite.hosting.folder import FolderTarget
    from matrixsite.hosting.rclone import RcloneTarget
    from matrixsite.hosting.rsync import RsyncTarget

    kinds: dict[str, Callable[[str], Target]] = {
        "dir": lambda place: FolderTarget(Path(place)),
        "rsync": RsyncTarget,
        "rclone": RcloneTarget,
    }
    kind, _, place = address.partition(":")
    if kind not in kinds or not place:
        raise TargetUnknown(
            f"{address!r} names no place to publish to; write dir:FOLDER, rsync:HOST:PATH or rclone:REMOTE:PATH"
        )
    if place.startswith("-") or not place.isprintable():
        raise TargetUnknown(f"{place!r} can't be the name of a place; it would be taken for an option")
    if kind == "dir":
        place = str((base / Path(place).expanduser()).absolute())
    return f"{kind}:{place}", kinds[kind](place)


def run_program(command: Sequence[str], listed: str, fine: Collection[int] = (0,)) -> str:
    """What a program prints, given a list on its standard input.

    Raises PublishFailed with its last words where it ends with a code that isn't fine.
    """
    program = command[0]
    try:
        done = subprocess.run(command, input=listed.encode(), capture_output=True, check=False)
    except FileNotFoundError:
        raise PublishFailed(
            f"{program} is not installed; install it (Debian: apt install {program})"
        ) from None
    if done.returncode not in fine:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it said nothing"]
        raise PublishFailed(f"{program} failed ({done.returncode}): {words[-1]}")
    return done.stdout.decode("utf-8", "surrogateescape")
