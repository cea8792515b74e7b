"""Nights after which something is odd with a feed: found, dated, told once, and over when it is over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matrixsite.registry.watch import Watch
from tests.nights import Item, Nights, rss


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    made = Nights(tmp_path, [{"id": "a", "feed": "a.xml"}])
    made.write("a.xml", rss(*(Item(f"p{n}") for n in range(4))))
    made.update()
    return made


def watched(nights: Nights) -> list[tuple[Watch, int]]:
    """What is odd, each with its day of November."""
    found = nights.load().watch(today=nights.night.date())
    return [(one.watch, one.since.day) for one in found]


def test_a_feed_that_became_a_web_page(nights: Nights) -> None:
    assert watched(nights) == []
    nights.write("a.xml", "<!DOCTYPE html><html><body>页面不存在</body></html>")
    report = nights.update()
    assert [(one.feed, one.watch, one.reason) for one in report.watch] == [("a", "no-feed", "html-page")]
    assert report.watch[0].mend
    assert json.loads(report.to_json())["watch"][0]["account"] == "a"
    nights.night = nights.night.replace(day=9)
    assert nights.update().watch == (), "told when it is new, not every night"
    assert watched(nights) == [(Watch.NO_FEED, 3)], "since the night on which it was seen first"
    nights.write("a.xml", rss("p5"))
    nights.update()
    assert watched(nights) == []


def test_dates_that_move_every_night(nights: Nights) -> None:
    before = nights.load().statuses(today=nights.night.date())[0].last_published
    found = []
    for day in (2, 3, 4):
        nights.write("a.xml", rss(*(Item(f"p{n}", day=day) for n in range(4))))
        found.append([one.watch for one in nights.update().watch])
    assert found == [[], ["restamped"], []], "once, a publisher may have put dates right"
    assert watched(nights) == [(Watch.RESTAMPED, 4)]
    assert nights.load().statuses(today=nights.night.date())[0].last_published == before, "no news"
    nights.write("a.xml", rss(*(Item(f"p{n}", day=4) for n in range(4)), "p5"))
    nights.update()
    assert watched(nights) == []


def test_a_site_that_was_sold(nights: Nights) -> None:
    offers = ("澳门新葡京娱乐官网注册", "开云体育app下载", "时时彩计划预测网站", "注册送888")
    nights.write("a.xml", rss(*(Item(f"s{n}", title=title) for n, title in enumerate(offers))))
    assert [one.watch for one in nights.update().watch] == ["spam"]
    (status,) = nights.load().statuses()
    assert (status.health, status.reason) == ("degraded", "spam")


def test_guids_that_rotate(nights: Nights) -> None:
    nights.write("a.xml", rss(*(Item(f"p{n}", guid=f"urn:new:{n}") for n in range(4))))
    assert [one.watch for one in nights.update().watch] == ["bad-guids"]
    nights.update()
    assert watched(nights) == [(Watch.BAD_GUIDS, 3)]


def test_a_feed_that_cannot_be_reached_is_no_news_of_the_watch(nights: Nights) -> None:
    (nights.root / "a.xml").unlink()
    report = nights.update()
    assert report.watch == ()
    assert report.health["failed"] == 1
    assert watched(nights) == []


def test_what_is_odd_with_a_feed_that_was_taken_out_is_not_told(nights: Nights) -> None:
    nights.write("a.xml", "<!DOCTYPE html><html></html>")
    nights.update()
    nights.set_up([{"id": "b", "feed": "b.xml"}])
    assert watched(nights) == []


def test_a_burst_is_told_by_the_run_that_brought_it(nights: Nights) -> None:
    usual = [Item(f"u{day}", day=-day) for day in range(12)]
    nights.write("a.xml", rss(*usual))
    assert nights.update().watch == ()
    nights.write("a.xml", rss(*(Item(f"b{n}", day=4) for n in range(25))))
    (found,) = nights.update().watch
    assert (found.account, found.watch, found.detail[:2]) == ("a", "burst", "25")
    assert nights.update().watch == ()
