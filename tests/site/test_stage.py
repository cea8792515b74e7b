from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.site.stage import content_digest, stage_page, staged_paths
from tests.site.conftest import tree


def _stage(folder: Path, path: str, content: bytes, known: bytes = b"") -> bytes:
    return stage_page(str(folder / "stage"), str(folder / "output"), path, content, known)


def test_only_what_is_new_is_staged(tmp_path: Path) -> None:
    published = tmp_path / "output/b/same.html"
    published.parent.mkdir(parents=True)
    published.write_bytes(b"1")
    pages = {"a/b/new.html": b"1", "a/b/newer.html": b"", "b/same.html": b"1", "b": b"1", "c.html": b"1"}
    for path, content in pages.items():
        known = content_digest(b"1") if path == "c.html" else b""
        if path != "b":  # a file where we have a folder
            assert _stage(tmp_path, path, content, known) == content_digest(content)
    assert tree(tmp_path / "stage") == {"a/b/new.html": b"1", "a/b/newer.html": b""}


@pytest.mark.parametrize(
    "there", ["a/x.html/", "a", "a/x.html"]
)  # a folder, a file for a folder, other bytes
def test_what_the_published_folder_has_there_is_not_the_page(tmp_path: Path, there: str) -> None:
    file = tmp_path / "output" / there
    file.parent.mkdir(parents=True)
    file.mkdir() if there.endswith("/") else file.write_bytes(b"2")
    _stage(tmp_path, "a/x.html", b"1")
    assert tree(tmp_path / "stage") == {"a/x.html": b"1"}


def test_a_disk_that_takes_a_little_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: write(handle, content[:3]))
    _stage(tmp_path, "x.html", b"0123456789")
    assert tree(tmp_path / "stage") == {"x.html": b"0123456789"}


@pytest.mark.parametrize("path", ["../x.html", "/etc/passwd", "", "a//x.html", "a/./x.html", "a/.."])
def test_no_page_leaves_the_stage(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="no path inside a site"):
        _stage(tmp_path, path, b"")


names = st.sampled_from(["a", "a-b", "a.html", "a0", "b"])


@given(st.lists(st.lists(names, min_size=1, max_size=3)))
def test_paths_come_in_order(tmp_path_factory: pytest.TempPathFactory, paths: list[list[str]]) -> None:
    folder = tmp_path_factory.mktemp("stage")
    staged = {"/".join([*folders, f"{name}.x"]) for *folders, name in paths}
    for path in staged:
        _stage(folder, path, b"")
    assert list(staged_paths(str(folder / "stage"))) == sorted(staged)
