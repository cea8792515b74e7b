"""`kill -9` at any moment: the next run makes of it what an undisturbed one would have made."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.conftest import process
from tests.crash.world import NOW, build_options, finish, first_night
from tests.nights import Nights

pytestmark = pytest.mark.long

IDS = ("a", "b", "c", "d")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    return first_night(tmp_path_factory.mktemp("kill") / "m", IDS, items=10)


@pytest.mark.parametrize(("command", "moments"), [("update", 3), ("build", 6)])
def test_killed_at_any_moment(begun: Nights, tmp_path: Path, command: str, moments: int) -> None:
    def options(nights: Nights) -> list[str | Path]:
        if command == "build":
            return build_options(nights)
        return ["update", "-c", nights.root / "feeds.yaml", "--now", NOW.isoformat(), "--jobs", "2"]

    undisturbed = begun.copy(tmp_path / "undisturbed")
    with process(*options(undisturbed)) as running:
        duration = _from_first_word(running)
    assert running.returncode == 0
    wanted = finish(undisturbed)
    chance = random.Random(command)
    for number in range(moments):
        nights = begun.copy(tmp_path / str(number))
        with process(*options(nights)) as running:
            _from_first_word(running, duration * (number + chance.random()) / moments)
        assert finish(nights) == wanted


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
