"""Where a run's temporary files lie: ours, SQLite's and those of child processes, in the state folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_VARIABLES = ("TMPDIR", "SQLITE_TMPDIR")  # SQLite asks for its own first


@contextmanager
def temporary_files_in(folder: Path) -> Iterator[None]:
    """Keep temporary files in a folder of their own, emptied first of what a killed run left.

    Child processes learn of it by their environment, which is as it was afterwards. The caller holds the run lock.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    before, chosen = {name: os.environ.get(name) for name in _VARIABLES}, tempfile.tempdir
    os.environ.update(dict.fromkeys(_VARIABLES, str(folder)))
    tempfile.tempdir = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = chosen
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        shutil.rmtree(folder, ignore_errors=True)
