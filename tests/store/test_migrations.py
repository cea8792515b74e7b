"""A store of an earlier version opens, keeps its stories, and finds new ones as if it had always been of this one."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, func, inspect, select

from matrixsite.store.database import Database, open_database
from matrixsite.store.schema import entry, posting_recent, story, story_entry
from tests.store.filling import Filling

VERSION_1 = Path(__file__).with_name(
    "version_1.sql"
)  # two carriers of a text, another entry, and one that waits


@pytest.fixture
def migrated(request: pytest.FixtureRequest, place: str | Path, tmp_path: Path) -> Iterator[Database]:
    """A store of version 1, opened."""
    old: str | Path = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(VERSION_1.read_text(encoding="utf-8"))
        if isinstance(place, str):
            url: str = request.getfixturevalue("postgres_url")
            to_a_server(connection, url)
            old = url
    database = open_database(old)
    yield database
    database.close()


def to_a_server(connection: sqlite3.Connection, url: str) -> None:
    """Tables, rows and indexes as PostgreSQL has them."""
    engine = create_engine(url)
    made = "SELECT name, sql FROM sqlite_master WHERE sql > '' ORDER BY type DESC"
    with engine.begin() as server:
        for _, statement in connection.execute(made):
            numbered = re.sub(
                r"(seq|\tid) INTEGER NOT NULL", r"\1 SERIAL", statement.replace("BLOB", "BYTEA")
            )
            server.exec_driver_sql(numbered)
        for table, statement in connection.execute(made).fetchall():
            if statement.startswith("CREATE TABLE"):
                kinds = [kind for _, _, kind, *_ in connection.execute(f"PRAGMA table_info({table})")]
                for row in connection.execute(f"SELECT * FROM {table}"):
                    pairs = zip(row, kinds, strict=True)
                    values = tuple(bool(value) if kind == "BOOLEAN" else value for value, kind in pairs)
                    places = ", ".join(["%s"] * len(values))
                    server.exec_driver_sql(f"INSERT INTO {table} VALUES ({places})", values)
    engine.dispose()


def shape(engine: Engine) -> dict[str, tuple[object, ...]]:
    """Names of columns and indexes by table."""
    seen = inspect(engine)
    return {
        table: (
            {column["name"]: (str(column["type"]), column["nullable"]) for column in seen.get_columns(table)},
            {index["name"]: index["column_names"] for index in seen.get_indexes(table)},
        )
        for table in seen.get_table_names()
    }


def test_it_becomes_what_a_new_store_is(migrated: Database, database: Database) -> None:
    assert shape(migrated._engine) == shape(database._engine)


def test_stories_stay_and_their_text_is_found_again(migrated: Database) -> None:
    filling = Filling(migrated)
    before = {row.account: (row.id, row.story, row.feed_id) for row in filling.rows()}
    founder = before["a"][0]
    assert [before[name][1] for name in "abcd"] == [founder, founder, before["c"][0], None]
    filling.join()
    after = {row.account: (row.id, row.story, row.feed_id) for row in filling.rows()}
    assert {name: after[name] for name in "abc"} == {name: before[name] for name in "abc"}
    assert after["d"][1] == founder
    with migrated.read() as connection:
        (found,) = connection.execute(select(story).where(story.c.id == founder))
        reasons = dict(connection.execute(select(story_entry.c.entry, story_entry.c.reason)).all())
    assert (found.size, found.founded, found.length) == (3, filling.row("另一条").first_seen - 86400, 84)
    assert reasons[before["b"][0]] == "text"


def test_titles_get_the_keys_that_new_ones_get(migrated: Database, filling: Filling) -> None:
    with migrated.read() as connection:
        old = dict(connection.execute(select(entry.c.account, entry.c.title_key)).all())
    assert old["a"] == old["b"] == old["d"] != old["c"] is not None


def test_the_index_is_learned_once(migrated: Database) -> None:
    Filling(migrated).join()
    with migrated.read() as connection:
        count = connection.scalar(select(func.count()).select_from(posting_recent))
    Filling(migrated).join()
    with migrated.read() as connection:
        assert connection.scalar(select(func.count()).select_from(posting_recent)) == count
    assert count
