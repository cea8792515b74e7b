"""Whatever a run or a child of it writes lies in the output, in the state folder, or nowhere: temporary files too."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.crash.tracing import require_strace, traced
from tests.crash.world import build_options, first_night
from tests.nights import FIRST, Nights

CALLS = (
    *("open", "openat", "creat", "mkdir", "mkdirat", "rename", "renameat", "renameat2"),
    *("link", "linkat", "symlink", "symlinkat", "truncate"),
)
_OPENED = re.compile(r'"([^"]+)", [A-Z_|]*O_(?:WRONLY|RDWR|CREAT)')
_NAMED = re.compile(r'"([^"]+)"')
# Devices keep nothing. The pool's semaphores have a name for the moment between being made and being opened.
_NO_FILE = re.compile(r"/dev/(null|tty|urandom|shm/sem\..*|shm/\w{6})")


@pytest.fixture
def begun(tmp_path: Path) -> Nights:
    return first_night(tmp_path / "m", ("a", "b"), items=4)


def test_no_file_outside_output_and_state(begun: Nights, tmp_path: Path) -> None:
    require_strace()
    allowed = (begun.root / "output", begun.root / ".matrixsite")
    answer, seen = traced(build_options(begun), tmp_path / "log", CALLS)
    assert answer.code == 0
    written = {
        Path(path)
        for call in seen
        if "= -1 " not in call.rest
        for path in (_OPENED if "open" in call.name else _NAMED).findall(call.rest)
    }
    assert any(path.is_relative_to(allowed[0]) for path in written)
    strays = {path for path in written if not any(path.is_relative_to(folder) for folder in allowed)}
    assert {path for path in strays if not _NO_FILE.fullmatch(str(path))} == set()


_SAY = """
import os, sys, tempfile
from datetime import datetime
from matrixsite import Matrix
from matrixsite.pipeline.progress import Silent

class Child(Silent):
    def stage(self, name, total=0):
        if name == "pages":
            code = "import tempfile; print(tempfile.mkstemp()[1])"
            os.system(f'{sys.executable} -c "{code}"')
            print(tempfile.mkstemp()[1], os.environ["SQLITE_TMPDIR"], flush=True)

Matrix.load(sys.argv[1]).build(now=datetime.fromisoformat(sys.argv[2]), progress=Child(), jobs=1)
print(tempfile.gettempdir(), "SQLITE_TMPDIR" in os.environ)
"""


def test_temporary_files_lie_in_the_state_folder_while_a_run_lasts(begun: Nights, tmp_path: Path) -> None:
    elsewhere = tmp_path / "tmp"
    elsewhere.mkdir()
    command = [sys.executable, "-c", _SAY, str(begun.root / "feeds.yaml"), FIRST.isoformat()]
    environment = {**os.environ, "TMPDIR": str(elsewhere)}
    environment.pop("SQLITE_TMPDIR", None)
    said = subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout.split()
    folder = begun.root / ".matrixsite/tmp"
    child, own, sqlite, after, left = said
    assert {Path(child).parent, Path(own).parent, Path(sqlite)} == {folder}
    assert (after, left) == (str(elsewhere), "False")
    assert list(elsewhere.iterdir()) == []


def test_temporary_files_of_a_killed_run_are_removed_by_the_next(begun: Nights, tmp_path: Path) -> None:
    copied = begun.copy(tmp_path / "copy")
    left = copied.write(".matrixsite/tmp/left/behind", b"x")
    before = tempfile.gettempdir()
    copied.load().update(now=FIRST, jobs=1)
    assert not left.parent.exists()
    assert tempfile.gettempdir() == before
