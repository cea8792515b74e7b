"""A store whose snapshots know items by other digests: they are looked at once more, and nothing comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from matrixsite.ingest import raw as raws
from matrixsite.model import RawEntry
from matrixsite.store.database import open_database
from tests.ingest.documents import harvested
from tests.nights import FIRST, LONG, Item, Nights, rss
from tests.store.filling import Filling

ITEMS = (Item("p", text=LONG), "q", Item("r", text="该内容已被发布者删除"), Item("s", link="/s", day=0))
CORRECTED = (Item("p", text=LONG.replace("九点", "十点")), *ITEMS[1:])


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """As it was before fingerprints: an item's digest in the snapshot is the one that stands with its entry."""
    with monkeypatch.context() as patch:
        patch.setattr(raws, "fingerprint", of_the_json)
        yield patch


def of_the_json(raw: RawEntry) -> bytes:
    return raws.digest(raws.dump(raw))


def test_an_old_snapshot_knows_nothing_and_a_new_one_all(before: pytest.MonkeyPatch) -> None:
    old = harvested(rss(*ITEMS)).snapshot
    before.undo()
    again = harvested(rss(*ITEMS), known=old)
    assert len(again.entries) == len(ITEMS)
    assert [entry.guid for entry in harvested(rss(*ITEMS), known=again.snapshot).entries] == ["urn:x:r"]


@pytest.mark.parametrize(("items", "corrected"), [(ITEMS, 0), (CORRECTED, 1)], ids=["same", "corrected"])
def test_no_entry_is_new_or_written_again(
    before: pytest.MonkeyPatch, tmp_path: Path, items: tuple[Item | str, ...], corrected: int
) -> None:
    nights = Nights(tmp_path, [{"id": "a", "feed": "a.xml"}])
    nights.write("a.xml", rss(*ITEMS))
    assert nights.load().build(now=FIRST, jobs=1).new == len(ITEMS)
    before.undo()
    nights.write("a.xml", rss(*items) + b"\n")
    again = nights.load().build(now=FIRST + timedelta(hours=1), jobs=1)
    assert (again.new, again.corrected, again.removed) == (0, corrected, 0)
    assert (again.written > 0) is (corrected > 0)


def test_the_store_is_left_alone(before: pytest.MonkeyPatch, tmp_path: Path) -> None:
    database = open_database(tmp_path / "store.sqlite3")
    filling = Filling(database)
    old = harvested(rss(*ITEMS))
    filling.take([old])
    rows = filling.rows()
    before.undo()
    (taken,) = filling.take([harvested(rss(*ITEMS), known=old.snapshot)])
    assert (taken.new, taken.corrected, taken.touched, taken.rotated) == (0, 0, [], 0)
    assert filling.rows() == rows
    database.close()
