"""Real stores: a file, and a database of a server. A third one would join the tests by one more URL here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matrixsite.store.database import Database, open_database
from tests.postgres import Server
from tests.store.filling import Filling

BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def empty_store(postgres_server: Server) -> str:
    """The name of a database with an empty store, to make others like it."""
    url = postgres_server.create()
    open_database(url).close()
    return url.partition("@/")[2].partition("?")[0]


@pytest.fixture(params=BOTH)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str | Path]:
    """Where an empty store lies, or will."""
    if request.param == "sqlite":
        yield tmp_path / "store.sqlite3"
        return
    server: Server = request.getfixturevalue("postgres_server")
    url = server.create(request.getfixturevalue("empty_store"))
    yield url
    server.drop(url)


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
