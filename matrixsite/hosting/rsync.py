"""`rsync:HOST:PATH` (by SSH), `rsync:rsync://HOST/MODULE/PATH` (a daemon), `rsync:PATH`: what rsync itself can name."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from matrixsite.hosting.target import Upload, run_program

# Times and sizes tell nothing: a page may change within a second and keep its length.
_SENT = ("--ignore-times", "--times", "--omit-dir-times", "--perms", "--chmod=D755,F644")
_LIST = ("--from0", "--files-from=-")


class RsyncTarget:
    """A place that rsync writes to."""

    def __init__(self, place: str) -> None:
        self.place = place.rstrip("/") + "/"

    def send(self, folder: Path, paths: Sequence[str]) -> None:
        """rsync itself puts each file beside its place first, and compares checksums of what came."""
        run_program(["rsync", *_SENT, *_LIST, f"{folder}/", self.place], _names(paths))

    def holding(self, folder: Path, uploads: Sequence[Upload]) -> set[str]:
        """Those that a run which compares checksums would not send."""
        paths = {upload.path for upload in uploads}
        command = ["rsync", "--dry-run", "--checksum", "--out-format=%n", "--8-bit-output", *_LIST]
        told = run_program([*command, f"{folder}/", self.place], _names(sorted(paths)))
        return paths - set(told.splitlines())

    def delete(self, paths: Sequence[str]) -> None:
        """From an empty folder, all that the other side has too much is deleted; rules keep what isn't listed.

        `--delete-missing-args` is made for this, but it can't delete below a folder that is missing here.
        """
        with tempfile.TemporaryDirectory() as empty:
            command = ["rsync", "--recursive", "--delete", "--from0", "--filter=. -"]
            run_program([*command, f"{empty}/", self.place], _rules(paths))


def _names(paths: Sequence[str]) -> str:
    """Ended by zeros; with a folder before them, for a name that begins with # would be a comment."""
    return "".join(f"./{path}\0" for path in paths)


def _rules(paths: Sequence[str]) -> str:
    """Rules that speak of these files and the folders that they lie in, and of nothing else."""
    named = set(paths) | {
        f"{folder}/" for path in paths for folder in PurePosixPath(path).parents if folder.name
    }
    return "".join(f"+ /{_literal(path)}\0" for path in sorted(named)) + "- *\0"


def _literal(path: str) -> str:
    """In a rule without wildcards a backslash stands for itself, in one with them it quotes."""
    return re.sub(r"([\\*?\[])", r"\\\1", path) if re.search(r"[*?\[]", path) else path
