"""Rows in and out past SQLAlchemy's own execution."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, func, insert, select, union_all

from matrixsite.store import bulk
from matrixsite.store.bulk import among, insert_rows, rows_among, rows_for, update_rows
from matrixsite.store.schema import posting, posting_recent, story_alias, unlearned
from tests.store.conftest import BOTH

STORED = [*range(0, 90, 3)]


@pytest.fixture(scope="module", params=BOTH)
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    served = request.param == "postgresql"
    engine = create_engine(request.getfixturevalue("postgres_server").create() if served else "sqlite://")
    with engine.begin() as connection:
        for table in (posting, posting_recent, story_alias, unlearned):
            table.create(connection)
        connection.execute(insert(posting), [{"hash": n, "story": f"s{n}"} for n in STORED])
        connection.execute(insert(posting_recent), [{"hash": n, "story": f"r{n}"} for n in STORED])
        yield connection
    engine.dispose()


@given(st.sets(st.integers(0, 100), max_size=40), st.sampled_from([(1,), (2, 3), (4, 16, 1000)]))
def test_a_list_of_any_length_is_asked_for(
    connection: Connection, values: set[int], lengths: tuple[int, ...]
) -> None:
    query = select(posting.c.hash).where(among(posting.c.hash))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk, "LENGTHS", lengths)
        assert [hashed for (hashed,) in rows_among(connection, query, values)] == sorted(values & {*STORED})


def test_a_statement_may_ask_twice_and_have_values_of_its_own(connection: Connection) -> None:
    queries = [
        select(table.c.hash, func.coalesce(table.c.story, "none")).where(
            among(table.c.hash), table.c.hash > 3
        )
        for table in (posting, posting_recent)
    ]
    found = {tuple(row) for row in rows_among(connection, union_all(*queries), {3, 6, 7})}
    assert found == {(6, "s6"), (6, "r6")}


def test_rows_are_written_and_changed(connection: Connection) -> None:
    insert_rows(connection, story_alias, ("alias", "story"), [("old", "new"), ("older", "new")])
    assert connection.execute(select(story_alias).order_by("alias")).all() == [
        ("old", "new"),
        ("older", "new"),
    ]
    insert_rows(connection, story_alias, ("alias", "story"), [])
    with pytest.raises(KeyError):
        update_rows(connection, story_alias, ("story",), [("newer", "old")])  # rows are told by their id
    update_rows(connection, story_alias, ("story",), [("newer", "old")], by="alias")
    everything = select(story_alias.c.alias, story_alias.c.story).order_by(story_alias.c.alias)
    assert rows_for(connection, everything) == [("old", "newer"), ("older", "new")]
