"""Backups, beside readers, over damaged stores."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from matrixsite.errors import StoreError
from matrixsite.store.backup import backup, restore
from matrixsite.store.database import Database, open_database
from matrixsite.store.schema import entry
from tests.store.conftest import ON_SQLITE
from tests.store.filling import Filling

pytestmark = ON_SQLITE


def titles(file: Path) -> list[str]:
    database = open_database(file)
    with database.read() as connection:
        found = list(connection.scalars(select(entry.c.title).order_by(entry.c.title)))
    database.close()
    return found


@pytest.fixture
def saved(filling: Filling, tmp_path: Path) -> Path:
    """A backup of one entry, named to be hard; the store itself has one more."""
    filling.night({"a": ["p"]})
    file = tmp_path / "kept" / "store 50%#1?.bak"
    backup(filling.database, file)
    filling.night({"a": ["q"]})
    return file


def test_there_and_back_again(filling: Filling, saved: Path) -> None:
    file = filling.database.file
    assert titles(saved) == ["标题 p"]
    assert titles(file) == ["标题 p", "标题 q"]
    filling.database.close()
    restore(file, saved)
    assert titles(file) == ["标题 p"]
    assert [
        path.name for path in file.parent.iterdir() if "restore" in path.name or "part" in path.name
    ] == []


def test_a_backup_beside_a_reader_and_what_the_journal_holds(filling: Filling, tmp_path: Path) -> None:
    filling.night({"a": ["p"]})
    with filling.database.read() as connection:
        connection.scalar(select(entry.c.id))
        backup(filling.database, tmp_path / "copy")
    assert titles(tmp_path / "copy") == ["标题 p"]


@pytest.mark.parametrize("damage", [b"", b"no database" * 500, None], ids=["empty", "garbage", "missing"])
def test_a_damaged_store_can_be_restored(filling: Filling, saved: Path, damage: bytes | None) -> None:
    file = filling.database.file
    filling.database.close()
    file.unlink() if damage is None else file.write_bytes(damage)
    restore(file, saved)
    assert titles(file) == ["标题 p"]


def test_a_bad_backup_leaves_the_store_alone(filling: Filling, saved: Path, tmp_path: Path) -> None:
    file = filling.database.file
    filling.database.close()
    broken, foreign = tmp_path / "broken", tmp_path / "foreign"
    broken.write_bytes(saved.read_bytes()[:5000])
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE bookmark (url TEXT)")
    for bad in (broken, foreign, tmp_path / "missing", tmp_path, file):
        with pytest.raises(StoreError):
            restore(file, bad)
    assert titles(file) == ["标题 p", "标题 q"]


def test_no_backup_over_the_store_itself(database: Database) -> None:
    with pytest.raises(StoreError, match="the store itself"):
        backup(database, database.file)
