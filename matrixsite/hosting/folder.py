"""`dir:FOLDER`: another folder of this machine, such as a mounted share or a web server's root."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from matrixsite.errors import PublishFailed
from matrixsite.hosting.target import Upload
from matrixsite.site.placing import delete_file
from matrixsite.site.stage import file_digest

PART = ".part"  # a file that isn't whole yet lies beside its place, hidden, under this ending


class FolderTarget:
    """A folder that files are copied to."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def send(self, folder: Path, paths: Sequence[str]) -> None:
        """Each file beside its place first, then over it by a rename."""
        try:
            for path in paths:
                target = self.place / path
                target.parent.mkdir(parents=True, exist_ok=True)
                part = target.with_name(f".{target.name}{PART}")
                shutil.copyfile(folder / path, part)
                os.replace(part, target)
        except OSError as error:
            raise _failed(error) from error

    def holding(self, folder: Path, uploads: Sequence[Upload]) -> set[str]:
        """Those whose bytes, read again, have the digest they should have."""
        return {upload.path for upload in uploads if self._digest(upload.path) == upload.digest}

    def delete(self, paths: Sequence[str]) -> None:
        """With the folders that this leaves empty."""
        try:
            for path in paths:
                delete_file(self.place, path)
        except OSError as error:
            raise _failed(error) from error

    def _digest(self, path: str) -> bytes:
        try:
            return file_digest(self.place / path)
        except OSError as error:
            raise _failed(error) from error


def _failed(error: OSError) -> PublishFailed:
    return PublishFailed(f"{error.filename}: {error.strerror}; mend that and publish again")
