"""Pages of sections: picks, rules, what lies below, and columns that have ended."""

from __future__ import annotations

import pytest
from lxml import html

from tests.nights import Item
from tests.site.conftest import Workshop, tree
from tests.site.links import broken_links

SECTIONS = """
- id: news
  title: 要闻
  children:
  - {id: rain, title: 雨, rule: {words: [雨]}}
  - id: chosen
    title: 精选
    picks: [{ref: https://example.com/x2, note: 值得一读}, {ref: https://example.com/none}]
- id: snow
  title: 雪
  rule: {words: [雪]}
  picks: [{ref: https://example.com/s1}]
- {id: away, title: 热线, link: "https://hotline.example.org/"}
"""


@pytest.fixture
def matrix(workshop: Workshop) -> Workshop:
    workshop.bare({"id": "a", "name": "甲"})
    workshop.feed(
        "a",
        Item("r1", "小雨", day=1),
        Item("x2", "别的", day=2),
        Item("s1", "小雪", day=3),
        Item("s2", "大雪", day=4),
    )
    workshop.write("content/sections.yaml", SECTIONS)
    return workshop


def _texts(matrix: Workshop, path: str, xpath: str) -> list[str]:
    found = html.fromstring(matrix.read(path)).xpath(xpath)
    return [" ".join(one.text_content().split()) for one in found]


def _titles(matrix: Workshop, path: str) -> list[str]:
    return _texts(matrix, path, "//ol[@class='rows']//*[@class='row-title']")


@pytest.mark.parametrize(
    ("section", "titles"),
    [
        ("rain", ["小雨"]),
        ("chosen", ["别的"]),
        ("snow", ["小雪", "大雪"]),  # the pick first, though it is the older
        ("news", ["别的", "小雨"]),  # no rule and no picks of its own
    ],
)
def test_what_a_section_holds(matrix: Workshop, section: str, titles: list[str]) -> None:
    matrix.build()
    assert _titles(matrix, f"sections/{section}/index.html") == titles
    assert (matrix.output / f"sections/{section}/2026/11/index.html").exists()
    assert matrix.read(f"sections/{section}/feed.atom.xml").count("<entry>") == len(titles)


def test_sections_stand_flat_with_a_trail_and_their_children(matrix: Workshop) -> None:
    matrix.build()
    page = html.fromstring(matrix.read("sections/rain/index.html"))
    assert page.xpath("//nav[@class='trail']//a/@href") == [
        "../../sections/index.html",
        "../../sections/news/index.html",
    ]
    assert _texts(matrix, "sections/news/index.html", "//ul[@class='chips']//a") == ["雨", "精选"]
    assert not (matrix.output / "sections/away").exists()
    tree_links = html.fromstring(matrix.read("sections/index.html")).xpath("//main//a/@href")
    assert tree_links == [
        "../sections/news/index.html",
        "../sections/rain/index.html",
        "../sections/chosen/index.html",
        "../sections/snow/index.html",
        "https://hotline.example.org/",
    ]
    assert broken_links(tree(matrix.output)) == []


def test_a_note_on_a_pick_stands_beside_it(matrix: Workshop) -> None:
    matrix.build()
    assert _texts(matrix, "sections/chosen/index.html", "//p[@class='row-note']") == ["值得一读"]


def test_a_section_that_goes_takes_its_pages_along(matrix: Workshop) -> None:
    matrix.build()
    matrix.write("content/sections.yaml", SECTIONS.replace("id: snow", "id: winter"))
    matrix.build(force=True)
    assert not (matrix.output / "sections/snow").exists()
    incremental = tree(matrix.output)
    matrix.build(matrix.root / "clean", full=True)
    assert incremental == tree(matrix.root / "clean")


@pytest.mark.parametrize(("last", "ended"), [("2026-11-20", True), ("2026-11-21", False)])
def test_an_ended_column_says_so_and_keeps_its_page(matrix: Workshop, last: str, ended: bool) -> None:
    column = f"---\ntitle: 冬天\nto: {last}\nrule: {{words: [雪]}}\n---\n"
    matrix.write("content/columns/winter.md", column)
    matrix.build()
    path = "columns/winter/index.html"
    assert bool(_texts(matrix, path, "//p[@class='notice']")) == ended
    assert _titles(matrix, path) == ["大雪", "小雪"]
    assert ("已结束" in matrix.read("columns/index.html")) == ended
    assert _texts(matrix, path, "//dl[@class='years']//a") == ["11月 2"]


def test_a_group_shows_the_newest_of_its_branches(workshop: Workshop) -> None:
    groups = [{"id": "city", "name": "市"}, {"id": "east", "name": "东区", "parent": "city"}]
    workshop.bare(
        {"id": "a", "name": "甲", "group": "east"},
        {"id": "b", "name": "乙", "group": "city"},
        {"id": "c", "name": "丙"},
        groups=groups,
    )
    for account in "abc":
        items = (Item(f"{account}{day}", f"{account}第{day}条", day=day) for day in range(1, 12))
        workshop.feed(account, *items)
    workshop.build()
    path = "groups/city/index.html"
    newest = {f"{account}第{day}条" for account in "ab" for day in range(2, 12)}
    titles = _titles(workshop, path)
    assert len(titles) == 20
    assert set(titles) == newest
    assert _texts(workshop, path, "//dl[@class='years']//a") == ["11月 22"]
    assert (workshop.output / "groups/city/feed.atom.xml").exists()
