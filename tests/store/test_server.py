"""Several runs over one store on a server: who waits for whom, and who sees what."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import Connection, func, insert, select

from matrixsite.errors import Locked
from matrixsite.store.database import Database, open_database
from matrixsite.store.outbox import latest_change, record_changes
from matrixsite.store.schema import change, meta

Two = tuple[Database, Database]


@pytest.fixture
def two(postgres_url: str) -> Iterator[Two]:
    """The same store, opened by two."""
    both = open_database(postgres_url), open_database(postgres_url)
    yield both
    for one in both:
        one.close()


def keys(connection: Connection) -> list[str]:
    return list(connection.scalars(select(meta.c.key).where(meta.c.key != "schema").order_by(meta.c.key)))


def waits(turn: Callable[[], AbstractContextManager[object]]) -> tuple[threading.Event, threading.Thread]:
    """Somebody who waits for a turn, and the event that says that it came."""
    came = threading.Event()

    def work() -> None:
        with turn():
            came.set()

    thread = threading.Thread(target=work)
    thread.start()
    return came, thread


@pytest.mark.parametrize(
    ("holding", "wanting"),
    [
        ("write", "write"),
        ("alone", "write"),
        ("write", "alone"),
        ("alone", "alone"),
        ("settling", "settling"),
    ],
)
def test_whoever_comes_second_waits(two: Two, holding: str, wanting: str) -> None:
    first, second = two
    with getattr(first, holding)():
        came, thread = waits(getattr(second, wanting))
        assert not came.wait(0.2)
    thread.join(20)
    assert came.is_set()


@pytest.mark.parametrize(
    ("holding", "wanting"), [("settling", "write"), ("settling", "alone"), ("alone", "read")]
)
def test_what_may_go_on_beside(two: Two, holding: str, wanting: str) -> None:
    first, second = two
    with getattr(first, holding)():
        came, thread = waits(getattr(second, wanting))
        assert came.wait(20)
    thread.join(20)


def test_alone_transactions_are_still_whole_or_nothing(two: Two) -> None:
    first, second = two
    with first.settling(), first.alone():
        with first.write() as connection:
            connection.execute(insert(meta).values(key="kept", value=""))
        with pytest.raises(KeyError):
            half(first)
        with second.read() as connection:
            assert keys(connection) == ["kept"]


def half(database: Database) -> None:
    with database.write() as connection:
        connection.execute(insert(meta).values(key="lost", value=""))
        raise KeyError


def test_changes_are_numbered_in_the_order_in_which_they_are_seen(two: Two) -> None:
    """Or a build acknowledges one that it never saw."""
    seen: list[tuple[int, int]] = []

    def work(database: Database) -> None:
        for _ in range(30):
            with database.write() as connection:
                record_changes(connection, "entry", ["x", "y"])
            with database.read() as connection:
                count = connection.scalar(select(func.count()).select_from(change)) or 0
                seen.append((latest_change(connection), count))

    with ThreadPoolExecutor() as pool:
        list(pool.map(work, two))
    assert all(latest == count for latest, count in seen)
    assert max(seen) == (120, 120)


def test_workers_see_what_their_run_sees(two: Two) -> None:
    first, second = two
    with first.read() as connection:
        view = first.view(connection)
        with second.write() as writer:
            writer.execute(insert(meta).values(key="later", value=""))
        worker = second.connection(view)
        assert keys(worker) == keys(connection) == []
        worker.close()
    with second.read() as connection:
        assert keys(connection) == ["later"]


def test_one_run_of_all_at_a_time_whichever_the_machine(two: Two) -> None:
    first, second = two
    with first.run("build"):
        with pytest.raises(
            Locked, match=r"matrixsite build, process \d+ on .*, since 20\d\d-.* UTC"
        ) as caught:
            second.run("update").__enter__()
        assert caught.value.exit_code == 4
        with second.settling():
            pass
    with second.run("update"):
        pass
