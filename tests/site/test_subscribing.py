"""The page of feeds: all of them lead to a feed, in words that someone new to it understands."""

from __future__ import annotations

import pytest
from lxml import html

from tests.site.conftest import Workshop


def test_every_feed_of_the_page_is_one(built: Workshop) -> None:
    page = html.fromstring(built.read("subscribe/index.html"))
    feeds = [str(one) for one in page.xpath("//ul[@class='sources']//a/@href")]
    assert {
        "../feeds/all.rss.xml",
        "../groups/districts/feed.atom.xml",
        "../columns/people-first/feed.atom.xml",
    } <= set(feeds)
    assert "../sections/travel/feed.atom.xml" in feeds
    assert all((built.output / "subscribe" / one).is_file() for one in feeds)
    assert len(page.xpath("//ol[@class='steps']/li")) == 3
    assert page.xpath("//a[@download]/@href") == ["../members.opml"]


@pytest.mark.parametrize("path", ["index.html", "subscribe/index.html", "2026/11"])
def test_every_page_leads_to_archive_feeds_and_statistics(built: Workshop, path: str) -> None:
    file = built.output / path
    page = html.fromstring((next(file.glob("*.html")) if file.is_dir() else file).read_bytes())
    links = [str(one).lstrip("./") for one in page.xpath("//footer//a/@href")]
    assert {"archive/index.html", "subscribe/index.html", "statistics/index.html"} <= set(links)
