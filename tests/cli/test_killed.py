"""`kill -9` at any moment: the next run makes of it what an undisturbed one would have made."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from matrixsite.registry.exporting import entry_line
from tests.cli.conftest import process
from tests.nights import FIRST, LONG, NIGHT, Item, Nights, rss

IDS = ("a", "b", "c", "d")
Outcome = tuple[list[object], Mapping[str, bytes]]


def _feeds(nights: Nights, night: int) -> None:
    for name in IDS:
        items = [
            Item(f"{name}{n}", text=f"{LONG}{n}第{night if n % 5 == 0 else 1}版") for n in range(30 * night)
        ]
        nights.write(f"{name}.xml", rss(*items))


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    """A matrix that was built once; then its feeds changed."""
    nights = Nights(
        tmp_path_factory.mktemp("kill") / "m", [{"id": name, "feed": f"{name}.xml"} for name in IDS]
    )
    _feeds(nights, 1)
    nights.load().build(nights.root / "output", now=FIRST, jobs=1)
    _feeds(nights, 2)
    return nights


def _copy(nights: Nights, root: Path) -> Nights:
    """The same folder elsewhere; where it publishes to is remembered by its address, so it is named again."""
    shutil.copytree(nights.root, root)
    copied = object.__new__(Nights)
    copied.root = root
    return copied


def _finish(nights: Nights) -> Outcome:
    matrix = nights.load()
    matrix.build(nights.root / "output", now=FIRST + NIGHT, jobs=1, force=True)
    lines: list[object] = [entry_line(entry, matrix.zone) for entry in matrix.entries(status=None)]
    site = nights.root / "output"
    files = (path for path in site.rglob("*") if path.is_file() and path.name != ".matrixsite-output")
    return lines, {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize(("command", "moments"), [("update", 3), ("build", 6)])
def test_killed_at_any_moment(first_night: Nights, tmp_path: Path, command: str, moments: int) -> None:
    now = (FIRST + NIGHT).isoformat()

    def options(nights: Nights) -> list[str | Path]:
        where: list[str | Path] = ["-o", nights.root / "output", "--force"] if command == "build" else []
        return [command, "-c", nights.root / "feeds.yaml", "--now", now, "--jobs", "2", *where]

    undisturbed = _copy(first_night, tmp_path / "undisturbed")
    with process(*options(undisturbed)) as running:
        duration = _from_first_word(running)
    assert running.returncode == 0
    wanted = _finish(undisturbed)
    chance = random.Random(command)
    for number in range(moments):
        nights = _copy(first_night, tmp_path / str(number))
        with process(*options(nights)) as running:
            _from_first_word(running, duration * (number + chance.random()) / moments)
        assert _finish(nights) == wanted


def _from_first_word(running: subprocess.Popen[str], kill_after: float | None = None) -> float:
    """Wait until a run has begun its work, then for its end, or kill it after so many seconds; how long it took."""
    assert running.stderr is not None
    assert "feeds: 0 of 4" in running.stderr.readline()
    began = time.monotonic()
    if kill_after is not None:
        time.sleep(kill_after)
        running.kill()
    running.communicate()
    return time.monotonic() - began
