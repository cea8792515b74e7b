"""One run at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest

from matrixsite.errors import Locked, StoreError
from matrixsite.store.lock import forget_inherited_locks, run_lock

WHEN = datetime(2026, 11, 20, 19, tzinfo=UTC)
HOLDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from matrixsite.store.lock import run_lock
with run_lock(Path(sys.argv[1]), "update", datetime(2026, 11, 20, 19, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_is_told_who_holds_it(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Locked, match=f"update, process {holder.pid} on .* 2026-11-20 19:00:00 UTC"):
            run_lock(tmp_path, "build", WHEN).__enter__()
        holder.kill()
        holder.wait()
        with run_lock(tmp_path, "build", WHEN):
            assert "build" in (tmp_path / "lock").read_text()


def test_the_lock_ends_with_its_run(tmp_path: Path) -> None:
    for _ in range(2):
        with run_lock(tmp_path / "state", "build", WHEN):
            pass


def test_a_forked_worker_doesn_t_keep_it(tmp_path: Path) -> None:
    context = get_context("fork")
    ready, done = context.Event(), context.Event()

    def work() -> None:
        forget_inherited_locks()
        ready.set()
        done.wait(20)

    with run_lock(tmp_path, "update", WHEN):
        worker = context.Process(target=work)
        worker.start()
        assert ready.wait(20)
    try:
        with run_lock(tmp_path, "build", WHEN):
            assert worker.is_alive()
    finally:
        done.set()
        worker.join()


def test_a_state_folder_that_can_t_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="--state DIR"):
        run_lock(tmp_path / "file", "build", WHEN).__enter__()
    assert os.listdir(tmp_path) == ["file"]
