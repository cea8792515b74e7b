"""The command line, called in this process or as one of its own."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from matrixsite.cli import main
from tests.nights import Nights, rss

NOW = "2026-11-20T03:00:00+08:00"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command came to."""

    code: int
    out: str
    err: str


Command = Callable[..., Answer]


@pytest.fixture
def cli(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """Run `matrixsite ARGS` in this process."""
    monkeypatch.setenv("COLUMNS", "200")
    before = list(logging.getLogger().handlers)

    def call(*args: str | Path) -> Answer:
        capfdbinary.readouterr()
        monkeypatch.setattr(sys, "argv", ["matrixsite", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfdbinary.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Answer(code, out.decode(), err.decode())

    yield call
    logging.getLogger().handlers = before


def process(*args: str | Path, limit: int | None = None) -> subprocess.Popen[str]:
    """`matrixsite ARGS` as a process; `limit`: the most bytes that a file of it may have, as on a full disk."""
    size = (
        f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); " if limit else ""
    )
    code = (
        f"{size}import sys; sys.argv = ['matrixsite', *sys.argv[1:]]; from matrixsite.cli import main; main()"
    )
    command = [sys.executable, "-c", code, *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(*args: str | Path, limit: int | None = None) -> Answer:
    """Run `matrixsite ARGS` to its end."""
    with process(*args, limit=limit) as running:
        out, err = running.communicate(timeout=60)
    return Answer(running.returncode, out, err)


@pytest.fixture
def matrix(tmp_path: Path) -> Nights:
    """Two accounts with local feeds."""
    nights = Nights(tmp_path, [{"id": "a", "feed": "a.xml"}, {"id": "b", "feed": "b.xml"}])
    nights.write("a.xml", rss("a1", "a2"))
    nights.write("b.xml", rss("b1"))
    return nights


@pytest.fixture
def config(matrix: Nights) -> tuple[str, Path]:
    """The option that names its settings."""
    return ("-c", matrix.root / "feeds.yaml")
