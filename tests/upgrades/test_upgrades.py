"""A store of every earlier version opens in this one, which then goes on as if it had always been of this one."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from matrixsite.registry.exporting import entry_line
from matrixsite.store.schema import SCHEMA_VERSION
from tests.nights import NIGHT, Nights
from tests.site.conftest import tree
from tests.upgrades.history import ACCOUNTS, STORE, STORES, third_night, two_nights

VERSIONS = sorted(int(path.stem) for path in STORES.glob("*.sql"))


@pytest.fixture(scope="module")
def always(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    """The matrix whose store has always been of this version."""
    nights = two_nights(tmp_path_factory.mktemp("always") / "m")
    third_night(nights)
    return nights


@pytest.fixture(params=VERSIONS)
def upgraded(request: pytest.FixtureRequest, always: Nights, tmp_path: Path) -> Nights:
    """The same with the store of an earlier version, as the night before left it."""
    nights = Nights(tmp_path / "m", ACCOUNTS)
    for name in ("columns/books.md", "withdrawn.yaml", "approved.yaml"):
        nights.write(f"content/{name}", (always.root / "content" / name).read_bytes())
    for name in ("a.xml", "c.xml"):
        nights.write(name, (always.root / name).read_bytes())
    (nights.root / STORE).parent.mkdir()
    with closing(sqlite3.connect(nights.root / STORE)) as connection:
        connection.executescript((STORES / f"{request.param}.sql").read_text(encoding="utf-8"))
    nights.night += 2 * NIGHT
    return nights


def lines(nights: Nights) -> list[dict[str, Any]]:
    """All that programs are told of entries."""
    matrix = nights.load()
    return [entry_line(entry, matrix.zone) for entry in matrix.entries(status=None)]


def test_there_are_stores_to_open() -> None:
    assert VERSIONS
    assert max(VERSIONS) <= SCHEMA_VERSION


def test_it_goes_on_as_if_it_had_always_been_of_this_version(upgraded: Nights, always: Nights) -> None:
    third_night(upgraded)
    assert json.dumps(lines(upgraded)) == json.dumps(lines(always))
    assert tree(upgraded.root / "output") == tree(always.root / "output")
