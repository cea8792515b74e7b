"""The editors' own pages (content/pages/) as sections of the menu, with the others of a section beside them."""

from __future__ import annotations

import pytest
from lxml import html

from matrixsite import SettingsError
from tests.site.conftest import Workshop, tree
from tests.site.links import broken_links

SECTIONS = """
- id: guides
  title: 指南
  link: pages/guides.html
  children:
  - {id: begin, title: 入门, link: pages/begin.html}
  - id: more
    title: 进阶
    link: pages/more.html#二
    children: [{id: away, title: 热线, link: "https://hotline.example.org/"}]
- {id: terms, title: 条款, link: pages/terms.html}
"""
LONG_PAGE = (
    "Title: {name}\nSlug: {name}\n\n[TOC]\n\n## 第一 节\n\n`a < b`\n\n## 二\n\n```console\n$ ls # 列出\n```\n"
)


@pytest.fixture
def matrix(workshop: Workshop) -> Workshop:
    workshop.bare({"id": "a", "name": "甲"})
    workshop.feed("a")
    for name in ("guides", "begin", "more", "terms", "apart"):
        workshop.write(f"content/pages/{name}.md", LONG_PAGE.format(name=name))
    workshop.write("content/sections.yaml", SECTIONS)
    return workshop


def hrefs(matrix: Workshop, path: str, where: str) -> list[str]:
    found = html.fromstring(matrix.read(path)).xpath(f"//nav[{where}]//a/@href")
    return [str(href).removeprefix("./").removeprefix("../") for href in found]


def test_a_page_stands_in_the_menu_where_its_section_does(matrix: Workshop) -> None:
    matrix.build()
    menu = hrefs(matrix, "index.html", "@class='menu'")
    assert menu[1:3] == ["pages/guides.html", "pages/terms.html"]
    assert [href for href in menu if href.startswith("pages/")] == [*menu[1:3], "pages/apart.html"]
    assert broken_links(tree(matrix.output)) == []


def test_beside_a_page_stand_the_others_of_its_section(matrix: Workshop) -> None:
    matrix.build()
    others = ["pages/guides.html", "pages/begin.html", "pages/more.html#二", "https://hotline.example.org/"]
    for path in ("pages/guides.html", "pages/more.html"):
        assert hrefs(matrix, path, "contains(@class, 'page-menu')") == others
    current = html.fromstring(matrix.read("pages/begin.html")).xpath("//nav//a[@aria-current]")
    assert [link.text_content() for link in current] == ["入门"]
    for path in ("pages/terms.html", "pages/apart.html"):
        assert hrefs(matrix, path, "contains(@class, 'page-menu')") == []


def test_a_page_has_a_table_of_contents_that_leads_to_chinese_headings(matrix: Workshop) -> None:
    matrix.build()
    page = html.fromstring(matrix.read("pages/begin.html"))
    assert page.xpath("//div[@class='toc']//a/@href") == ["#第一-节", "#二"]
    assert page.xpath("//h2/@id") == ["第一-节", "二"]
    assert page.xpath("//code[1]/text()")[0] == "a < b"
    assert page.xpath("//div[@class='highlight']//span[@class='gp']")


def test_another_place_in_the_menu_reaches_the_pages(matrix: Workshop) -> None:
    matrix.build()
    matrix.write("content/sections.yaml", SECTIONS.replace("title: 入门", "title: 开始"))
    matrix.build()
    assert "开始" in matrix.read("pages/more.html")
    incremental = tree(matrix.output)
    matrix.build(matrix.root / "clean", full=True)
    assert incremental == tree(matrix.root / "clean")


@pytest.mark.parametrize("link", ["pages/../x.html", "other/x.html", "/pages/x.html", "pages/x.md"])
def test_only_pages_can_be_led_to_by_a_path(matrix: Workshop, link: str) -> None:
    matrix.write("content/sections.yaml", f"- {{id: x, title: 甲, link: '{link}'}}\n")
    with pytest.raises(SettingsError, match="is no web address"):
        matrix.build()
