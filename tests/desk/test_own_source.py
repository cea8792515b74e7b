"""Whoever uses the desk may have its source, and nothing else."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

import matrixsite
from matrixsite.desk.own_source import source_archive, source_files
from tests.desk.conftest import Browser

PACKAGE = Path(matrixsite.__file__).parent
FIRST = "matrixsite-source/"


@pytest.fixture(scope="module")
def packed() -> dict[str, bytes]:
    with ZipFile(BytesIO(source_archive())) as archive:
        assert archive.testzip() is None
        return {name.removeprefix(FIRST): archive.read(name) for name in archive.namelist()}


def test_all_source_is_there(packed: dict[str, bytes]) -> None:
    """Every file of the package but compiled ones, so that a kind of file that is new to it is not forgotten."""
    own = [path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    theme = [path for path in (PACKAGE.parent / "themes" / "alliance").rglob("*") if path.is_file()]
    assert len(own) > 250
    assert len(theme) > 5
    for path in own + theme:
        assert packed[path.relative_to(PACKAGE.parent).as_posix()] == path.read_bytes()
    assert b"AGPL-3.0" in packed["METADATA"]
    assert b"AFFERO" in packed["LICENSE"]
    assert b"[project]" in packed["pyproject.toml"]


def test_nothing_else_is_there(packed: dict[str, bytes]) -> None:
    allowed = re.compile(r"(matrixsite|themes/alliance)/[\w./-]+|LICENSE|METADATA|pyproject\.toml")
    assert [name for name in packed if not allowed.fullmatch(name)] == []
    assert [name for name in packed if re.search(r"\.(pyc|sqlite|db|log)$|/\.matrixsite/|\.\.", name)] == []


def test_a_matrix_that_lies_there_stays_there(tmp_path: Path) -> None:
    package = tmp_path / "matrixsite"
    kept = ["matrixsite/a.py", "matrixsite/b/c.html", "matrixsite/b/c.po", "themes/alliance/static/a.css"]
    secret = [
        *(
            "feeds.yaml",
            "content/a.md",
            ".matrixsite/desk/password",
            "output/index.html",
            "themes/own/a.html",
        ),
        *("matrixsite/.matrixsite/runs/1.json", "matrixsite/store.sqlite", "matrixsite/.env", "setup.py"),
        *("matrixsite/__pycache__/a.py", "matrixsite/.git/a.py"),
    ]
    for name in kept + secret:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (package / "linked.py").symlink_to(tmp_path / "feeds.yaml")
    names = {name for name, _ in source_files(package)}
    assert names - {"METADATA", "LICENSE"} == set(kept)


def test_in_an_installed_package_the_theme_lies_inside(tmp_path: Path) -> None:
    package = tmp_path / "matrixsite"
    for name in ("a.py", "themes/alliance/b.html", "../themes/alliance/other.html", "../pyproject.toml"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(name)
    names = {name for name, _ in source_files(package)}
    assert names - {"METADATA", "LICENSE"} == {"matrixsite/a.py", "themes/alliance/b.html"}


def test_the_same_files_give_the_same_bytes(desk: Browser) -> None:
    first = source_archive()
    source_archive.cache_clear()
    assert source_archive() == first
    answer = desk.get("/source.zip")
    assert (answer.status, answer["Content-Type"], answer.raw) == (200, "application/zip", first)
    assert '<a href="/source.zip">' in desk.get("/").body
