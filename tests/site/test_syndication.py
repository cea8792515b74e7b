from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from matrixsite.config.settings import FeedsOut
from matrixsite.site.edition import Edition
from matrixsite.site.syndication.items import EPOCH, combined
from matrixsite.site.syndication.json_feed import json_feed
from matrixsite.site.syndication.xml_feeds import atom, rss
from tests.site import sample
from tests.site.conftest import Workshop
from tests.site.fake_store import FakeSource
from tests.site.sample import HOSTILE, NIGHT, ORIGINAL

SITE = "https://matrix.example.org"


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    return Edition(sample.settings(tmp_path), sample.CONTENT, FakeSource(sample.ENTRIES), sample.TODAY)


def _parsed(document: bytes) -> Any:
    parsed = feedparser.parse(document)
    assert not parsed.bozo, parsed.bozo_exception
    return parsed


def test_the_three_formats_hold_the_same_items_in_the_same_order(edition: Edition) -> None:
    feed = combined(edition, "feeds/all.atom.xml")
    ids = [item["id"] for item in json.loads(json_feed(feed))["items"]]
    assert ids == [entry.id for entry in _parsed(atom(feed)).entries]
    assert ids == [entry.id for entry in _parsed(rss(feed)).entries]
    dates = [item["date_published"] for item in json.loads(json_feed(feed))["items"]]
    assert dates == sorted(dates, reverse=True)
    assert len(ids) == len(set(ids))


def test_a_story_keeps_the_id_of_the_entry_that_first_stood_for_it(edition: Edition) -> None:
    first = next(entry for entry in sample.ENTRIES if entry.title == "青山区政务服务进社区")
    early = replace(first, first_seen=NIGHT - timedelta(days=1))
    source = FakeSource([early if entry is first else entry for entry in sample.ENTRIES])
    ids = {item.id for item in combined(replace(edition, source=source), "x").items}
    assert early.feed_id in ids
    assert ORIGINAL.feed_id not in ids


def test_an_entry_names_its_source_rights_and_dates(edition: Edition) -> None:
    entries = {entry.title: entry for entry in _parsed(atom(combined(edition, "x"))).entries}
    corrected = entries["冬季供暖测温开始，社区干部入户登记"]
    assert corrected.source.title == "青山发布"
    assert corrected.source.id == f"{SITE}/accounts/qingshan-fabu/feed.atom.xml"
    assert corrected.rights == "© 青山发布"
    assert corrected.published == "2026-11-20T20:00:00+08:00"
    assert corrected.updated == "2026-11-21T04:00:00+08:00"
    assert corrected.content[0].value.startswith("<p>")
    assert "content" not in entries["地铁三号线延长运营时间"]
    assert entries[ORIGINAL.title].link == f"{SITE}/stories/{ORIGINAL.id}.html"


@pytest.mark.parametrize(
    ("account", "source"),
    [
        ("transport", f"{SITE}/accounts/transport/feed.atom.xml"),
        ("water-daily", "https://water.example.org/feed.xml"),
    ],
)
def test_a_fetch_url_is_named_only_where_it_is_public(edition: Edition, account: str, source: str) -> None:
    items = combined(edition, "x").items
    name = edition.accounts[account].name
    assert {item.source.feed for item in items if item.source.title == name} <= {source}
    assert "token=secret" not in rss(combined(edition, "x")).decode()


def test_at_most_so_many_stories_a_member(edition: Edition) -> None:
    settings = replace(edition.settings, feeds=FeedsOut(limit=1))
    items = combined(replace(edition, settings=settings), "x").items
    assert len(items) == len({edition.accounts[_account_of(item.source.page)].member for item in items})


def _account_of(page: str) -> str:
    return page.removesuffix("/").rpartition("/")[2]


def test_no_date_is_made_up(edition: Edition) -> None:
    empty = replace(edition, source=FakeSource(()))
    assert combined(empty, "x").updated == EPOCH
    assert b"1970" in rss(combined(empty, "x"))
    assert atom(combined(edition, "x")) == atom(combined(edition, "x"))


def test_characters_that_xml_cannot_carry_are_left_out(edition: Edition) -> None:
    spoiled = replace(ORIGINAL, title="标\x00题\x0b\ud800𠮷", feed_id="tag:\x01x")
    feed = combined(replace(edition, source=FakeSource([spoiled])), "x")
    for written in (rss(feed), atom(feed)):
        assert _parsed(written).entries[0].title == "标题𠮷"
    assert json.loads(json_feed(feed))["items"][0]["id"] == "tag:x"


def test_hostile_words_stay_words(workshop: Workshop) -> None:
    workshop.build()
    feed = _parsed((workshop.output / "accounts/evil/feed.atom.xml").read_bytes())
    assert feed.feed.title_detail.type == "text/plain"
    assert b"<script" not in (workshop.output / "accounts/evil/feed.atom.xml").read_bytes()
    items = json.loads(workshop.read("feeds/all.json"))["items"]
    assert HOSTILE in [item["title"] for item in items]
