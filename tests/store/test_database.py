"""Opening stores: new, current, newer, foreign, broken."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert, select, update

from matrixsite.errors import StoreError, StoreTooNew
from matrixsite.store.database import Database, open_database, store_file
from matrixsite.store.schema import SCHEMA_VERSION, meta
from tests.postgres import Server


def sql(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


def test_a_new_store_is_made_with_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "store.sqlite3"
    open_database(file).close()
    database = open_database(file)
    with database.read() as connection:
        assert connection.scalar(select(meta.c.value).where(meta.c.key == "schema")) == str(SCHEMA_VERSION)
    assert database.file == file
    database.close()


def test_a_newer_store_is_refused(database: Database, place: str | Path) -> None:
    with database.write() as connection:
        connection.execute(update(meta).where(meta.c.key == "schema").values(value="999"))
    with pytest.raises(StoreTooNew, match="upgrade matrixsite"):
        open_database(place)


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "bookmarks.sqlite"
    sql(file, "CREATE TABLE bookmark (url TEXT)")
    with pytest.raises(StoreError, match="another program"):
        open_database(file)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmark",)]


def test_what_is_no_database_is_named_with_a_mend(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite3"
    file.write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match="restore a backup"):
        open_database(file)


def test_a_folder_that_can_t_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="can't be made"):
        open_database(tmp_path / "file" / "store.sqlite3")


def test_a_transaction_is_whole_or_nothing(database: Database) -> None:
    def half() -> None:
        with database.write() as connection:
            connection.execute(insert(meta).values(key="x", value="y"))
            raise KeyError

    with pytest.raises(KeyError):
        half()
    with database.read() as connection:
        assert connection.scalar(select(meta.c.value).where(meta.c.key == "x")) is None


def test_readers_see_one_moment_and_wait_for_nobody(database: Database, place: str | Path) -> None:
    with database.read() as reader:
        assert reader.scalar(select(meta.c.value).where(meta.c.key == "x")) is None
        with database.write() as writer:
            writer.execute(insert(meta).values(key="x", value="y"))
            open_database(place).close()
        assert reader.scalar(select(meta.c.value).where(meta.c.key == "x")) is None


def test_passwords_are_never_named() -> None:
    with pytest.raises(StoreError, match="pg_dump") as caught:
        store_file("postgresql+psycopg://user:secret@db/matrix")
    assert "secret" not in str(caught.value)


def test_of_servers_only_one_is_a_store() -> None:
    with pytest.raises(StoreError, match=r"mysql\+pymysql is no store"):
        open_database("mysql+pymysql://user@db/matrix")


@pytest.mark.parametrize(
    ("changed", "mend"),
    [
        (("/matrix_", "/no_matrix_"), "createdb"),
        (("postgres@", "nobody@"), "failed"),
        (("?host=", "?host=/nowhere"), "check that the server runs"),
    ],
)
def test_a_server_that_can_t_be_used_is_named_with_a_mend(
    postgres_url: str, changed: tuple[str, str], mend: str
) -> None:
    with pytest.raises(StoreError, match=mend):
        open_database(postgres_url.replace(*changed))


def test_a_database_of_another_encoding_or_program_is_refused(postgres_server: Server) -> None:
    with pytest.raises(StoreError, match="--encoding=UTF8"):
        open_database(
            postgres_server.create("ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0")
        )
    url = postgres_server.create()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE bookmark (url TEXT)")
    engine.dispose()
    with pytest.raises(StoreError, match="another program"):
        open_database(url)


def test_texts_are_in_the_order_of_their_bytes(database: Database) -> None:
    words = ["z", "Z", "a", "é", "市", "甲", "ａ", "\U0001f600", "a b", "ab", "_"]
    with database.write() as connection:
        connection.execute(insert(meta), [{"key": word, "value": ""} for word in words])
    with database.read() as connection:
        found = list(
            connection.scalars(select(meta.c.key).where(meta.c.key != "schema").order_by(meta.c.key))
        )
    assert found == sorted(words)
