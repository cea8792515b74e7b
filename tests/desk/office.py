"""The sample matrix with its site, for tests of the desk: built once, a copy for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matrixsite.desk.desk import Desk
from matrixsite.matrix import Matrix

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)  # the evening of the sample's last day


@dataclass(frozen=True, slots=True)
class Office:
    """A matrix of files, and the desk of it."""

    root: Path
    desk: Desk

    def text(self, name: str) -> str:
        """A file of content/."""
        return (self.root / "content" / name).read_text("utf-8")


@pytest.fixture(scope="session")
def sample_matrix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sample")
    shutil.copy(ROOT / "feeds.yaml", root)
    for name in ("content", "sample"):
        shutil.copytree(ROOT / name, root / name)
    Matrix.load(root / "feeds.yaml").build(now=NOW, offline=True, jobs=1)
    return root


@pytest.fixture
def matrix_copy(sample_matrix: Path, tmp_path: Path) -> Path:
    """One's own."""
    return Path(shutil.copytree(sample_matrix, tmp_path / "matrix"))


@pytest.fixture
def office(matrix_copy: Path) -> Iterator[Office]:
    """A desk at work."""
    desk = Desk(matrix_copy / "feeds.yaml", None, lambda: NOW)
    yield Office(matrix_copy, desk)
    desk.close()
