"""Pages of columns, series, campaigns and kinds: what they hold, whom they name, and what their time makes of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from lxml import html

from tests.nights import Item
from tests.site.conftest import Workshop, faults, tree
from tests.site.links import broken_links

KINDS = """
- id: rumour
  title: 辟谣
  lead: 先别转
  rule: {topics: [辟谣]}
  picks: [{ref: https://example.com/b1, note: 也是}]
  former: [hoax]
- {id: letter, title: 公开信, rule: {title_words: [一封信]}}
"""


@pytest.fixture
def matrix(workshop: Workshop) -> Workshop:
    """Two members: one runs two accounts."""
    workshop.bare(
        {"id": "a", "name": "甲号", "member": "one"},
        {"id": "b", "name": "乙号", "member": "one"},
        {"id": "c", "name": "丙号"},
    )
    workshop.members = [{"id": "one", "name": "一单位", "aliases": ["一处"]}]
    workshop.today = date(2026, 11, 21)
    workshop.feed("a", Item("a1", "致市民的一封信", "#跑步#", day=1), Item("a2", "督哥说电", "#跑步#", day=2))
    workshop.feed("b", Item("b1", "督哥说水", "不停水", day=3))
    workshop.feed("c", Item("c1", "不实", "#辟谣# #跑步#", day=4), Item("c2", "督哥来了", day=5))
    return workshop


def _write(matrix: Workshop, file: str, **front: Any) -> None:
    matrix.write(f"content/{file}", f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n正文\n")


def _texts(matrix: Workshop, path: str, xpath: str) -> list[str]:
    found = html.fromstring(matrix.read(path)).xpath(xpath)
    return [" ".join(one.text_content().split()) for one in found]


def _titles(matrix: Workshop, path: str) -> list[str]:
    return _texts(matrix, path, "//ol[@class='rows']//*[@class='row-title']")


def _same_as_clean(matrix: Workshop) -> None:
    incremental = tree(matrix.output)
    matrix.build(matrix.root / "clean")
    assert incremental == tree(matrix.root / "clean")
    assert broken_links(incremental) == []
    assert faults(matrix.output) == []


def test_a_series_is_of_the_accounts_that_carry_it(matrix: Workshop) -> None:
    _write(matrix, "people/du.md", name="老杜", member="one")
    rule = {"title_words": ["督哥"]}
    _write(
        matrix,
        "series/du.md",
        title="督哥",
        rule=rule,
        accounts=["a", "b"],
        host="老吴",
        people=["du"],
        former=["duge"],
    )
    matrix.build()
    path = "series/du/index.html"
    assert _titles(matrix, path) == ["督哥说水", "督哥说电"]
    assert _texts(matrix, path, "//dl[@class='terms']//dd") == ["老吴", "老杜"]
    assert _texts(matrix, path, "//li[@class='tree-node']") == ["乙号 1 条", "甲号 1 条"]
    assert (matrix.output / "series/du/2026/11/index.html").exists()
    assert matrix.read("series/du/feed.atom.xml").count("<entry>") == 2
    assert "url=../../series/du/index.html" in matrix.read("series/duge/index.html")
    assert "系列：督哥" in matrix.read(matrix.entry("督哥说电").path)
    assert "系列：督哥" not in matrix.read(matrix.entry("督哥来了").path)
    assert _texts(matrix, "people/du/index.html", "//ul[@class='chips']//a") == ["督哥"]


def test_a_renamed_series_reaches_the_pages_that_name_it_and_no_others(matrix: Workshop) -> None:
    _write(matrix, "series/du.md", title="督哥", rule={"title_words": ["督哥说"]})
    matrix.build()
    _write(matrix, "series/du.md", title="督哥说", rule={"title_words": ["督哥说"]})
    pages = {matrix.entry(title).path for title in ("督哥说电", "督哥说水")}
    lists = {f"series/du/{name}" for name in ("index.html", "feed.atom.xml", "2026/11/index.html")}
    machines = {"api/v1/series.json", "search/names.bin"}
    fronts = {"series/index.html", "sitemap/index.html", "subscribe/index.html", *machines}
    assert set(matrix.build().written) == pages | lists | fronts
    _same_as_clean(matrix)


def test_a_campaign_counts_those_who_took_part(matrix: Workshop) -> None:
    front = {
        "from": "2026-11-02",
        "to": "2026-11-20",
        "topics": ["跑步"],
        "partners": ["一处", "丙号", "田协"],
    }
    _write(matrix, "campaigns/run.md", title="跑起来", rule={"title_words": ["督哥"]}, **front)
    matrix.build()
    path = "campaigns/run/index.html"
    assert _titles(matrix, path) == ["督哥来了", "不实", "督哥说水", "督哥说电"]  # the letter was before
    assert _texts(matrix, path, "//li[@class='tree-node']") == ["一单位 2 条", "丙号 2 条"]
    partners = html.fromstring(matrix.read(path)).xpath("//dl[@class='terms']/div[1]/dd//a/@href")
    assert partners == ["../../members/one/index.html", "../../accounts/c/index.html"]
    assert _texts(matrix, path, "//dl[@class='terms']//dd") == ["一处、丙号、田协", "#跑步#"]
    assert _texts(matrix, path, "//p[@class='notice']") == ["本活动已于2026年11月20日结束，内容保留在此。"]
    assert matrix.read("campaigns/run/feed.atom.xml").count("<entry>") == 4


def test_a_topic_that_gets_a_page_is_linked_from_its_campaign(matrix: Workshop) -> None:
    _write(matrix, "campaigns/run.md", title="跑起来", topics=["跑步"], to="2026-11-03")
    matrix.build()
    link = "//dl[@class='terms']//a/@href"
    assert html.fromstring(matrix.read("campaigns/run/index.html")).xpath(link) == []
    matrix.feed("b", *(Item(f"b{day}", f"又跑{day}", "#跑步#", day=day) for day in (10, 11)))
    matrix.build()  # neither is in the campaign's time
    assert len(html.fromstring(matrix.read("campaigns/run/index.html")).xpath(link)) == 1
    _same_as_clean(matrix)


def test_a_kind_shows_on_rows_and_pages_and_has_a_page(matrix: Workshop) -> None:
    matrix.write("content/kinds.yaml", KINDS)
    matrix.build()
    assert _titles(matrix, "kinds/rumour/index.html") == ["督哥说水", "不实"]  # the pick first
    assert _texts(matrix, "kinds/rumour/index.html", "//p[@class='row-note']") == ["也是"]
    assert _texts(matrix, "kinds/rumour/index.html", "//a[@class='kind']") == []  # they all do
    assert "url=../../kinds/rumour/index.html" in matrix.read("kinds/hoax/index.html")
    for path, kinds in ((matrix.entry("不实").path, ["辟谣"]), ("accounts/a/index.html", ["公开信"])):
        assert _texts(matrix, path, "//a[@class='kind']") == kinds
    entries = json.loads(matrix.read("api/v1/entries/2026-11.json"))["entries"]
    assert {row["title"]: row["kinds"] for row in entries if row["kinds"]} == {
        "致市民的一封信": ["letter"],
        "督哥说水": ["rumour"],
        "不实": ["rumour"],
    }


def test_a_changed_kind_reaches_what_shows_it(matrix: Workshop) -> None:
    matrix.write("content/kinds.yaml", KINDS)
    matrix.build()
    matrix.write("content/kinds.yaml", KINDS.replace("title: 公开信", "title: 致信"))
    letter = matrix.entry("致市民的一封信").path
    written = set(matrix.build().written)
    assert {letter, "accounts/a/index.html", "members/one/2026/11/index.html"} <= written
    assert not {path for path in written if path.startswith(("accounts/b/", "accounts/c/", "members/c/"))}
    _same_as_clean(matrix)
    matrix.write("content/kinds.yaml", KINDS.replace("[一封信]", "[说电]"))
    assert {letter, matrix.entry("督哥说电").path} <= set(matrix.build().written)
    assert matrix.entry("不实").path not in matrix.build().written
    _same_as_clean(matrix)


def test_an_entry_by_hand_bears_the_kind_that_it_is_given(matrix: Workshop) -> None:
    matrix.write("content/kinds.yaml", KINDS)
    entry = {"url": "https://video.example.com/1", "account": "c", "title": "一段", "date": "2026-11-06"}
    matrix.write("content/entries.yaml", json.dumps([entry | {"kind": ["video", "letter"]}]))
    column = {"title": "专栏", "rule": {"kinds": ["letter"]}}
    _write(matrix, "columns/letters.md", **column)
    matrix.build()
    for path in ("kinds/letter/index.html", "columns/letters/index.html"):
        assert _titles(matrix, path) == ["一段", "致市民的一封信"]


@pytest.mark.parametrize("folder", ["columns", "campaigns"])
def test_what_has_not_begun_is_announced_nowhere(matrix: Workshop, folder: str) -> None:
    picks = [{"ref": "https://example.com/c2"}]
    _write(matrix, f"{folder}/soon.md", title="将来的事", picks=picks, **{"from": "2026-11-22"})
    matrix.build()
    path = f"{folder}/soon/index.html"
    page = matrix.read(path)
    assert "将于2026年11月22日开始。" in page
    assert '<meta name="robots" content="noindex">' in page
    naming = {
        name
        for name, content in tree(matrix.output).items()
        if "将来的事" in content.decode(errors="replace")
    }
    assert naming == {path, f"{folder}/soon/2026/11/index.html", f"{folder}/soon/feed.atom.xml"}
    assert (
        not {
            name
            for name, content in tree(matrix.output).items()
            if f"{folder}/soon/" in content.decode(errors="replace")
        }
        - naming
    )
    assert not (matrix.output / folder / "index.html").exists()
    matrix.today = date(2026, 11, 22)
    matrix.build()
    assert "将于" not in matrix.read(path)
    assert "将来的事" in matrix.read(f"{folder}/index.html")
    assert f"{folder}/soon/" in matrix.read("sitemaps/pages.xml")
    _same_as_clean(matrix)


def test_the_sorts_lead_to_each_other_and_stand_below_the_first_of_the_menu(matrix: Workshop) -> None:
    matrix.write("content/kinds.yaml", KINDS)
    _write(matrix, "series/du.md", title="督哥", rule={"title_words": ["督哥"]})
    matrix.build()
    assert _texts(matrix, "series/index.html", "//ul[@class='chips']//a") == ["分类"]
    menu = _texts(matrix, "index.html", "//nav[@class='menu']//a")
    assert "系列" in menu
    assert "分类" not in menu
    assert {"分类", "督哥", "公开信"} <= set(
        _texts(matrix, "sitemap/index.html", "//div[@class='sitemap']//a")
    )
