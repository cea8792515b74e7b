"""Which topics have a page, and what stands on it."""

from __future__ import annotations

import pytest
from lxml import html

from matrixsite.site.urls import topic_page
from tests.nights import Item
from tests.site.conftest import Workshop, tree
from tests.site.links import broken_links


def _items(name: str, topic: str, count: int) -> list[Item]:
    return [
        Item(f"{name}{number}", f"#{topic}# {name}{number}", day=number) for number in range(1, count + 1)
    ]


def _matrix(workshop: Workshop, *counts: tuple[str, str, int]) -> Workshop:
    """Accounts a and b of two members, c of b's; each entry of (account, topic, how many) bears the topic."""
    workshop.bare(
        {"id": "a", "name": "甲"},
        {"id": "b", "name": "乙"},
        {"id": "c", "name": "乙二", "member": "b"},
    )
    for account in "abc":
        items = [
            item
            for who, topic, count in counts
            if who == account
            for item in _items(f"{who}{topic}", topic, count)
        ]
        workshop.feed(account, *items)
    return workshop


@pytest.mark.parametrize(
    ("counts", "has_page"),
    [
        ([("a", "灯会", 4), ("b", "灯会", 1)], True),
        ([("a", "灯会", 3), ("b", "灯会", 1)], False),  # too few
        ([("a", "灯会", 9)], False),  # one member
        ([("b", "灯会", 4), ("c", "灯会", 4)], False),  # two accounts of one member
    ],
)
def test_a_topic_has_a_page_from_five_entries_of_two_members(
    workshop: Workshop, counts: list[tuple[str, str, int]], has_page: bool
) -> None:
    _matrix(workshop, *counts).build()
    assert (workshop.output / topic_page("灯会")).exists() == has_page
    assert (workshop.output / "topics/index.html").exists() == has_page


def test_what_a_topic_page_shows(workshop: Workshop) -> None:
    _matrix(workshop, ("a", "灯会", 4), ("b", "灯会", 2), ("b", "别的", 3)).build()
    page = html.fromstring(workshop.read(topic_page("灯会")))
    assert page.xpath("string(//h1)") == "#灯会#"
    assert page.xpath("//ul[@class='chips']//a/@href") == [
        "../../members/a/index.html",
        "../../members/b/index.html",
    ]
    assert "2 家成员单位，6 条内容" in page.xpath("string(//p[@class='lead'])")
    assert len(page.xpath("//ol[@class='rows']/li")) == 6
    assert broken_links(tree(workshop.output)) == []


def test_the_list_of_topics_starts_with_the_most_used(workshop: Workshop) -> None:
    _matrix(
        workshop,
        ("a", "灯会", 4),
        ("b", "灯会", 1),
        ("a", "花会", 4),
        ("b", "花会", 2),
        ("a", "庙会", 4),
        ("b", "庙会", 1),
    ).build()
    names = html.fromstring(workshop.read("topics/index.html")).xpath("//a[@class='topic-name']/text()")
    assert names == ["花会", "庙会", "灯会"]


def test_a_topic_page_comes_with_the_fifth_entry_and_goes_with_its_withdrawal(workshop: Workshop) -> None:
    _matrix(workshop, ("a", "灯会", 4)).build()
    _matrix(workshop, ("a", "灯会", 4), ("b", "灯会", 1)).build()
    assert (workshop.output / topic_page("灯会")).exists()
    workshop.write("content/withdrawn.yaml", "- {ref: https://example.com/b灯会1, why: 误发}\n")
    workshop.build(force=True)
    assert not (workshop.output / topic_page("灯会")).exists()
    incremental = tree(workshop.output)
    workshop.build(workshop.root / "clean", full=True)
    assert incremental == tree(workshop.root / "clean")


def test_a_topic_is_text_and_stands_in_no_path(workshop: Workshop) -> None:
    odd = "猫&狗%2E%2E"
    _matrix(workshop, ("a", odd, 4), ("b", odd, 2)).build()
    (link,) = html.fromstring(workshop.read("topics/index.html")).xpath("//a[@class='topic-name']")
    assert (link.text, sorted(link.attrib)) == (odd, ["class", "href"])
    paths = [path for path in tree(workshop.output) if path.startswith("topics/")]
    assert sorted(paths) == sorted([topic_page(odd), "topics/index.html"])
