"""Two runs of one matrix at once: the second steps back, the first knows nothing of it."""

from __future__ import annotations

import signal
from pathlib import Path

from tests.cli.conftest import process, run
from tests.crash.world import build_options, finish, first_night, published


def test_the_second_run_steps_back(tmp_path: Path) -> None:
    first = first_night(tmp_path / "m", ("a", "b"))
    wanted = finish(first.copy(tmp_path / "undisturbed"))
    with process(*build_options(first)) as running:
        assert running.stderr is not None
        assert "feeds: 0 of 2" in running.stderr.readline()
        running.send_signal(signal.SIGSTOP)  # at work, for as long as it takes
        before = published(first)
        second = run(*build_options(first))
        assert second.code == 4
        assert second.err.startswith("matrixsite: another run is at work: build, process ")
        assert published(first) == before
        running.send_signal(signal.SIGCONT)
        running.communicate()
    assert running.returncode == 0
    assert published(first) == wanted.site
    assert finish(first) == wanted
