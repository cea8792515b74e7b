from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import feedparser
import pytest
from lxml import etree

from matrixsite.config.settings import FeedsOut
from matrixsite.site.edition import Edition
from matrixsite.site.syndication.items import EPOCH, Syndicated, combined
from matrixsite.site.syndication.json_feed import json_feed
from matrixsite.site.syndication.xml_feeds import atom, rss
from tests.nights import Item
from tests.site import sample
from tests.site.conftest import Workshop, faults, tree
from tests.site.sample import HOSTILE, METRO, ORIGINAL, TEXT

SITE = "https://matrix.example.org"


def _combined(edition: Edition) -> Syndicated:
    return combined(edition)("feeds/all.atom.xml")


def _parsed(document: bytes) -> Any:
    parsed = feedparser.parse(document)
    assert not parsed.bozo, parsed.bozo_exception
    return parsed


def test_the_three_formats_hold_the_same_items_in_the_same_order(workshop: Workshop) -> None:
    with workshop.edition() as edition:
        feed = _combined(edition)
    ids = [item["id"] for item in json.loads(json_feed(feed))["items"]]
    assert ids == [entry.id for entry in _parsed(atom(feed)).entries]
    assert ids == [entry.id for entry in _parsed(rss(feed)).entries]
    dates = [item["date_published"] for item in json.loads(json_feed(feed))["items"]]
    assert dates == sorted(dates, reverse=True)
    assert len(ids) == len(set(ids))


def test_every_list_has_a_valid_feed(built: Workshop) -> None:
    feeds = {path for path in tree(built.output) if path.endswith("feed.atom.xml")}
    lists = {"accounts": 8, "members": 1, "groups": 3, "columns": 2, "sections": 3}
    assert {folder: sum(path.startswith(f"{folder}/") for path in feeds) for folder in lists} == lists
    assert faults(built.output) == []


def test_a_story_keeps_the_id_of_the_entry_that_first_stood_for_it(workshop: Workshop) -> None:
    fabu, transport = sample.FEEDS["qingshan-fabu"], sample.FEEDS["transport"]
    workshop.feed("qingshan-fabu")
    workshop.feed("water-daily")
    workshop.build()
    first = _ids(workshop)
    workshop.now += timedelta(days=1)
    workshop.feed("qingshan-fabu", *fabu)
    workshop.feed("transport", *transport, Item("later", TEXT[:20], TEXT, day=20))
    workshop.build()
    assert workshop.entry(ORIGINAL).original
    assert workshop.entry(ORIGINAL).story == "".join(
        entry.story for entry in workshop.load().entries(account="transport") if entry.title == sample.REPOST
    )
    assert set(first) <= set(_ids(workshop))
    assert workshop.entry(ORIGINAL).feed_id not in _ids(workshop)


def _ids(workshop: Workshop) -> list[str]:
    return [item["id"] for item in json.loads(workshop.read("feeds/all.json"))["items"]]


def test_an_entry_names_its_source_rights_and_dates(workshop: Workshop) -> None:
    workshop.build()
    workshop.now += timedelta(hours=4)
    workshop.feed(
        "qingshan-fabu", sample.FEEDS["qingshan-fabu"][0], Item("2", "冬季供暖开始", "入户登记。", day=19)
    )
    workshop.build()
    with workshop.edition() as edition:
        entries = {entry.title: entry for entry in _parsed(atom(_combined(edition))).entries}
    corrected = entries["冬季供暖开始"]
    assert corrected.source.title == "青山发布"
    assert corrected.source.id == f"{SITE}/accounts/qingshan-fabu/feed.atom.xml"
    assert corrected.rights == "© 青山发布"
    assert corrected.published == "2026-11-19T08:00:00+08:00"
    assert corrected.updated == "2026-11-21T08:00:00+08:00"
    assert corrected.content[0].value.startswith("<p>")
    assert "content" not in entries[METRO]
    assert f"{SITE}/stories/{workshop.entry(ORIGINAL).story}.html" in {
        entry.link for entry in entries.values()
    }


@pytest.mark.parametrize(
    ("account", "source"),
    [
        ("transport", f"{SITE}/accounts/transport/feed.atom.xml"),
        ("water-daily", "https://water.example.org/feed.xml"),
    ],
)
def test_a_fetch_url_is_named_only_where_it_is_public(workshop: Workshop, account: str, source: str) -> None:
    with workshop.edition() as edition:
        feed = _combined(edition)
        name = edition.accounts[account].name
    assert {item.source.feed for item in feed.items if item.source.title == name} == {source}
    assert "token=secret" not in rss(feed).decode()


def test_at_most_so_many_stories_a_member(workshop: Workshop) -> None:
    workshop.feed("qingshan-weibo", *(Item(f"w{n}", f"微博{n}", f"正文{n}", day=20) for n in range(9)))
    with workshop.edition() as edition:
        members = Counter(_member(item.source.page, edition) for item in _combined(edition).items)
        assert max(members.values()) == members["qingshan"] == 5
        few = replace(edition, settings=replace(edition.settings, feeds=FeedsOut(limit=1)))
        assert set(Counter(_member(item.source.page, few) for item in _combined(few).items).values()) == {1}


def _member(page: str, edition: Edition) -> str:
    return edition.accounts[page.removesuffix("/").rpartition("/")[2]].member


def test_files_are_enclosures_in_every_format_with_the_type_that_each_wants(workshop: Workshop) -> None:
    files = "".join(
        f'<enclosure url="https://a.cn/{n}.mp3" {more}/>' for n, more in enumerate(["", 'length="9"'])
    )
    workshop.bare({"id": "a", "name": "甲", "rights": "full"})
    workshop.feed("a", Item("1", link="", more=files), Item("2", title=" ", text=" ", more=files))
    workshop.build()
    assert faults(workshop.output) == []
    with workshop.edition() as edition:
        feed = _combined(edition)
    named = [(f"https://a.cn/{n}.mp3", "application/octet-stream") for n in range(2)]
    for item in json.loads(json_feed(feed))["items"]:
        assert [(file["url"], file["mime_type"]) for file in item["attachments"]] == named
    for entry in _parsed(atom(feed)).entries:
        assert [(file.href, file.type) for file in entry.enclosures] == named
        assert [link.rel for link in entry.links] == ["alternate", "enclosure", "enclosure"]
    for entry in _parsed(rss(feed)).entries:
        assert [(file.href, file.type) for file in entry.enclosures] == named[:1]


def test_no_date_is_made_up(workshop: Workshop) -> None:
    workshop.bare({"id": "a", "name": "甲"})
    with workshop.edition() as edition:
        empty = _combined(edition)
    assert empty.updated == EPOCH
    assert b"1970" in rss(empty)
    assert atom(empty) == atom(empty)


def test_characters_that_xml_cannot_carry_are_left_out(workshop: Workshop) -> None:
    with workshop.edition() as edition:
        spoiled = replace(edition.settings.site, title="坏\x0b\ud800名\U00020bb7")
        feed = _combined(replace(edition, settings=replace(edition.settings, site=spoiled)))
    for written in (rss(feed), atom(feed)):
        assert _parsed(written).feed.title == "坏名\U00020bb7"
    assert json.loads(json_feed(feed))["title"] == "坏名\U00020bb7"


def test_hostile_words_stay_words(built: Workshop) -> None:
    content = (built.output / "accounts/evil/feed.atom.xml").read_bytes()
    assert _parsed(content).feed.title_detail.type == "text/plain"
    names = {etree.QName(element).localname for element in etree.fromstring(content).iter()}
    assert "script" not in names
    items = json.loads(built.read("feeds/all.json"))["items"]
    assert unescape(HOSTILE) in [item["title"] for item in items]
