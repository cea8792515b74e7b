"""What feeds show again, and what becomes of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from matrixsite.config.settings import IdentityRule
from matrixsite.editorial.decisions import Withdrawal
from matrixsite.editorial.refs import parse_ref
from matrixsite.model import Status
from matrixsite.store.columns import moment
from matrixsite.store.schema import revision
from tests.ingest.documents import NOW, harvested
from tests.nights import LONG, Item, rss
from tests.store.filling import Filling

FIRST = Item("p", title="图书馆延长开放", text=LONG)
NOTICE = "该内容已被发布者删除"


def undated(item: Item) -> bytes:
    return re.sub(rb"<pubDate>.*?</pubDate>", b"", rss(item))


def revisions(filling: Filling) -> list[tuple[int, str]]:
    with filling.database.read() as connection:
        query = select(revision.c.number, revision.c.title).order_by(revision.c.number)
        return [(number, title) for number, title in connection.execute(query)]


def test_a_new_entry(filling: Filling) -> None:
    (taken,) = filling.night({"a": [FIRST]})
    (row,) = filling.rows()
    assert (taken.new, taken.corrected, len(taken.touched), taken.rotated) == (1, 0, 0, 0)
    assert re.fullmatch("[a-z2-7]{12}", row.id)
    assert (row.path, row.month) == (f"2026/11/{row.id}.html", "2026/11")
    assert (row.title, row.text, row.version, row.corrected, row.backfill) == (
        FIRST.title,
        LONG,
        1,
        None,
        True,
    )


def test_a_night_with_nothing_new_changes_nothing(filling: Filling) -> None:
    filling.night({"a": [FIRST]})
    before = filling.rows()
    (taken,) = filling.night({"a": [FIRST]})
    assert (taken.new, taken.corrected, len(taken.touched)) == (0, 0, 0)
    assert filling.rows() == before


def test_a_correction_keeps_the_old_words(filling: Filling) -> None:
    filling.night({"a": [FIRST]})
    (before,) = filling.rows()
    (taken,) = filling.night({"a": [replace(FIRST, title="图书馆不延长", text=LONG + "更正。")]})
    filling.night({"a": [replace(FIRST, title="图书馆不延长", text=LONG + "再更正。")]})
    (row,) = filling.rows()
    assert taken.corrected == 1
    assert revisions(filling) == [(1, FIRST.title), (2, "图书馆不延长")]
    assert moment(row.corrected) == NOW + timedelta(days=2)
    assert (row.id, row.path, row.published, row.first_seen) == (
        before.id,
        before.path,
        before.published,
        before.first_seen,
    )


def test_markup_and_address_are_refreshed_without_a_word(filling: Filling) -> None:
    filling.night({"a": [FIRST]})
    (taken,) = filling.night({"a": [replace(FIRST, text=f"<p><b>{LONG}</b></p>")]})
    (row,) = filling.rows()
    assert (len(taken.touched), taken.corrected, row.corrected, row.version) == (1, 0, None, 2)
    assert "<b>" in row.html
    assert revisions(filling) == []


@pytest.mark.parametrize("text", [NOTICE, LONG[:50] + "…"], ids=["notice", "cut"])
def test_what_the_store_has_is_never_traded_for_less(filling: Filling, text: str) -> None:
    filling.night({"a": [FIRST]})
    filling.night({"a": [replace(FIRST, text=text)]})
    assert filling.rows()[0].text == LONG


def test_a_notice_waits_for_the_text(filling: Filling) -> None:
    filling.night({"a": [replace(FIRST, text=NOTICE)]})
    assert filling.rows()[0].text == ""
    filling.night({"a": [FIRST]})
    assert (filling.rows()[0].text, filling.rows()[0].corrected) == (LONG, None)


def test_a_stump_made_whole_is_no_correction(filling: Filling) -> None:
    whole = rss("q", FIRST)
    filling.night({"a": whole[: whole.index("九点".encode())]})
    filling.night({"a": whole})
    row = filling.row(FIRST.title)
    assert (row.text, row.corrected, len(filling.rows())) == (LONG, None, 2)


def test_an_erased_entry_stays_erased(filling: Filling) -> None:
    filling.night({"a": [FIRST]})
    (row,) = filling.rows()
    filling.settle(withdrawn=(Withdrawal(parse_ref(row.id), "隐私", purge=True),))
    filling.night({"a": [replace(FIRST, text=LONG + "更正。")]})
    (row,) = filling.rows()
    assert (row.title, row.text, row.html, row.raw) == ("", "", "", b"")


def test_feeds_of_an_account_don_t_take_turns(filling: Filling) -> None:
    other = replace(FIRST, title="图书馆延长开放（视频）", text="请看视频" + LONG)
    filling.night({"a/news": [FIRST], "a/video": [other]})
    filling.night({"a/news": [FIRST], "a/video": [replace(other, title="又一题")]})
    (row,) = filling.rows()
    assert (row.title, row.feed, row.corrected) == (FIRST.title, "a/news", None)


def test_a_feed_that_is_no_more_passes_its_entries_on(filling: Filling) -> None:
    filling.night({"a": [replace(FIRST, guid="7", link="")]})
    (before,) = filling.rows()
    changed = rss(replace(FIRST, guid="7", link="", text=LONG + "更正。"))
    (taken, _) = filling.take(
        [
            harvested(changed, "a/news", several=True, now=filling.now),
            harvested(rss(), "a/video", several=True),
        ],
        ["a/news", "a/video"],
    )
    (row,) = filling.rows()
    assert (taken.new, taken.corrected, taken.rotated) == (0, 1, 0)
    assert (row.id, row.feed) == (before.id, "a/news")
    assert row.identity != before.identity


def test_guids_that_rotate_keep_id_and_path(filling: Filling) -> None:
    filling.night({"a": [replace(FIRST, guid="n1-7")]})
    (before,) = filling.rows()
    (taken,) = filling.night({"a": [replace(FIRST, guid="n2-7")]})
    (row,) = filling.rows()
    assert (taken.rotated, taken.new) == (1, 0)
    assert (row.id, row.path) == (before.id, before.path)
    (taken,) = filling.night({"a": [replace(FIRST, guid="n2-7")]})
    assert taken.rotated == 0


def test_guids_that_are_positions_duplicate_nothing(filling: Filling) -> None:
    posts = [Item(f"p{n}", title=f"第{n}条", text=f"正文{n}", day=n + 1) for n in range(6)]
    for night in range(4):
        shown = reversed(posts[night : night + 3])
        filling.night({"a": [replace(item, guid=str(place)) for place, item in enumerate(shown)]})
    assert sorted(filling.titles()) == [item.title for item in posts]
    assert [row.corrected for row in filling.rows()] == [None] * 6


def test_a_guid_used_again_for_something_else_makes_a_new_entry(filling: Filling) -> None:
    other = Item("q", title="另一条", text="另文", guid="urn:x:p", day=2)
    filling.night({"a": [FIRST]})
    filling.night({"a": [other]})
    filling.night({"a": [replace(other, title="另一条（更正）")]})
    assert filling.titles() == [FIRST.title, "另一条（更正）"]
    assert len({row.id for row in filling.rows()}) == 2


def test_a_guid_that_a_second_item_comes_to_share_keeps_its_entry(filling: Filling) -> None:
    first = replace(FIRST, link="", guid="1")
    filling.night({"a": [first]})
    filling.night({"a": [Item("q", title="另一条", guid="1", link=""), first]})
    assert sorted(filling.titles()) == sorted(["另一条", FIRST.title])


def test_a_policy_that_degrades_keeps_the_entries(filling: Filling) -> None:
    filling.night({"a": [FIRST, "q"]})
    before = {row.id for row in filling.rows()}
    filling.night({"a": [FIRST, "q"]}, rule=IdentityRule.LINK)
    assert {row.id for row in filling.rows()} == before


def test_one_guid_in_two_accounts_is_two_entries(filling: Filling) -> None:
    filling.night({"a": [FIRST], "b": [FIRST]})
    assert sorted(row.account for row in filling.rows()) == ["a", "b"]


def test_undated_entries_of_a_first_fetch_are_not_todays_news(filling: Filling) -> None:
    filling.night({"a": undated(FIRST)})
    filling.night({"a": undated(Item("q"))})
    old, new = filling.rows()
    assert moment(old.published) <= NOW - timedelta(days=1)
    assert moment(new.published) == NOW + timedelta(days=1)
    assert (old.backfill, old.inferred, new.backfill, new.inferred) == (True, True, False, True)


def test_a_new_date_alone_moves_nothing(filling: Filling) -> None:
    filling.night({"a": [FIRST]})
    (before,) = filling.rows()
    filling.night({"a": [replace(FIRST, day=9)]})
    assert (filling.rows()[0].published, filling.rows()[0].path) == (before.published, before.path)


def test_an_entry_of_a_held_account_is_never_shown_even_for_a_moment(filling: Filling) -> None:
    filling.take([harvested(rss(FIRST), "x")])
    assert [row.status for row in filling.rows()] == [Status.DORMANT]
