"""`publish`: what it prints and answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import NOW, Command
from tests.nights import Nights, rss

Config = tuple[str, Path]


@pytest.fixture
def built(cli: Command, matrix: Nights, config: Config) -> Nights:
    assert cli("build", *config, "--now", NOW).code == 0
    return matrix


def test_uploads_then_has_nothing_to_do(cli: Command, built: Nights, config: Config) -> None:
    place = built.root / "www"
    files = sum(path.is_file() for path in (built.root / "output").rglob("*")) - 1  # the token stays
    dry = cli("publish", *config, "--to", "dir:www", "--dry-run")
    assert (dry.code, dry.out) == (0, f"dir:www: {files} to send, 0 to delete, 0 unchanged\n")
    assert not place.exists()
    first = cli("publish", *config, "--to", "dir:www")
    assert (first.code, first.out) == (0, f"dir:www: {files} sent, 0 deleted, 0 unchanged\n")
    again = cli("publish", *config, "--to", f"dir:{place}")  # the same place by another name
    assert again.out == f"dir:{place}: 0 sent, 0 deleted, {files} unchanged\n"
    assert (place / "index.html").read_bytes() == (built.root / "output/index.html").read_bytes()


def test_uploads_what_a_night_changed(cli: Command, built: Nights, config: Config) -> None:
    cli("publish", *config, "--to", "dir:www", "--to", "dir:mirror")
    built.write("b.xml", rss("b1", "b2"))
    cli("build", *config, "--now", "2026-11-21T03:00:00+08:00")
    answer = cli("publish", *config, "--to", "dir:www", "--log-json")
    done = [json.loads(line) for line in answer.err.splitlines() if '"done"' in line][-1]
    changes = (built.root / ".matrixsite/changes.txt").read_text("utf-8").splitlines()
    assert (done["send"], done["delete"]) == (len(changes), 0)


@pytest.mark.parametrize(
    ("target", "code", "said"),
    [
        ("www", 2, "names no place to publish to; write dir:FOLDER"),
        ("dir:output", 3, "is where the site is built"),
        ("dir:feeds.yaml", 3, "feeds.yaml"),  # a file
    ],
)
def test_what_can_not_be(
    cli: Command, built: Nights, config: Config, target: str, code: int, said: str
) -> None:
    answer = cli("publish", *config, "--to", target)
    assert answer.code == code
    assert said in answer.err


def test_a_site_that_was_not_built_here(cli: Command, matrix: Nights, config: Config) -> None:
    (matrix.root / "output").mkdir()
    answer = cli("publish", *config, "--to", "dir:www")
    assert answer.code == 3
    assert "holds no site that was built here; run `matrixsite build` first" in answer.err


def test_verify_mends_what_others_did_at_the_target(cli: Command, built: Nights, config: Config) -> None:
    cli("publish", *config, "--to", "dir:www")
    (built.root / "www/robots.txt").unlink()
    assert cli("publish", *config, "--to", "dir:www").out.startswith("dir:www: 0 sent")
    assert cli("publish", *config, "--to", "dir:www", "--verify").out.startswith("dir:www: 1 sent")
    assert (built.root / "www/robots.txt").exists()
