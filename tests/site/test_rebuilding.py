from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from matrixsite.site import rebuilding
from matrixsite.site.rebuilding import Rebuilt, rebuild_offline

PROGRESS = json.dumps({"event": "progress", "message": "feeds: 1 of 8"})
WARNING = json.dumps({"event": "warning", "message": "warning: 注意"}, ensure_ascii=False)
DONE = json.dumps({"event": "done", "message": "3 new"})


def answers(code: int, *lines: str) -> str:
    """The source of a program that says these lines and ends so."""
    said = "\n".join(lines).encode()
    return f"import sys; sys.stderr.buffer.write({said!r}); sys.exit({code})"


@pytest.mark.parametrize(
    ("program", "rebuilt"),
    [
        (answers(0, PROGRESS, WARNING, DONE), Rebuilt("warning: 注意\n3 new")),
        (answers(1, DONE), Rebuilt("3 new")),
        (answers(2, PROGRESS, "Traceback", "[1]"), Rebuilt(failure="Traceback\n[1]")),
        (answers(3), Rebuilt(failure="the build ended with 3")),
        ("import os; os.kill(os.getpid(), 9)", Rebuilt(failure="the build ended with -9")),
    ],
)
def test_what_came_of_a_build(monkeypatch: pytest.MonkeyPatch, program: str, rebuilt: Rebuilt) -> None:
    monkeypatch.setattr(rebuilding, "BUILD", (sys.executable, "-c", program))
    assert asyncio.run(rebuild_offline([])) == rebuilt


def test_a_lock_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "tried"
    program = (
        f"import pathlib, sys; p = pathlib.Path({str(mark)!r}); sys.exit(0 if p.exists() else p.touch() or 4)"
    )
    monkeypatch.setattr(rebuilding, "BUILD", (sys.executable, "-c", program))
    monkeypatch.setattr(rebuilding, "PATIENCE", 0.01)
    assert asyncio.run(rebuild_offline([])) == Rebuilt()
    assert mark.exists()


def test_a_build_ends_with_the_preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "pid"
    program = (
        f"import os, pathlib, time; pathlib.Path({str(mark)!r}).write_text(str(os.getpid())); time.sleep(60)"
    )
    monkeypatch.setattr(rebuilding, "BUILD", (sys.executable, "-c", program))

    async def session() -> None:
        task = asyncio.create_task(rebuild_offline([]))
        while not (mark.exists() and mark.read_text()):
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(session())
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)
