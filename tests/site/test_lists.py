from __future__ import annotations

import dataclasses
import math
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from matrixsite.config.settings import Account, Group, Rights, Settings, Site
from matrixsite.editorial.content import Content
from matrixsite.editorial.rights import Shown
from matrixsite.model import Entry, Media
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Kind
from matrixsite.site.recipes import RECIPES
from matrixsite.site.rows import capped, title_link, title_of
from matrixsite.site.source import Listed, Source
from tests.nights import Item
from tests.site import sample
from tests.site.conftest import Workshop, tree
from tests.site.links import broken_links


def _edition(accounts: tuple[Account, ...], groups: tuple[Group, ...] = ()) -> Edition:
    root = Path("/nowhere")
    settings = Settings(root, root, root, "", Site("矩阵", "https://x.org"), groups, (), accounts)
    return Edition(settings, Content(), cast(Source, None), sample.TODAY)


def _entry(account: str, **fields: Any) -> Entry:
    """An entry of which only these fields matter."""
    return Entry(**{field.name: None for field in dataclasses.fields(Entry)} | {"account": account} | fields)


@pytest.mark.parametrize(
    ("carriers", "rights", "excerpt", "media", "expected"),
    [
        (2, Rights.FULL, "摘要", Media.TEXT, "stories/s.html"),
        (2, Rights.LINK, "", Media.TEXT, "stories/s.html"),
        (1, Rights.EXCERPT, "摘要", Media.TEXT, "2026/11/e.html"),
        (1, Rights.EXCERPT, "", Media.IMAGE, "https://news.example.org/"),
        (1, Rights.FULL, "摘要", Media.TEXT, "2026/11/e.html"),
        (1, Rights.FULL, "", Media.IMAGE, "2026/11/e.html"),
        (1, Rights.FULL, "", Media.TEXT, "https://news.example.org/"),
        (1, Rights.LINK, "摘要", Media.IMAGE, "https://news.example.org/"),
    ],
)
def test_where_a_title_leads(
    carriers: int, rights: Rights, excerpt: str, media: Media, expected: str
) -> None:
    entry = _entry(
        "a", title="题", story="s", path="2026/11/e.html", url="https://news.example.org/",
        excerpt=excerpt, media=media, html="", text="", cover="", enclosures=(), topics=(),
    )  # fmt: skip
    link = title_link(Listed(entry, carriers), Account("a", "甲", "a", rights=rights), "题")
    assert link.href == expected
    assert link.external == expected.startswith("https:")


@pytest.mark.parametrize(
    ("title", "excerpt", "expected"),
    [
        ("题", "文", "题"),
        ("", "短文", "短文"),
        ("", "长" * 41, "长" * 40 + "…"),
        ("", "", ""),
    ],
)
def test_what_stands_in_for_a_title(title: str, excerpt: str, expected: str) -> None:
    assert title_of(Shown(title, excerpt)) == expected


@given(st.lists(st.sampled_from("abc")), st.integers(1, 3), st.integers(1, 9))
def test_a_capped_list_keeps_order_and_shares(names: list[str], a_member: int, limit: int) -> None:
    edition = _edition(tuple(Account(name, name, name) for name in "abc"))
    listed = [Listed(_entry(name, id=str(number))) for number, name in enumerate(names)]
    kept = list(capped(iter(listed), edition, a_member=a_member, limit=limit))
    assert kept == [one for one in listed if one in kept]
    assert len(kept) == min(limit, sum(min(a_member, names.count(name)) for name in "abc"))
    assert all(sum(one.entry.account == name for one in kept) <= a_member for name in "abc")


@pytest.mark.parametrize("count", [1, 100, 101, 250])
def test_months_are_paged_oldest_first(workshop: Workshop, count: int) -> None:
    workshop.bare({"id": "a", "name": "甲"})
    items = [Item(str(n), f"第{n}条", f"正文{n}。", day=20 - n % 2 * 40) for n in range(1, count + 1)]
    workshop.feed("a", *items)
    workshop.build()
    folder = workshop.output / "accounts/a"
    titles = []
    for month in ("2026/10", "2026/11"):
        pages = sorted(folder.glob(f"{month}/**/index.html"), key=_page_number)
        lists = [_titles(page) for page in pages]
        assert all(len(rows) == 100 for rows in lists[:-1])
        titles += [title for rows in lists for title in rows]
    assert sorted(titles) == sorted(f"第{n}条" for n in range(1, count + 1))
    assert len(_titles(folder / "index.html")) == min(count, 100)
    assert broken_links(tree(workshop.output)) == []


def test_a_full_page_of_a_month_never_shifts(workshop: Workshop) -> None:
    workshop.bare({"id": "a", "name": "甲"})
    items = [Item(str(n), f"第{n}条", f"正文{n}。", day=1 + n // 12) for n in range(120)]
    workshop.feed("a", *items)
    workshop.build()
    workshop.feed("a", *items, Item("new", "最新一条", "新。", day=20))
    written = workshop.build().written
    assert "accounts/a/2026/11/p/2/index.html" in written
    shown = sorted(workshop.load().entries(wide=False), key=lambda entry: (entry.published, entry.id))
    first = workshop.output / "accounts/a/2026/11/index.html"
    assert _titles(first) == [entry.title for entry in shown[:100]]


def _page_number(page: Path) -> int:
    return int(page.parent.name) if page.parent.parent.name == "p" else 1


def _titles(page: Path) -> list[str]:
    main = html.fromstring(page.read_text(encoding="utf-8")).xpath("//main//a")
    return [text for anchor in main if (text := str(anchor.text_content())).startswith(("第", "最新一"))]


@pytest.mark.parametrize(("accounts", "grouped"), [(100, True), (101, True), (101, False), (450, False)])
def test_a_large_directory_is_split(workshop: Workshop, accounts: int, grouped: bool) -> None:
    group = {"group": "districts"} if grouped else {}
    workshop.bare(
        *({"id": f"a{number}", "name": f"账号{number}", **group} for number in range(accounts)),
        groups=sample.GROUPS[:1],
    )
    workshop.build()
    built = tree(workshop.output)
    pages = {path: html.fromstring(page) for path, page in built.items() if path.endswith(".html")}
    linked = {
        path: _accounts(page) for path, page in pages.items() if path.startswith(("accounts/", "groups/"))
    }
    assert all(len(found) <= 100 for found in linked.values())
    reached = set().union(*linked.values())
    assert {f"账号{number}" for number in range(accounts)} <= reached
    assert broken_links(built) == []
    directory = [path for path in built if path.startswith("accounts/p/")]
    assert len(directory) == (0 if grouped or accounts <= 100 else math.ceil((accounts + 1) / 100) - 1)


def _accounts(page: html.HtmlElement) -> set[str]:
    return {
        text for anchor in page.xpath("//main//a") if (text := str(anchor.text_content())).startswith("账号")
    }


def test_every_kind_of_page_has_a_recipe_and_every_page_one_place(workshop: Workshop) -> None:
    assert set(RECIPES) == set(Kind) - {Kind.PELICAN}
    with workshop.edition() as edition:
        made = [
            page.path
            for recipe in RECIPES.values()
            for page in recipe.make(list(recipe.every(edition)), edition)
        ]
        assert len(made) == len(set(made))
