"""A real store in a file. Another database joins the tests by one more URL here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matrixsite.store.database import Database, open_database
from tests.store.filling import Filling


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty store."""
    opened = open_database(tmp_path / "store.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def filling(database: Database) -> Filling:
    """The store with a hand to fill it."""
    return Filling(database)
