"""Files for programs: sitemap, robots.txt, members.opml and the static interface."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import etree, html

from tests.nights import Item
from tests.site import sample
from tests.site.conftest import Workshop, faults, tree
from tests.site.sample import BULLETIN, HELD, METRO, ORIGINAL, REPOST, TITLE_ONLY, WEATHER

SITE = "https://matrix.example.org/"


def _locations(content: bytes) -> list[str]:
    return [str(text) for text in etree.fromstring(content).xpath("//*[local-name()='loc']/text()")]


def _listed(files: dict[str, bytes]) -> list[str]:
    """Paths of the pages in all sitemaps."""
    sitemaps = [address.removeprefix(SITE) for address in _locations(files["sitemap.xml"])]
    found = [address.removeprefix(SITE) for path in sitemaps for address in _locations(files[path])]
    return [f"{path}index.html" if not path or path.endswith("/") else path for path in found]


def _canonical_pages(files: dict[str, bytes]) -> set[str]:
    """Pages that name their own address as the canonical one, and Pelican's, which name none."""
    found = set()
    for path, content in files.items():
        if path.endswith(".html"):
            page = html.fromstring(content)
            named = [str(href) for href in page.xpath("//link[@rel='canonical']/@href")]
            hidden = page.xpath("//meta[@name='robots'][contains(@content, 'noindex')]")
            if not hidden and named in ([], [SITE + path.removesuffix("index.html")]):
                found.add(path)
    return found


def test_the_sitemap_lists_the_pages_that_are_their_own_canonical_address(built: Workshop) -> None:
    files = tree(built.output)
    listed = _listed(files)
    assert len(listed) == len(set(listed))
    assert set(listed) - _canonical_pages(files) == set()
    left_out = _canonical_pages(files) - set(listed)
    assert {path for path in left_out if not path.startswith(("headlines/2", "notices/"))} == set()
    assert faults(built.output) == []
    assert f"Sitemap: {SITE}sitemap.xml" in built.read("robots.txt")


def test_dates_in_the_sitemap_are_those_of_entries(built: Workshop) -> None:
    sitemap = built.read("sitemaps/2026-11.xml")
    assert f"{built.entry(METRO).path}</loc><lastmod>2026-11-20T08:00:00+08:00<" in sitemap
    assert f"stories/{built.entry(ORIGINAL).story}.html</loc><lastmod>2026-11-20T08:00:00+08:00<" in sitemap


def test_a_night_touches_the_months_that_it_changed(workshop: Workshop) -> None:
    workshop.build()
    workshop.feed("transport", *sample.FEEDS["transport"], Item("20", "新的一条", "新的正文。", day=20))
    written = workshop.build().written
    assert [path for path in written if path.startswith(("sitemap", "api/"))] == [
        "api/v1/entries/2026-11.json",
        "sitemaps/2026-11.xml",
    ]


@pytest.mark.parametrize(("most", "parts"), [(2, 2), (100, 1)])
def test_what_is_too_much_for_one_file_is_split(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, most: int, parts: int
) -> None:
    monkeypatch.setattr("matrixsite.site.values.interfaces.MOST_ENTRIES", most)
    monkeypatch.setattr("matrixsite.site.values.sitemaps.MOST_ENTRIES", most)
    monkeypatch.setattr("matrixsite.site.values.sitemaps.MOST_PAGES", most * 10)
    workshop.build()
    files = tree(workshop.output)
    october = [path for path in files if path.startswith(("sitemaps/2026-10", "api/v1/entries/2026-10"))]
    assert len(october) == 2  # two entries
    november = [path for path in files if path.startswith("sitemaps/2026-11")]
    assert (len(november) > 1) == (parts > 1)
    assert len(set(_listed(files))) == len(_listed(files))
    assert {path for path in _listed(files) if path.startswith("2026/11")} <= _canonical_pages(files)
    rows = _rows(workshop, "entries", "2026-11")
    assert len(rows) == len({row["id"] for row in rows}) == 9


def _rows(workshop: Workshop, kind: str, month: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    address = f"{SITE}api/v1/{kind}/{month}.json"
    while address:
        content = json.loads(workshop.read(address.removeprefix(SITE)))
        rows += content[kind]
        address = content["next"]
    return rows


def test_the_interface_says_what_the_pages_say(built: Workshop) -> None:
    rows = {row["title"]: row for row in _rows(built, "entries", "2026-11")}
    metro, original = built.entry(METRO), built.entry(ORIGINAL)
    assert rows[METRO] | {"excerpt": ""} == {
        "id": metro.id,
        "account": "transport",
        "member": "transport",
        "platform": "wechat",
        "title": METRO,
        "url": SITE + metro.path,
        "original": metro.url,
        "published": "2026-11-20T08:00:00+08:00",
        "inferred": False,
        "updated": None,
        "story": metro.id,
        "carriers": 1,
        "contains": [],
        "media": "text",
        "kinds": [],
        "excerpt": "",
        "cover": "",
        "topics": [],
    }
    assert rows[TITLE_ONLY]["excerpt"] == ""
    assert rows[TITLE_ONLY]["url"] == rows[TITLE_ONLY]["original"]
    assert rows[ORIGINAL]["carriers"] == 3
    (story,) = _rows(built, "stories", "2026-11")
    assert story["url"] == f"{SITE}stories/{original.story}.html"
    assert [row["account"] for row in story["carriers"]] == ["qingshan-fabu", "transport", "water-daily"]
    assert {row["entry"] for row in story["carriers"]} >= {original.id, built.entry(REPOST).id}


def test_the_interface_leads_to_all_its_files(built: Workshop) -> None:
    files = tree(built.output)
    index = json.loads(files["api/v1/index.json"])
    named = [*index["entries"].values(), *index["stories"].values()]
    named += [index[name] for name in ("accounts", "columns", "notices", "members")]
    assert {address.removeprefix(SITE) for address in named} <= files.keys()
    accounts = {row["id"]: row for row in json.loads(files["api/v1/accounts.json"])["accounts"]}
    assert set(accounts) == {account["id"] for account in sample.ACCOUNTS}
    assert accounts["qingshan-fabu"]["groups"] == ["qingshan"]
    assert accounts["water-daily"]["source"] == "https://water.example.org/feed.xml"
    assert accounts["transport"]["source"] is None
    (people_first,) = [
        row for row in json.loads(files["api/v1/columns.json"])["columns"] if row["id"] == "people-first"
    ]
    assert people_first["page"] == f"{SITE}columns/people-first/"


def test_nothing_internal_gets_into_the_interface(workshop: Workshop) -> None:
    workshop.write("content/withdrawn.yaml", "- {ref: 'https://example.com/8', why: 数据有误}\n")
    workshop.build()
    files = tree(workshop.output)
    programs = [
        content.decode(errors="replace") for path, content in files.items() if not path.endswith(".html")
    ]
    for hidden in (HELD, BULLETIN, "token=secret", "bridge.example.org", "feeds/transport.xml", "不许转载"):
        assert not any(hidden in content for content in programs)
    assert any(WEATHER in content for content in programs)


def test_members_opml_names_each_account_with_feeds(built: Workshop) -> None:
    root = etree.fromstring(built.read("members.opml").encode())
    feeds = {str(outline.get("xmlUrl")) for outline in root.iter("outline") if outline.get("xmlUrl")}
    assert "https://water.example.org/feed.xml" in feeds
    assert f"{SITE}accounts/transport/feed.atom.xml" in feeds
