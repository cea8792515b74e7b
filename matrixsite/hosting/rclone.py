"""`rclone:REMOTE:PATH`: whatever rclone can write to (object stores, WebDAV, SFTP …), as its own settings name it.

Three habits of rclone decide how it is called:
- a file that is listed but missing is passed over in silence, and the exit code is 0: so what came is asked for;
- a file of the same size and time is not sent, and some remotes know no times: so every listed file is sent;
- lists with comments and quotes are read otherwise than they are written: so lists are raw.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matrixsite.errors import PublishFailed
from matrixsite.hosting.target import Upload, run_program

_LIST = ("--files-from-raw", "-", "--no-traverse")
_DIFFERENT = 1  # what `rclone check` ends with where anything differs: that is an answer, too
_SAME = "= "  # how `rclone check --combined` marks a file that is on both sides with the same bytes


class RcloneTarget:
    """A remote of rclone."""

    def __init__(self, remote: str) -> None:
        self.remote = remote

    def send(self, folder: Path, paths: Sequence[str]) -> None:
        """All of them, whatever lies there."""
        run_program(["rclone", "copy", *_LIST, "--ignore-times", str(folder), self.remote], _lines(paths))

    def holding(self, folder: Path, uploads: Sequence[Upload]) -> set[str]:
        """By the remote's hashes where it keeps any that rclone can make, else by sizes."""
        paths = [upload.path for upload in uploads]
        command = ["rclone", "check", *_LIST, "--one-way", "--combined", "-", str(folder), self.remote]
        told = run_program(command, _lines(paths), fine=(0, _DIFFERENT))
        same = {line.removeprefix(_SAME) for line in told.splitlines() if line.startswith(_SAME)}
        return same & set(paths)

    def delete(self, paths: Sequence[str]) -> None:
        """Object stores have no folders; elsewhere empty ones stay."""
        run_program(["rclone", "delete", "--files-from-raw", "-", self.remote], _lines(paths))


def _lines(paths: Sequence[str]) -> str:
    for path in paths:
        if "\n" in path or "\r" in path:
            raise PublishFailed(
                f"{path!r} has a line break in its name, which rclone can't be told of; rename it"
            )
    return "".join(f"{path}\n" for path in paths)
