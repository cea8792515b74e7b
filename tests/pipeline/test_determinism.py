"""The same nights give the same store: in any batch size, with any number of workers, interrupted anywhere."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event

from matrixsite.matrix import Matrix
from matrixsite.pipeline import update as updating
from matrixsite.pipeline.engines import LocalEngines
from matrixsite.pipeline.options import Options
from matrixsite.pipeline.progress import Silent
from matrixsite.store.database import Database, open_database
from tests.nights import FIRST, LONG, NIGHT, Item, Nights, rss
from tests.postgres import Server
from tests.store.snapshot import Snapshot, snapshot

pytestmark = pytest.mark.long

ACCOUNTS = ("a", "b", "c")
POSITIONS = ("memberships-up-to", "images-seen")  # in the outbox, which an interruption may shift

Feeds = Mapping[str, bytes | None]  # an account's document that night; None: its file is missing


@dataclass(frozen=True)
class Way:
    """How a run goes about it. `breaks`: at which commit of a night it is interrupted, for so many nights."""

    batch: int = 100
    story_batch: int = 2000
    jobs: int = 1
    breaks: tuple[int, ...] = ()
    store: str = ""  # an empty database of a server; else a file


class Interrupted(BaseException):
    """What a kill is to the store: the transaction under way never happened."""


items = st.builds(
    Item,
    name=st.sampled_from(["p", "q", "r", "s"]),
    title=st.sampled_from(["", "图书馆延长开放", "改过的标题"]),
    text=st.sampled_from(["", LONG, LONG, "内部消息"]),
    guid=st.sampled_from([None, None, "", "same", "9"]),
    link=st.sampled_from([None, None, "", "https://example.com/p", "https://example.com/"]),
    day=st.integers(1, 3),
)
documents = st.none() | st.just(b"<html>") | st.lists(items, max_size=5).map(lambda each: rss(*each))
nightly: st.SearchStrategy[list[Feeds]] = st.lists(
    st.fixed_dictionaries(dict.fromkeys((*ACCOUNTS, "c2"), documents)), min_size=1, max_size=3
)


def rotating(count: int) -> list[Feeds]:
    """Nights on which every guid of a feed changes."""
    feed = [[Item(f"r{n}", guid=f"{n}-{night}") for n in range(5)] for night in range(count)]
    return [{"a": rss(*each), "b": rss("x"), "c": rss("y"), "c2": None} for each in feed]


CONTENT = {
    "content/columns/books.md": "---\ntitle: 图书\nrule: {words: [图书馆]}\n---\n",
    "content/withdrawn.yaml": "- {ref: 'https://example.com/q', why: 测试}\n",
    "content/approved.yaml": "- https://example.com/r\n",
}


def _run(nights: list[Feeds], way: Way) -> Snapshot:
    root = Path(tempfile.mkdtemp())
    try:
        feeds: list[dict[str, Any]] = [{"id": name, "feed": f"{name}.xml"} for name in ACCOUNTS[:2]]
        feeds.append({"id": "c", "feeds": [{"name": "1", "url": "c.xml"}, {"name": "2", "url": "c2.xml"}]})
        made = Nights(root, feeds, holds={"words": ["内部"]})
        for name, content in CONTENT.items():
            made.write(name, content)
        database = open_database(way.store or root / "store.sqlite3")
        for number, documents in enumerate(nights):
            for name, body in documents.items():
                (root / f"{name}.xml").unlink(missing_ok=True)
                if body is not None:
                    made.write(f"{name}.xml", body)
            _night(made.load(), database, number, way)
        stored = _dump(database)
        database.close()
        return stored
    finally:
        shutil.rmtree(root)


def _night(matrix: Matrix, database: Database, number: int, way: Way) -> None:
    options = Options(FIRST + number * NIGHT, jobs=way.jobs, batch=way.batch, story_batch=way.story_batch)
    if number < len(way.breaks):
        try:
            with _interrupted(database, way.breaks[number]):
                updating.update(
                    matrix.settings, matrix.content, database, options, LocalEngines(way.jobs), Silent()
                )
        except Interrupted:
            pass
    updating.update(matrix.settings, matrix.content, database, options, LocalEngines(way.jobs), Silent())


@contextmanager
def _interrupted(database: Database, commits: int) -> Iterator[None]:
    """The commit after so many doesn't happen any more."""
    left = [commits]

    def count(_: Connection) -> None:
        if not left[0]:
            raise Interrupted
        left[0] -= 1

    event.listen(database._engine, "commit", count)
    try:
        yield
    finally:
        event.remove(database._engine, "commit", count)


def _dump(database: Database) -> Snapshot:
    stored = snapshot(database)
    stored["meta"] = [row for row in stored["meta"] if row[0] not in POSITIONS]
    return stored


@pytest.fixture(autouse=True)
def _pool_for_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updating, "WORTH_A_POOL", 1)
    monkeypatch.setattr("matrixsite.pipeline.collecting.CHUNK_BYTES", 500)


few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@few
@given(nightly, st.integers(1, 4), st.integers(1, 5))
def test_in_any_batch_size(nights: list[Feeds], batch: int, story_batch: int) -> None:
    assert _run(nights, Way(batch=batch, story_batch=story_batch)) == _run(nights, Way())


@few
@given(nightly, st.lists(st.integers(0, 7), min_size=1, max_size=3))
def test_interrupted_anywhere(nights: list[Feeds], breaks: list[int]) -> None:
    broken = Way(batch=1, story_batch=2, breaks=tuple(breaks))
    assert _run(nights, broken) == _run(nights, Way())


@settings(few, max_examples=4)
@given(nightly, st.integers(2, 3))
def test_with_any_number_of_workers(nights: list[Feeds], jobs: int) -> None:
    assert _run(nights, Way(jobs=jobs)) == _run(nights, Way())


@pytest.mark.parametrize("commits", range(8))
def test_rotating_guids_interrupted_at_each_commit(commits: int) -> None:
    nights = rotating(3)
    broken = Way(batch=1, story_batch=2, breaks=(commits, commits, commits))
    assert _run(nights, broken) == _run(nights, Way())


@pytest.mark.parametrize("jobs", [1, 2])
def test_on_a_server_as_in_a_file(postgres_server: Server, jobs: int) -> None:
    """Row by row, its order of texts and its ways of storing whatever they are; interrupted, too."""
    nights = rotating(3)
    nights[1] = {
        **nights[1],
        "c2": rss(Item("q", text=LONG), Item("r", text="内部资料")),
        "b": rss("x", Item("z", text=LONG)),
    }
    in_a_file = _run(nights, Way())
    assert _run(nights, Way(jobs=jobs, store=postgres_server.create())) == in_a_file
    broken = Way(batch=1, story_batch=2, breaks=(3, 5, 7), store=postgres_server.create())
    assert _run(nights, broken) == in_a_file
