"""The library as its users see it."""

from __future__ import annotations

import gc
import inspect
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from matrixsite import BuildFailed, Entry, Locked, Matrix, SettingsError, Status
from matrixsite.store.lock import run_lock
from tests.nights import FIRST, Item, Nights, rss


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    made = Nights(tmp_path, [{"id": "a", "feed": "a.xml"}, {"id": "b", "feed": "b.xml"}])
    made.write("a.xml", rss(Item("a1", day=1), Item("a2", day=2)))
    made.write("b.xml", rss("b1"))
    return made


def test_the_example_of_the_documentation(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(nights.root)
    m = Matrix.load("feeds.yaml")
    m.update()
    m.build("output")
    found = [e.title for e in m.entries(account="a", since=datetime(2026, 11, 2, tzinfo=UTC))]
    assert found == ["标题 a2"]
    assert (nights.root / "output/index.html").exists()


def test_entries_come_account_by_account_oldest_first(nights: Nights) -> None:
    nights.update()
    assert [entry.title for entry in nights.load().entries()] == ["标题 a1", "标题 a2", "标题 b1"]


def test_since_needs_a_zone(nights: Nights) -> None:
    nights.update()
    with pytest.raises(ValueError, match="time zone"):
        list(nights.load().entries(since=datetime(2026, 11, 2)))


def _entries_alive() -> int:
    gc.collect()
    return sum(isinstance(item, Entry) for item in gc.get_objects())


def test_entries_stream(tmp_path: Path) -> None:
    """Only a batch is in memory at a time, and a consumer that leaves early leaves nothing open."""
    nights = Nights(tmp_path, [{"id": "a", "feed": "a.xml"}])
    nights.write("a.xml", rss(*(f"n{n}" for n in range(1200))))
    nights.update()
    before = _entries_alive()
    stream = nights.load().entries()
    assert inspect.isgenerator(stream)
    assert isinstance(next(stream), Entry)
    assert _entries_alive() - before < 10
    assert sum(1 for _ in stream) == 1199


def test_entries_by_status(nights: Nights) -> None:
    nights.set_up([{"id": "a", "feed": "a.xml", "publish": "hold"}, {"id": "b", "feed": "b.xml"}])
    nights.update()
    matrix = nights.load()
    assert [entry.account for entry in matrix.entries()] == ["b"]
    assert [entry.account for entry in matrix.entries(status=Status.HELD)] == ["a", "a"]
    assert len(list(matrix.entries(status=None))) == 3


def test_narrow_entries_leave_the_words_out(nights: Nights) -> None:
    nights.update()
    wide, narrow = (next(nights.load().entries(wide=wide)) for wide in (True, False))
    assert (wide.text, narrow.text, narrow.title) == ("正文 a1", "", wide.title)


def test_readers_need_no_lock_runs_do(nights: Nights) -> None:
    nights.update()
    with run_lock(nights.root / ".matrixsite", "test", FIRST):
        assert len(nights.titles()) == 3
        with pytest.raises(Locked, match="test, process"):
            nights.update()


def test_state_elsewhere(nights: Nights, tmp_path_factory: pytest.TempPathFactory) -> None:
    state = tmp_path_factory.mktemp("state")
    Matrix.load(nights.root / "feeds.yaml", state=state).update(now=FIRST)
    assert (state / "runs/1.json").exists()
    assert not (nights.root / ".matrixsite").exists()


def test_a_run_dates_in_whole_seconds_of_any_zone(nights: Nights) -> None:
    nights.load().update(now=FIRST + timedelta(microseconds=5))
    assert {entry.first_seen for entry in nights.load().entries()} == {FIRST}


def test_building_twice_writes_nothing(nights: Nights) -> None:
    matrix = nights.load()
    first = matrix.build(nights.root / "o", now=FIRST, today=date(2026, 11, 2))
    again = matrix.build(now=FIRST, today=date(2026, 11, 2))
    assert (again.written, again.removed, again.kept) == (0, 0, first.written)
    assert again.output == str(nights.root / "o")


@pytest.mark.parametrize("broken", ["feeds.yaml", "content/columns/x.md"])
def test_wrong_files_are_errors_before_anything_is_done(nights: Nights, broken: str) -> None:
    nights.write(broken, "- [")
    with pytest.raises(SettingsError) as error:
        nights.update()
    assert error.value.problems
    assert not (nights.root / ".matrixsite/store.sqlite3").exists()


def test_a_failed_build_leaves_the_store_updated(nights: Nights) -> None:
    nights.write("file", b"")
    with pytest.raises(BuildFailed):
        nights.load().build(nights.root / "file/o", now=FIRST)
    assert len(nights.titles()) == 3


def test_generators_close_their_store(nights: Nights) -> None:
    def first(entries: Iterator[Entry]) -> Entry:
        return next(entries)

    nights.update()
    assert first(nights.load().entries()).account == "a"
    nights.load().backup(nights.root / "b.sqlite3")
