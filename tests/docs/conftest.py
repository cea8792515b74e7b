"""A reader who does what documents say, in a folder of their own, with a home of their own, off the network."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from matrixsite.registry.starter import start_matrix
from tests.docs.steps import Command, File
from tests.docs.warm import write_command

SECONDS = 60  # for a command


@dataclass
class Reader:
    """Saves files and gives commands; `elsewhere` stands for addresses that documents name."""

    folder: Path
    environment: dict[str, str]
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    def do(self, step: File | Command) -> None:
        """Take a step; a command must end, and answer, as the document says."""
        if isinstance(step, File):
            self._save(step)
        elif step.not_run is None and step.lasting:
            self._look(self._meant(step.text))
        elif step.not_run is None:
            self._give(step)

    def _save(self, file: File) -> None:
        path = self.folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._meant(file.text), encoding="utf-8")

    def _give(self, command: Command) -> None:
        script = f"{self._meant(command.text)}\ncode=$?\npwd > {self._where}\nexit $code"
        done = self._run(script)
        told = f"$ {command.text}\n{done.stdout}{done.stderr}"
        assert done.returncode == command.code, told
        self.folder = Path(self._where.read_text().strip())
        for answer in command.answers:
            pattern = ".*".join(map(re.escape, self._meant(answer).split("…")))
            assert re.search(pattern, done.stdout + done.stderr), f"no line like {answer!r}\n{told}"

    def _look(self, command: str) -> None:
        """Begin what lasts, open the address it names, and end it as ^C does."""
        words = command.split()
        options = ["--port", "0", *(["--no-browser"] if words[1] == "desk" else [])]
        with subprocess.Popen(
            [sys.executable, "-m", *words, *options],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as lasting:
            try:
                assert lasting.stdout
                address = next(
                    found[0] for line in lasting.stdout if (found := re.search(r"http://\S+", line))
                )
                browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
                with browser.open(address, timeout=SECONDS) as answer:
                    assert answer.status == 200
            finally:
                lasting.send_signal(signal.SIGINT)
                lasting.communicate(timeout=SECONDS)

    def _run(self, script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )

    @property
    def _where(self) -> Path:
        return Path(self.environment["HOME"]) / "where"

    def _meant(self, text: str) -> str:
        for named, real in self.elsewhere.items():
            text = text.replace(named, real)
        return text


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the command `matrixsite`."""
    folder = tmp_path_factory.mktemp("bin")
    write_command(folder / "matrixsite", folder / "socket")
    (folder / "python3").symlink_to(sys.executable)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.docs.warm", str(folder / "socket")],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as warm:
        assert warm.stdout
        assert warm.stdout.readline() == b"ready\n"
        yield folder  # it ends with its input


@pytest.fixture
def reader(programs: Path, tmp_path: Path) -> Reader:
    """Someone in an empty folder."""
    for name in ("home", "work"):
        (tmp_path / name).mkdir()
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "GIT_", "RCLONE_"))
    }
    git = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _PERSON.items()}
    own = {
        "HOME": str(tmp_path / "home"),
        "PATH": os.pathsep.join([str(programs), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, sys.path)]),
        "COLUMNS": "200",
    }
    return Reader(tmp_path / "work", {**kept, **git, **own})


_PERSON = {"NAME": "Editor", "EMAIL": "editor@example.org"}


@pytest.fixture
def begun(reader: Reader) -> Reader:
    """Someone in the folder of the matrix that `init` makes, as most guides find their reader."""
    start_matrix(reader.folder / "m")
    reader.folder = reader.folder / "m"
    return reader


Needed = Callable[[str], None]


@pytest.fixture
def needs() -> Needed:
    """Skip where a program isn't installed."""

    def need(program: str) -> None:
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")

    return need
