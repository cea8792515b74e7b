"""The nightly workflows that `init` writes: their commands, run as their hosts run them, two nights in a row."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from matrixsite.registry.starter import start_matrix

GITHUB, GITLAB = ".github/workflows/nightly.yml", ".gitlab-ci.yml"


def github(tree: Any) -> list[str]:
    """The scripts of GitHub's workflow but for what talks to GitHub."""
    return [
        step["run"]
        for step in tree["jobs"]["build"]["steps"]
        if "run" in step and "gh run" not in step["run"]
    ]


def gitlab(tree: Any) -> list[str]:
    return [str(line) for line in tree["pages"]["script"] if "curl" not in line]


@pytest.fixture
def matrix(tmp_path: Path) -> Path:
    start_matrix(tmp_path / "m")
    program = tmp_path / "bin/matrixsite"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m matrixsite "$@"\n')
    program.chmod(0o755)
    return tmp_path / "m"


def night(matrix: Path, scripts: list[str]) -> None:
    path = os.pathsep.join([str(matrix.parent / "bin"), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": os.pathsep.join(sys.path)}
    for script in scripts:
        if not script.startswith("pip "):
            subprocess.run(
                ["bash", "-e", "-c", script], cwd=matrix, env=environment, check=True, capture_output=True
            )


@pytest.mark.parametrize(
    ("file", "scripts", "site"),
    [(GITHUB, github, "output"), (GITLAB, gitlab, "public")],
    ids=["github", "gitlab"],
)
def test_nights_keep_a_store_that_the_next_can_begin_with(
    matrix: Path, file: str, scripts: Any, site: str
) -> None:
    text = (matrix / file).read_text(encoding="utf-8")
    commands = scripts(yaml.safe_load(text))
    assert len(commands) >= 3
    night(matrix, commands)
    assert (matrix / site / "index.html").exists()
    backup = (matrix / "store.backup").rename(matrix / "last.backup")
    for path in (matrix / ".matrixsite").glob("store.sqlite3*"):
        path.unlink()
    night(matrix, [f"matrixsite store restore {backup.name}", *commands])
    assert (matrix / "store.backup").stat().st_size == backup.stat().st_size


def test_feeds_that_fail_keep_no_night_from_publishing(matrix: Path) -> None:
    settings = matrix / "feeds.yaml"
    settings.write_text(
        re.sub(r"feed: .*", "feed: feeds/gone.xml", settings.read_text("utf-8")), encoding="utf-8"
    )
    night(matrix, gitlab(yaml.safe_load((matrix / GITLAB).read_text("utf-8"))))
    assert (matrix / "public/index.html").exists()
