"""The example plugin of docs/examples: installed as anyone would install it, and used by a build of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.nights import Nights

EXAMPLE = Path(__file__).parents[1] / "docs/examples/matrixsite-notices"
NOW = "2026-11-22T03:00:00+08:00"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example's package, made from a copy: building leaves files behind."""
    pytest.importorskip("setuptools", minversion="70.1", reason="setuptools can't build the example")
    root = tmp_path_factory.mktemp("plugin")
    subprocess.run(["cp", "-r", EXAMPLE, root / "source"], check=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    options = ["--no-build-isolation", "--no-deps", "--no-index", "--target", str(root / "site")]
    subprocess.run([*pip, *options, str(root / "source")], check=True, capture_output=True)
    return root / "site"


@pytest.fixture
def matrix(tmp_path: Path) -> Nights:
    """An account that the example reads, with measures and a board that uses its function."""
    feed = {"url": "notices.txt", "source": "notices"}
    nights = Nights(tmp_path / "m", [{"id": "a", "feed": feed, "filters": ["without-raffles"]}])
    nights.write(
        "notices.txt",
        "# 通知\n2026-11-20 【头条】停水通知 https://x.cn/1\n2026-11-21 转发抽奖 https://x.cn/2\n",
    )
    return nights


def run(place: Path, root: Path, *args: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(place), *sys.path])}
    command = [sys.executable, "-m", "matrixsite", *args]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)


def test_the_example_reads_filters_and_counts(place: Path, matrix: Nights) -> None:
    done = run(place, matrix.root, "build", "--now", NOW)
    assert done.returncode == 0, done.stderr
    lines = run(place, matrix.root, "export", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["title"] for line in lines] == ["停水通知"]


def test_the_example_counts(place: Path, matrix: Nights) -> None:
    matrix.write("content/measures/2026-10.csv", "account,period,reads\na,2026-10,9\n")
    matrix.write(
        "content/indices/capped.yaml",
        "id: capped\nversion: '1'\ntitle: 封顶\nsource: {name: 例}\nscore: capped(reads, 5) + 1\n",
    )
    matrix.write("content/boards/best.md", "---\ntitle: 榜\nindex: capped\nperiod: month\n---\n")
    shown = run(place, matrix.root, "boards", "show", "best", "2026-10")
    assert "6.00" in shown.stdout.split(), shown.stdout + shown.stderr


def test_without_its_package_the_settings_say_what_is_missing(matrix: Nights) -> None:
    done = run(Path("/nowhere"), matrix.root, "build", "--now", NOW)
    assert done.returncode == 2
    assert "no package that is installed offers `notices`" in done.stderr


def test_a_package_that_left_after_the_settings_were_read_is_missed(place: Path, matrix: Nights) -> None:
    assert run(place, matrix.root, "build", "--now", NOW).returncode == 0
    done = run(Path("/nowhere"), matrix.root, "build", "--now", NOW)
    assert done.returncode == 2
    assert "there is no plugin 'without-raffles' of matrixsite.filters; install its package" in done.stderr
