"""A matrix moves from one database to another and back, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from matrixsite.errors import StoreError
from matrixsite.pipeline.progress import Silent
from matrixsite.store import copying
from matrixsite.store.bulk import insert_rows
from matrixsite.store.copying import Content, content_of, copy_between, copy_store, row_count
from matrixsite.store.database import Database, open_database
from matrixsite.store.outbox import latest_change, record_changes
from matrixsite.store.runs import begin_run, remember
from matrixsite.store.schema import entry, image_copy, metadata
from tests.nights import LONG, Item
from tests.store.filling import Filling

AWKWARD = Item("t", title='制表\t "引号" \\. 反斜\\N', text=f"{LONG}\n😀", guid="urn:x:" + "长" * 3000)


@pytest.fixture
def other(request: pytest.FixtureRequest, place: str | Path, tmp_path: Path) -> Iterator[Database]:
    """An empty store on the other database."""
    served = isinstance(place, Path)
    opened = open_database(request.getfixturevalue("postgres_url") if served else tmp_path / "other.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def full(filling: Filling) -> Filling:
    """A store with something in it, bytes and numbers too."""
    filling.night({"a": [AWKWARD, "q"], "b": [Item("b", text=LONG)]})
    filling.night({"a": [AWKWARD, Item("q", text="改了。")]})
    with filling.database.write() as connection:
        begin_run(connection, "update", filling.now, filling.now)
        insert_rows(connection, image_copy, ("digest", "content"), [("d", bytes(range(256)))])
        remember(connection, "output", "/srv/site")
    return filling


def contents(database: Database) -> dict[str, Content]:
    with database.read() as connection:
        return {table.name: content_of(connection, table) for table in metadata.sorted_tables}


def test_every_row_arrives_and_numbers_go_on(full: Filling, other: Database) -> None:
    told: list[int] = []
    copied = copy_store(full.database, other, told.append)
    assert copied == contents(full.database) == contents(other)
    assert sum(told) == row_count(full.database) == sum(content.rows for content in copied.values())
    assert copied["entry"].rows == 3
    assert copied["revision"].rows == 1
    with full.database.read() as connection:
        last = latest_change(connection)
    with other.write() as connection:
        record_changes(connection, "entry", ["x"])
        assert begin_run(connection, "update", full.now, full.now) == 2
        assert latest_change(connection) == last + 1


def test_batches_change_nothing(full: Filling, other: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "_OTHERS", 2)
    monkeypatch.setattr(copying, "_BATCH", {})
    assert copy_store(full.database, other) == contents(full.database)


def test_a_matrix_is_never_copied_over(full: Filling, other: Database) -> None:
    before = contents(full.database)
    with pytest.raises(StoreError, match="holds a matrix already"):
        copy_store(other, full.database)
    assert contents(full.database) == before


def test_what_arrives_otherwise_is_not_kept(
    full: Filling, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lossy(connection: Any, table: Any, columns: Any, rows: Any) -> None:
        insert_rows(connection, table, columns, rows[1:] if table is entry else rows)

    monkeypatch.setattr(copying, "insert_rows", lossy)
    with pytest.raises(StoreError, match=r"of entry 3 rows went .* and 2 came"):
        copy_store(full.database, other)
    with other.read() as connection:
        assert connection.scalar(select(func.count()).select_from(entry)) == 0
    monkeypatch.undo()
    copy_store(full.database, other)


def test_there_must_be_something_to_copy(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        copy_between(tmp_path / "missing", tmp_path / "new", Silent())
    assert list(tmp_path.iterdir()) == []
