"""Real stores: a file, and a database of a server. A third one would join the tests by one more URL here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matrixsite.store.database import Database, open_database
from tests.postgres import Server
from tests.store.filling import Filling

BOTH = ("sqlite", "postgresql")
ON_SQLITE = pytest.mark.parametrize("place", ["sqlite"], indirect=True)  # what only a file has


@pytest.fixture(scope="session")
def served_store(postgres_server: Server) -> str:
    """The URL of a store on a server, which the tests of a session empty and use again."""
    url = postgres_server.create()
    open_database(url).close()
    return url


@pytest.fixture(params=BOTH)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str | Path]:
    """Where an empty store lies, or will."""
    if request.param == "sqlite":
        yield tmp_path / "store.sqlite3"
        return
    url: str = request.getfixturevalue("served_store")
    yield url
    request.getfixturevalue("postgres_server").empty(url)


@pytest.fixture
def database(place: str | Path) -> Iterator[Database]:
    """An empty store."""
    opened = open_database(place)
    yield opened
    opened.close()


@pytest.fixture
def filling(database: Database) -> Filling:
    """The store with a hand to fill it."""
    return Filling(database)
