"""Templates as they were compiled, so that a night compiles none but those that changed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


def compiled_folder(state: Path) -> Path:
    """The folder in the state folder that keeps them, made where it is missing."""
    folder = state / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Compiled(FileSystemBytecodeCache):
    """Keeps them in a folder for the next night, in memory for the next build of this process.

    `use` names the sort of environment: what a template becomes depends on whether that escapes, and Jinja keeps it by
    the template's name and text alone.
    """

    _memory: ClassVar[dict[tuple[str, str, str], bytes]] = {}

    def __init__(self, folder: str, use: str) -> None:
        super().__init__(folder, f"{use}-%s.cache")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja."""
        if code := self._memory.get((self.pattern, bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(code)
        else:
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja."""
        self._memory[self.pattern, bucket.key, bucket.checksum] = bucket.bytecode_to_string()
        with suppress(OSError):  # it will be compiled again
            super().dump_bytecode(bucket)
