"""Stories and feed ids as the store keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from matrixsite.store.database import open_database
from matrixsite.store.schema import story, story_alias, story_entry
from tests.ingest.documents import harvested
from tests.nights import LONG, Item, rss
from tests.store.filling import HOST, Filling
from tests.store.snapshot import Snapshot, snapshot

TEXT = Item("t", title="图书馆延长开放", text=LONG)
PAGE = "https://example.com/page/1"


@pytest.mark.parametrize(
    ("guid", "kept"),
    [
        ("urn:x:1", True),
        ("https://example.com/1", True),
        ("1", False),
        ("", False),
        (f"tag:{HOST},2026:abc", False),
    ],
)
def test_feed_ids(filling: Filling, guid: str, kept: bool) -> None:
    filling.night({"a": [replace(TEXT, guid=guid)]})
    (row,) = filling.rows()
    assert row.feed_id == (guid if kept else f"tag:{HOST},2026:{row.id}")


def test_an_iri_stands_for_its_first_entry_only(filling: Filling) -> None:
    filling.batch = 1
    filling.night({"b": [TEXT], "a": [TEXT]})
    filling.night({"c": [TEXT]})
    ids = {row.account: row.feed_id for row in filling.rows()}
    assert ids["a"] == "urn:x:t"
    assert ids["b"].startswith("tag:")
    assert ids["c"].startswith("tag:")
    assert len(set(ids.values())) == 3


def test_original_and_size(filling: Filling) -> None:
    filling.night({"b": [replace(TEXT, name="b", day=2)]})
    filling.night({"a": [replace(TEXT, name="a", day=1)]})
    late, early = sorted(filling.rows(), key=lambda row: row.published, reverse=True)
    with filling.database.read() as connection:
        (found,) = connection.execute(select(story))
        assert (found.id, found.original, found.pinned, found.size) == (late.id, early.id, "", 2)
        assert (found.first, found.last, found.founded) == (early.published, late.published, late.first_seen)
        assert (found.touched, found.latest, found.longest) == (early.first_seen, early.id, late.id)
        assert dict(connection.execute(select(story_entry.c.entry, story_entry.c.reason)).all()) == {
            late.id: "founder",
            early.id: "text",
        }


def test_a_bridge_makes_two_stories_one(filling: Filling) -> None:
    short = replace(TEXT, name="a", text="详见网页", link=PAGE)
    filling.night({"a": [short], "b": [replace(TEXT, name="b", day=2)]})
    older, younger = (row.id for row in filling.rows())
    filling.night({"c": [replace(TEXT, name="c", link=PAGE)]})
    assert {row.story for row in filling.rows()} == {older}
    with filling.database.read() as connection:
        assert [tuple(row) for row in connection.execute(select(story_alias))] == [(younger, older)]
        assert [row.size for row in connection.execute(select(story))] == [3]


def test_an_address_that_a_feed_uses_twice_joins_nothing(filling: Filling) -> None:
    filling.night({"a": [Item("a", link=PAGE)]})
    filling.night({"a": [Item("a2", link=PAGE, title="另一条", day=3)], "b": [Item("b", link=PAGE)]})
    assert len({row.story for row in filling.rows()}) == 3


# --- the same store in any batches, with feeds in any order ---

items = st.builds(
    Item,
    name=st.sampled_from("pqrs"),
    title=st.sampled_from(["", "图书馆延长开放", "改过的标题"]),
    text=st.sampled_from(["", LONG, f"来源：青山发布\n{LONG}", "内部消息" * 20]),
    guid=st.sampled_from([None, "", "same", "urn:x:p"]),
    link=st.sampled_from([None, "", PAGE, "https://example.com/"]),
    day=st.integers(1, 3),
)
nightly = st.lists(
    st.dictionaries(
        st.sampled_from(["a", "b", "c/1", "c/2"]), st.lists(items, max_size=4).map(lambda each: rss(*each))
    ),
    min_size=1,
    max_size=3,
)


@contextmanager
def empty() -> Iterator[Filling]:
    with TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "store.sqlite3")
        yield Filling(database)
        database.close()


def after(nights: list[dict[str, bytes]], *, story_batch: int, together: bool, backwards: bool) -> Snapshot:
    with empty() as filling:
        filling.batch = story_batch
        for night in nights:
            harvests = [
                harvested(body, key, now=filling.now, several="/" in key)
                for key, body in sorted(night.items())
            ]
            batches = [[item for item in harvests if item.account == name] for name in ("a", "b", "c")]
            batches = batches[::-1] if backwards else batches
            for batch in [list(chain(*batches))] if together else batches:
                filling.take(batch, ["a", "b", "c/1", "c/2"])
            filling.join()
            filling.settle()
        return snapshot(filling.database)


@settings(max_examples=12, deadline=None)
@given(nightly, st.integers(1, 4), st.booleans(), st.booleans())
def test_the_same_store_in_any_batches(
    nights: list[dict[str, bytes]], story_batch: int, together: bool, backwards: bool
) -> None:
    expected = after(nights, story_batch=1000, together=True, backwards=False)
    assert after(nights, story_batch=story_batch, together=together, backwards=backwards) == expected


def test_the_same_store_whoever_comes_first() -> None:
    documents = {key: [replace(TEXT, name="t", day=2)] for key in "abc"}
    seen = []
    for order in permutations("abc"):
        with empty() as filling:
            filling.night({key: documents[key] for key in order})
            seen.append(snapshot(filling.database))
    assert all(each == seen[0] for each in seen)
