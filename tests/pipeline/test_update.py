"""Whole nights over local files: what is new, corrected, left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from matrixsite.model import Entry, Status
from matrixsite.store.database import open_database
from matrixsite.store.schema import entry
from tests.nights import FIRST, LONG, NIGHT, Item, Nights, rss

_COLUMNS = [column.name for column in entry.c]


@pytest.fixture
def nights(tmp_path: Path, place: str | Path) -> Nights:
    accounts = [{"id": "a", "feed": "a.xml"}, {"id": "b", "feed": "b.xml"}]
    made = Nights(tmp_path, accounts, store=str(place))
    made.write("a.xml", rss("a1", "a2"))
    made.write("b.xml", rss("b1"))
    return made


def _rows(nights: Nights) -> list[tuple[object, ...]]:
    database = open_database(nights.load().store)
    with database.read() as connection:
        rows = [tuple(row) for row in connection.execute(select(entry).order_by(entry.c.id))]
    database.close()
    return rows


def _stored_status(nights: Nights, title: str) -> str:
    """As the site reads it; `entries` judges anew."""
    (found,) = [row for row in _rows(nights) if row[_COLUMNS.index("title")] == title]
    return str(found[_COLUMNS.index("status")])


def _only(nights: Nights, title: str) -> Entry:
    (found,) = [item for item in nights.load().entries(status=None) if item.title == title]
    return found


def test_first_night(nights: Nights) -> None:
    report = nights.update()
    assert (report.new, report.corrected, report.number, report.error) == (3, 0, 1, "")
    assert nights.titles() == ["标题 a1", "标题 a2", "标题 b1"]
    assert all(item.backfill and item.first_seen == FIRST + NIGHT for item in nights.load().entries())


def test_a_night_without_news_changes_no_entry(nights: Nights) -> None:
    nights.update()
    before = _rows(nights)
    report = nights.update()
    assert (report.new, report.corrected, report.joined) == (0, 0, 0)
    assert _rows(nights) == before


def test_same_items_in_other_bytes_change_no_entry(nights: Nights) -> None:
    nights.update()
    before = _rows(nights)
    nights.write("a.xml", rss("a2", "a1") + b"\n\n")
    nights.update()
    assert _rows(nights) == before


def test_an_edit_is_a_correction_with_its_former_words_kept(nights: Nights) -> None:
    nights.update()
    nights.write("a.xml", rss(Item("a1", text="改过的正文"), "a2"))
    report = nights.update()
    assert (report.new, report.corrected) == (0, 1)
    (told,) = nights.load().explain(_only(nights, "标题 a1").id)
    assert told.entry.text == "改过的正文"
    assert told.entry.corrected == FIRST + 2 * NIGHT
    assert [old.text for old in told.revisions] == ["正文 a1"]


def test_absence_is_no_removal(nights: Nights) -> None:
    nights.update()
    nights.write("a.xml", rss("a3"))
    assert nights.update().new == 1
    nights.write("a.xml", rss())
    nights.update()
    assert nights.titles("a") == ["标题 a1", "标题 a2", "标题 a3"]


def test_an_item_that_comes_back_is_no_new_one(nights: Nights) -> None:
    nights.update()
    nights.write("a.xml", rss("a1"))
    nights.update()
    nights.write("a.xml", rss("a1", "a2"))
    assert nights.update().new == 0


def test_only_one_account(nights: Nights) -> None:
    report = nights.update(only="b")
    assert report.new == 1
    assert {feed.key: feed.asked for feed in report.feeds} == {"a": False, "b": True}
    assert nights.titles() == ["标题 b1"]


def test_only_an_account_that_there_is(nights: Nights) -> None:
    with pytest.raises(ValueError, match="no account 'c'"):
        nights.update(only="c")


def test_offline_reads_local_files_and_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    accounts = [{"id": "a", "feed": "a.xml"}, {"id": "net", "feed": "https://feeds.example.org/x.xml"}]
    nights = Nights(tmp_path, accounts)
    nights.write("a.xml", rss("a1"))
    report = nights.update(offline=True)
    assert report.health == {"new": 1, "ok": 1, "degraded": 0, "failed": 0, "paused": 0}


def test_closed_accounts_are_not_asked_and_keep_their_entries(nights: Nights) -> None:
    nights.update()
    nights.set_up([{"id": "a", "feed": "a.xml", "closed": "2026-11-01"}, {"id": "b", "feed": "b.xml"}])
    nights.write("a.xml", rss("a3"))
    report = nights.update()
    assert [feed.key for feed in report.feeds] == ["b"]
    assert nights.titles("a") == ["标题 a1", "标题 a2"]


def test_an_account_that_leaves_is_dormant_until_it_returns(nights: Nights) -> None:
    nights.update()
    nights.set_up([{"id": "b", "feed": "b.xml"}])
    nights.update()
    dormant = nights.load().entries(status=Status.DORMANT)
    assert {item.title for item in dormant} == {"标题 a1", "标题 a2"}
    nights.set_up([{"id": "a", "feed": "a.xml"}, {"id": "b", "feed": "b.xml"}])
    assert nights.update().new == 0
    assert nights.titles() == ["标题 a1", "标题 a2", "标题 b1"]


def test_an_account_with_two_feeds_shows_an_item_of_both_once(tmp_path: Path) -> None:
    feeds = [{"name": "news", "url": "news.xml"}, {"name": "all", "url": "all.xml"}]
    nights = Nights(tmp_path, [{"id": "a", "feeds": feeds}])
    nights.write("news.xml", rss("x", "y"))
    nights.write("all.xml", rss("y", "z"))
    report = nights.update()
    assert [(feed.key, feed.new) for feed in report.feeds] == [("a/all", 1), ("a/news", 2)]
    assert nights.titles() == ["标题 x", "标题 y", "标题 z"]
    assert nights.update().new == 0


def test_bare_guids_of_two_feeds_of_an_account_are_two_items(tmp_path: Path) -> None:
    nights = Nights(tmp_path, [{"id": "a", "feeds": ["one.xml", "two.xml"]}])
    nights.write("one.xml", rss(Item("x", guid="7")))
    nights.write("two.xml", rss(Item("y", guid="7")))
    assert nights.update().new == 2


def test_two_accounts_that_carry_a_text_share_a_story(nights: Nights) -> None:
    nights.write("a.xml", rss(Item("a1", title="图书馆延长开放", text=LONG, day=1)))
    nights.write("b.xml", rss(Item("b1", title="图书馆延长开放", text=LONG, day=2)))
    nights.update()
    first, second = nights.load().entries()
    assert first.story == second.story == first.id
    assert (first.original, second.original) == (True, False)


def test_a_correction_that_brings_a_held_word_is_held_in_the_same_night(nights: Nights) -> None:
    accounts = [{"id": "a", "feed": "a.xml"}, {"id": "b", "feed": "b.xml"}]
    nights.set_up(accounts, holds={"words": ["内部"]})
    nights.update()
    nights.write("a.xml", rss(Item("a1", text="内部消息"), "a2"))
    nights.update()
    held = _only(nights, "标题 a1")
    assert (held.status, held.held_by, _stored_status(nights, "标题 a1")) == (Status.HELD, "内部", "held")
    nights.write("a.xml", rss("a1", "a2"))
    nights.update()
    assert _stored_status(nights, "标题 a1") == "shown"


@pytest.mark.parametrize("way", ["id", "url"])
def test_a_withdrawal_holds_from_the_next_night(nights: Nights, way: str) -> None:
    nights.update()
    item = _only(nights, "标题 a1")
    nights.write("content/withdrawn.yaml", f"- ref: {getattr(item, way)}\n  why: 测试\n")
    nights.update()
    assert _stored_status(nights, "标题 a1") == "withdrawn"
    assert nights.titles() == ["标题 a2", "标题 b1"]


def test_guids_that_rotate_lose_their_trust_and_bring_no_doubles(nights: Nights) -> None:
    names = [f"r{n}" for n in range(8)]
    nights.write("a.xml", rss(*(Item(name, guid=f"{name}-1") for name in names)))
    nights.update()
    nights.write("a.xml", rss(*(Item(name, guid=f"{name}-2") for name in names)))
    report = nights.update()
    (told,) = [feed for feed in report.feeds if feed.key == "a"]
    assert (told.new, told.health, told.reason) == (0, "degraded", "rotating-guids")
    assert told.detail == "8 of 8 entries came under a new guid"
    nights.write("a.xml", rss(*(Item(name, guid=f"{name}-3") for name in names)))
    assert nights.update().new == 0
    assert len(nights.titles("a")) == 8


def test_a_locked_policy_does_not_degrade(nights: Nights) -> None:
    nights.set_up([{"id": "a", "feed": "a.xml", "identity": "guid"}])
    names = [f"r{n}" for n in range(8)]
    nights.write("a.xml", rss(*(Item(name, guid=f"{name}-1") for name in names)))
    nights.update()
    nights.write("a.xml", rss(*(Item(name, guid=f"{name}-2") for name in names)))
    (told,) = nights.update().feeds
    assert told.health == "ok"
