"""What joining asks the store."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, update
from sqlalchemy.dialects import sqlite

from matrixsite.dedup.lookup import Use
from matrixsite.dedup.prints import title_key_of
from matrixsite.store import bulk, story_index
from matrixsite.store.schema import entry, posting, posting_recent, story_alias
from matrixsite.store.story_index import StoredIndex, pending_entries
from tests.ingest.documents import harvested
from tests.nights import LONG, Item, rss
from tests.store.conftest import ON_SQLITE
from tests.store.filling import Filling

TITLE = "图书馆延长开放时间的通知"
KEY = title_key_of(TITLE)


def test_merged_stories_answer_by_the_survivor(filling: Filling) -> None:
    with filling.database.write() as connection:
        rows = [(1, "old"), (1, "gone"), (2, "gone"), (3, "old")]
        connection.execute(insert(posting), [{"hash": hashed, "story": name} for hashed, name in rows])
        connection.execute(insert(posting_recent), {"hash": 2, "story": "another"})
        connection.execute(insert(story_alias), {"alias": "gone", "story": "old"})
        found = StoredIndex(connection).postings({1, 2, 9}, 0)
    assert found.stories == {1: ["old"], 2: ["another", "old"]}


@pytest.mark.parametrize("sizes", [(1,), (2, 3), (4, 1000)])
def test_any_number_of_values_is_asked_for(
    filling: Filling, monkeypatch: pytest.MonkeyPatch, sizes: tuple[int, ...]
) -> None:
    monkeypatch.setattr(bulk, "LENGTHS", sizes)
    with filling.database.write() as connection:
        connection.execute(insert(posting), [{"hash": n, "story": "s"} for n in range(0, 2500, 5)])
        found = StoredIndex(connection).postings(range(2500), 0)
    assert list(found.stories) == list(range(0, 2500, 5))


def test_a_title_is_known_where_it_stands(filling: Filling) -> None:
    assert KEY is not None
    filling.night({name: [Item(name, TITLE, day=day)] for name, day in (("a", 3), ("b", 2))})
    filling.take([harvested(rss(Item("c", TITLE, day=4)), "c")])
    with filling.database.read() as connection:
        uses = StoredIndex(connection).title_uses({KEY, 1})[KEY]
        assert [use.account for use in uses] == ["b", "a", "c"]
        assert uses == sorted(uses, key=lambda use: use.published)
        assert isinstance(uses[0], Use)


def test_only_the_newest_of_a_common_title_count(filling: Filling) -> None:
    assert KEY is not None
    filling.night({"a": [Item(f"n{n}", TITLE) for n in range(story_index.USES + 30)]})
    with filling.database.write() as connection:
        connection.execute(update(entry).where(entry.c.guid == "urn:x:n7").values(published=1))
        uses = StoredIndex(connection).title_uses({KEY})[KEY]
    assert len(uses) == story_index.USES
    assert uses[0].published > 1


def test_an_address_that_a_feed_gives_twice_is_none(filling: Filling) -> None:
    page, own = "https://example.com/page", "https://example.com/own"
    filling.night({"a": [Item("a", link=page), Item("b", link=own)], "b": [Item("c", link=page)]})
    filling.night({"a": [Item("a2", title="另一条", link=page, day=3)]})
    keys = {row.canonical_url: row.url_key for row in filling.rows()}
    with filling.database.read() as connection:
        found = StoredIndex(connection).same_url([keys[page], keys[own], 5])
    assert found == {keys[page]: [], keys[own]: [filling.row("标题 b").story]}


def test_the_newest_entries_of_an_account_in_a_story(filling: Filling) -> None:
    text = f"{LONG}{TITLE}"
    filling.night(
        {"a": [Item("a", TITLE, text)], "b": [Item(f"b{n}", TITLE, text, day=n) for n in range(2, 7)]}
    )
    founder = filling.rows()[0].story
    mine = [row for row in filling.rows() if row.account == "b" and row.story == founder]
    with filling.database.read() as connection:
        found = StoredIndex(connection).members(founder, "b")
    assert found == [row.id for row in mine[::-1]][:3]
    assert len(found) == 3


def test_pictures_tell_what_has_no_text(filling: Filling) -> None:
    pictures = "".join(f'<p><img src="https://e.com/{n}.jpg?a=1&amp;b=2" width="600"></p>' for n in range(8))
    items = (Item("p", TITLE, pictures, day=1), Item("q", TITLE, f"<p>{LONG}</p>{pictures}", day=2))
    filling.take([harvested(rss(*items))])
    with filling.database.read() as connection:
        bare, full = pending_entries(connection, 9)
    assert bare.images == tuple(f"https://e.com/{n}.jpg?a=1&b=2" for n in range(5))
    assert full.images == ()
    assert full.text.startswith(LONG)


@ON_SQLITE
def test_those_that_wait_are_read_in_order_and_not_sorted(filling: Filling) -> None:
    """A batch must not cost what all that wait cost: SQLite sorts them where it may take another index."""
    query = story_index._PENDING.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    with filling.database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {str(query).replace(':limit', '5')}").all()
    assert [row.detail for row in plan] == ["SCAN entry USING INDEX entry_pending"]
