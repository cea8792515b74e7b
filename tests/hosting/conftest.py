"""A site that was built, with the store that knows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matrixsite.store.database import Database, open_database
from tests.nights import FIRST, LONG, Item, Nights, rss

ACCOUNTS = [{"id": "a", "feed": "a.xml"}, {"id": "b", "feed": "b.xml"}]


@pytest.fixture
def matrix(tmp_path: Path) -> Nights:
    """Two accounts that share a story, built on the first night."""
    nights = Nights(tmp_path / "m", ACCOUNTS)
    nights.write("a.xml", rss(Item("one", "图书馆", LONG), Item("two", "湖边")))
    nights.write("b.xml", rss(Item("three", "图书馆延时", LONG), Item("four", "山上")))
    nights.load().build(now=FIRST, jobs=1)
    return nights


@pytest.fixture
def site(matrix: Nights) -> Path:
    """Where it was built."""
    return matrix.root / "output"


@pytest.fixture
def store(matrix: Nights) -> Iterator[Database]:
    """Its store."""
    database = open_database(matrix.root / ".matrixsite/store.sqlite3")
    yield database
    database.close()


def next_night(matrix: Nights) -> None:
    """A new entry, one that is withdrawn, and an account that leaves: pages come, change and go."""
    matrix.set_up(ACCOUNTS[:1])
    matrix.write("a.xml", rss(Item("one", "图书馆", LONG), Item("two", "湖边"), Item("five", "新馆", day=2)))
    matrix.night += matrix.night - FIRST
    matrix.load().build(now=matrix.night, jobs=1, force=True)
