from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from matrixsite.config.settings import Account, Group, Rights, Settings, Site
from matrixsite.editorial.content import Content
from matrixsite.editorial.rights import Shown
from matrixsite.model import Media
from matrixsite.site.edition import Edition
from matrixsite.site.plan import Kind, plan
from matrixsite.site.rows import capped, title_link, title_of
from matrixsite.site.source import Listed
from tests.site import sample
from tests.site.conftest import Workshop, tree
from tests.site.fake_store import FakeSource
from tests.site.links import broken_links


def _edition(accounts: tuple[Account, ...], groups: tuple[Group, ...] = ()) -> Edition:
    root = Path("/nowhere")
    settings = Settings(root, root, root, "", Site("矩阵", "https://x.org"), groups, (), accounts)
    return Edition(settings, Content(), FakeSource(()), sample.TODAY)


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
    entry = sample.entry(
        1, "a", "题", story="s", path="2026/11/e.html", url="https://news.example.org/",
        excerpt=excerpt, media=media, html="", text="",
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
    listed = [Listed(sample.entry(number, name, "题")) for number, name in enumerate(names)]
    kept = list(capped(iter(listed), edition, a_member=a_member, limit=limit))
    assert kept == [one for one in listed if one in kept]
    assert len(kept) == min(limit, sum(min(a_member, names.count(name)) for name in "abc"))
    assert all(sum(one.entry.account == name for one in kept) <= a_member for name in "abc")


@pytest.mark.parametrize("count", [1, 100, 101, 250])
def test_months_are_paged_oldest_first(workshop: Workshop, count: int) -> None:
    workshop.entries = [sample.entry(number, "transport", f"第{number}条") for number in range(1, count + 1)]
    workshop.build()
    folder = workshop.output / "accounts/transport"
    pages = sorted(folder.glob("2026/1[01]/**/index.html"), key=_page_number)
    titles = [title for page in pages for title in _titles(page)]
    assert titles == [f"第{number}条" for number in range(count, 0, -1)]
    assert all(len(_titles(page)) <= 100 for page in folder.rglob("index.html"))
    assert broken_links(tree(workshop.output)) == []


def _page_number(page: Path) -> tuple[str, int]:
    return "/".join(page.parts[page.parts.index("2026") :][:2]), int(
        page.parent.name if "p" in page.parts else 1
    )


def _titles(page: Path) -> list[str]:
    return [str(title) for title in html.parse(str(page)).xpath("//h3/a/text()")]


@pytest.mark.parametrize(("accounts", "grouped"), [(100, True), (101, True), (101, False), (450, False)])
def test_a_large_directory_is_split(tmp_path: Path, accounts: int, grouped: bool) -> None:
    settings = replace(
        sample.settings(tmp_path),
        accounts=tuple(
            Account(f"a{number}", f"账号{number}", f"a{number}", groups=("districts",) if grouped else ())
            for number in range(accounts)
        ),
    )
    workshop = Workshop(settings, content=Content(), entries=())
    workshop.build()
    built = tree(workshop.output)
    lists = [html.fromstring(page) for path, page in built.items() if path.endswith(".html")]
    assert all(len(page.xpath("//li[@class='card']")) <= 100 for page in lists)
    reached = {str(link) for page in lists for link in page.xpath("//p[@class='card-title']//text()")}
    assert {f"账号{number}" for number in range(accounts)} <= reached
    assert broken_links(built) == []
    directory = [path for path in built if path.startswith("accounts/p/")]
    assert len(directory) == (0 if grouped or accounts <= 100 else math.ceil((accounts + 2) / 100) - 1)


def test_every_page_is_planned_once(tmp_path: Path) -> None:
    source = FakeSource(sample.ENTRIES)
    edition = Edition(sample.settings(tmp_path), sample.CONTENT, source, sample.TODAY)
    pages = list(plan(edition))
    assert len({page.path for page in pages}) == len(pages)
    assert [page.kind for page in pages].index(Kind.ACCOUNT) > max(
        number for number, page in enumerate(pages) if page.kind in (Kind.ENTRY, Kind.STORY)
    )
