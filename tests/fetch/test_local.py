"""Local feeds stay inside the folder of feeds.yaml."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from matrixsite.fetch.local import read_local
from matrixsite.model import Outcome, Request
from tests.fetch.asking import code


@pytest.fixture
def root(tmp_path: Path) -> Path:
    inside = tmp_path / "matrix"
    (inside / "feeds").mkdir(parents=True)
    (inside / "feeds" / "a.xml").write_bytes(b"<rss/>")
    (inside / "big.xml").write_bytes(bytes(101))
    (tmp_path / "secret.xml").write_bytes(b"secret")
    (inside / "link.xml").symlink_to("feeds/a.xml")
    (inside / "out.xml").symlink_to("../secret.xml")
    (inside / "loop.xml").symlink_to("loop.xml")
    (inside / "up").symlink_to("..")
    os.mkfifo(inside / "pipe")
    return inside


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("feeds/a.xml", ""),
        ("./feeds/../feeds/a.xml", ""),
        ("link.xml", ""),
        ("../secret.xml", "outside-folder"),
        ("out.xml", "outside-folder"),
        ("up/secret.xml", "outside-folder"),
        ("/etc/passwd", "outside-folder"),
        ("none.xml", "missing-file"),
        ("feeds", "unreadable-file"),
        ("pipe", "unreadable-file"),
        ("loop.xml", "unreadable-file"),
        ("feeds/a.xml/b", "unreadable-file"),
        ("nul\0.xml", "unreadable-file"),
        ("x" * 300, "unreadable-file"),
        ("big.xml", "too-large"),
    ],
)
def test_paths(root: Path, path: str, expected: str) -> None:
    answer = read_local(Request("a", path), root, 100)
    assert (code(answer), answer.body) == (expected, b"" if expected else b"<rss/>")


def test_an_unchanged_file_is_the_same(root: Path) -> None:
    first = read_local(Request("a", "feeds/a.xml"), root, 100)
    again = read_local(Request("a", "feeds/a.xml", digest=first.digest), root, 100)
    assert (first.outcome, again.outcome, again.body) == (Outcome.NEW, Outcome.SAME, b"")
