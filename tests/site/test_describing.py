"""What pages say of themselves to programs: true, no more than their rights show, and sound whatever feeds hold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.nights import LONG, Item
from tests.site import sample
from tests.site.conftest import Workshop


def _graph(page: str) -> dict[str, Any]:
    """The nodes of the page's JSON-LD by type."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    document = json.loads(found[0])
    assert document["@context"] == "https://schema.org"
    return {node["@type"]: node for node in document["@graph"]}


def _meta(page: str) -> dict[str, str]:
    root = html.fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    tags = (
        (one.get("property") or one.get("name") or "", one.get("content") or "") for one in root.iter("meta")
    )
    return dict(tags)


@pytest.fixture
def built(workshop: Workshop) -> Workshop:
    workshop.build()
    return workshop


def test_an_article_is_its_publishers_not_the_sites(built: Workshop) -> None:
    entry = built.entry(sample.ORIGINAL)
    page = built.read(entry.path)
    article = _graph(page)["NewsArticle"]
    assert article["headline"] == sample.ORIGINAL
    assert article["publisher"]["name"] == "青山发布"
    assert article["publisher"]["url"] == "https://matrix.example.org/accounts/qingshan-fabu/"
    assert article["url"] == f"https://matrix.example.org/{entry.path}"
    assert article["mainEntityOfPage"] == article["isBasedOn"] == entry.url  # rights: full
    assert article["datePublished"].endswith("+08:00")
    assert "articleBody" not in page
    meta = _meta(page)
    assert meta["og:type"] == "article"
    assert meta["og:url"] == article["url"]
    assert meta["article:published_time"] == article["datePublished"]


@pytest.mark.parametrize(
    ("rights", "images", "excerpt", "image"),
    [("full", "hotlink", True, True), ("excerpt", "hotlink", True, True), ("excerpt", "none", True, False)],
)
def test_rights_decide_for_programs_as_for_people(
    workshop: Workshop, rights: str, images: str, excerpt: bool, image: bool
) -> None:
    cover = '<enclosure url="https://example.com/cover.jpg" type="image/jpeg"/>'
    workshop.bare({"id": "a", "name": "甲号", "rights": rights, "images": images})
    workshop.feed("a", Item("one", "标题", LONG, more=cover))
    workshop.build()
    page = workshop.read(workshop.entry("标题").path)
    article, meta = _graph(page)["NewsArticle"], _meta(page)
    assert ("description" in article, "og:description" in meta) == (excerpt, excerpt)
    assert ("image" in article, "og:image" in meta) == (image, image)
    assert meta["twitter:card"] == ("summary_large_image" if image else "summary")


def test_hostile_words_end_no_script_and_no_attribute(built: Workshop) -> None:
    page = built.read("accounts/evil/index.html")
    profile = _graph(page)["ProfilePage"]
    assert profile["mainEntity"]["name"] == sample.HOSTILE
    assert _meta(page)["og:title"] == sample.HOSTILE
    assert "<script>alert" not in page


def test_the_sites_pages_say_what_they_are(built: Workshop) -> None:
    site = _graph(built.read("index.html"))["WebSite"]
    assert (site["name"], site["publisher"]["name"]) == (sample.SITE["title"], sample.SITE["organizer"])
    account = _graph(built.read("accounts/transport/index.html"))["ProfilePage"]
    assert account["mainEntity"]["@type"] == "Organization"
    group = _graph(built.read("groups/qingshan/index.html"))
    assert group["CollectionPage"]["name"] == "青山区"
    crumbs = [item["name"] for item in group["BreadcrumbList"]["itemListElement"]]
    assert crumbs == [sample.SITE["title"], "区县", "青山区"]
    assert "ld+json" not in built.read("404.html") or "BreadcrumbList" not in built.read("404.html")


def test_every_page_announces_the_sites_feeds_and_its_own_first(built: Workshop, tmp_path: Path) -> None:
    def feeds(path: str) -> list[str]:
        root = html.fromstring(built.read(path).encode())
        links = root.xpath("//link[@rel='alternate']/@href")
        assert isinstance(links, list)
        return [str(link).removeprefix("../../") for link in links]

    combined = ["feeds/all.rss.xml", "feeds/all.atom.xml", "feeds/all.json"]
    assert feeds("index.html") == combined
    assert feeds("accounts/transport/index.html") == ["accounts/transport/feed.atom.xml", *combined]
    built.write("content/pages/about.md", "title: 关于\nslug: about\n\n正文\n")
    built.build()
    assert [link.removeprefix("../") for link in feeds("pages/about.html")] == combined
