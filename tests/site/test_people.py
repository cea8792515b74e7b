"""Pages of people: honors by name, works here and elsewhere, and who links to them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import html

from tests.nights import Item
from tests.site.conftest import Workshop, faults, tree
from tests.site.links import broken_links


@pytest.fixture
def matrix(workshop: Workshop) -> Workshop:
    workshop.bare({"id": "a", "name": "甲号", "member": "one"})
    workshop.members = [{"id": "one", "name": "一单位"}]
    workshop.feed("a", Item("w", "药盒", "一", day=1), Item("p", "接种指南", "二", day=2))
    winners = [
        {"name": "沈予宁", "member": "one", "citation": "好"},
        {"name": "予宁", "person": "shen"},
        {"name": "沈予宁", "by": "别处"},
    ]
    lists = [{"title": "十佳宣传员", "kind": "person", "winners": winners}]
    _write(workshop, "honors/h.md", title="榜单", year=2026, lists=lists)
    works = [
        {"title": "《药盒》", "link": "https://example.com/w"},
        {"title": "旧作", "link": "https://x.example.com/"},
    ]
    picks = [{"ref": "https://example.com/p", "note": "她写的"}]
    _write(
        workshop,
        "people/shen.md",
        name="沈予宁",
        member="one",
        role="编辑",
        works=works,
        picks=picks,
        former=["s"],
    )
    return workshop


def _write(matrix: Workshop, file: str, **front: Any) -> None:
    matrix.write(f"content/{file}", f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n")


def _links(matrix: Workshop, path: str, xpath: str) -> list[tuple[str, str]]:
    found = html.fromstring(matrix.read(path)).xpath(xpath)
    return [(" ".join(link.text_content().split()), link.get("href")) for link in found]


def test_a_person_with_honors_works_and_picks(matrix: Workshop) -> None:
    matrix.build()
    path = "people/shen/index.html"
    work, pick = matrix.entry("药盒").path, matrix.entry("接种指南").path
    assert (
        _links(matrix, path, "//ul[@class='badges']//a") == [("十佳宣传员", "../../honors/h/index.html")] * 2
    )
    assert _links(matrix, path, "//h3/a") == [
        ("《药盒》", f"../../{work}"),
        ("旧作", "https://x.example.com/"),
        ("接种指南", f"../../{pick}"),
    ]
    assert _links(matrix, path, "//p[@class='facts']/a") == [("一单位", "../../members/one/index.html")]
    assert "url=../../people/shen/index.html" in matrix.read("people/s/index.html")
    assert _links(matrix, "people/index.html", "//a[@class='winner']") == [
        ("沈予宁", "../people/shen/index.html")
    ]
    assert broken_links(tree(matrix.output)) == []
    assert faults(matrix.output) == []


def test_winners_lead_to_the_person_but_namesakes_dont(matrix: Workshop) -> None:
    matrix.build()
    winners = html.fromstring(matrix.read("honors/h/index.html")).xpath(
        "//*[contains(@class, 'winner') and not(self::ul)]"
    )
    assert [(one.text, one.get("href")) for one in winners] == [
        ("沈予宁", "../../people/shen/index.html"),
        ("予宁", "../../people/shen/index.html"),
        ("沈予宁", None),
    ]


def test_a_renamed_person_reaches_their_pages_and_no_entry(matrix: Workshop) -> None:
    matrix.build()
    page = (matrix.root / "content/people/shen.md").read_text("utf-8")
    matrix.write("content/people/shen.md", page.replace('"role": "编辑"', '"role": "主编"'))
    assert set(matrix.build().written) == {"people/shen/index.html", "people/index.html"}
    incremental = tree(matrix.output)
    matrix.build(matrix.root / "clean")
    assert incremental == tree(matrix.root / "clean")


def test_many_people_take_pages(matrix: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(101):
        _write(matrix, f"people/n{number}.md", name=f"人{number}")
    matrix.build()
    assert matrix.read("people/index.html").count('class="winner"') == 100
    assert matrix.read("people/p/2/index.html").count('class="winner"') == 2
