"""Runs of the command line under strace: which calls they make on which files, and what comes of it if one fails."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import Answer

_MAIN = "import sys; sys.argv[0] = 'matrixsite'; from matrixsite.cli import main; main()"
_LINE = re.compile(r"(?P<thread>\d+) (?P<call>\w+)\((?P<rest>.*)")


@dataclass(frozen=True, slots=True)
class Call:
    """One call as strace saw it."""

    thread: str
    name: str
    rest: str  # arguments and result, as strace writes them

    @property
    def injected(self) -> bool:
        return self.rest.endswith("(INJECTED)")


def require_strace() -> None:
    """Skip the test where strace isn't there or may not trace."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    if subprocess.run(["strace", "-f", "-o", os.devnull, "true"], capture_output=True).returncode:
        pytest.skip("strace is not permitted here")


def traced(
    args: Iterable[str | Path],
    log: Path,
    calls: Iterable[str],
    *,
    paths: Iterable[Path] = (),
    inject: str = "",
) -> tuple[Answer, list[Call]]:
    """Run `matrixsite ARGS`; tell its calls of these names, on these paths only where any are given.

    `inject` is strace's: `error=EIO:when=3` fails the third of them, counted by name and thread.
    """
    names = ",".join(calls)
    options = [
        "-f",
        "--seccomp-bpf",
        "-y",
        "-s",
        "0",
        "-e",
        f"trace={names}",
        "-e",
        "signal=none",
        "-o",
        str(log),
    ]
    options += [word for path in paths for word in ("-P", str(path))]
    options += ["-e", f"inject={names}:{inject}"] if inject else []
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        ["strace", *options, sys.executable, "-c", _MAIN, *map(str, args)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
    )
    found = (_LINE.match(" ".join(line.split())) for line in log.read_text("utf-8", "replace").splitlines())
    seen = [Call(match["thread"], match["call"], match["rest"]) for match in found if match]
    return Answer(done.returncode, done.stdout, done.stderr), seen
