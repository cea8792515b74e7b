"""Batches, platforms in numbers, the bodies behind accounts, and what became of an account."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from lxml import html

from tests.nights import Item
from tests.site.conftest import Workshop, tree
from tests.site.links import broken_links

GROUPS = [{"id": "top", "name": "区县"}, {"id": "below", "name": "甲区", "parent": "top"}]
BATCHES = [
    {"id": "first", "name": "首批", "date": "2020-01-01"},
    {"id": "second", "name": "第二批", "date": "2022-01-01", "source": "https://news.example.org/2"},
]
BODIES = [
    {"id": "bureau", "name": "大数据中心", "aliases": ["数据局"], "parent": "one", "intro": "承办平台。"}
]


def account(name: str, **settings: Any) -> dict[str, Any]:
    return {"id": name, "name": f"{name}号", "platform": "wechat", **settings}


@pytest.fixture
def matrix(workshop: Workshop) -> Workshop:
    """Two batches; between them one account was renamed, one merged; all with one body or another."""
    workshop.bare(
        account("a", member="one", group="below", batch="first", sponsor="one", operator="云上公司"),
        account("b", group="below", batch="首批", former_names=["老B 2021-06-01"], undertaker="数据局"),
        account("c", batch="first", closed="2021-03-01", closure="merged", successor="a", platform="weibo"),
        account(
            "d",
            batch="second",
            **{"class": "media"},
            platform="app",
            store_links=["市场 https://s.org/1 2.0"],
        ),
        groups=GROUPS,
    )
    workshop.members = [{"id": "one", "name": "单位"}]
    workshop.more = {"batches": BATCHES, "organisations": BODIES}
    workshop.feed("c", Item("c1", "旧闻", day=2))
    return workshop


def texts(matrix: Workshop, path: str, query: str) -> list[str]:
    found = html.fromstring((matrix.output / path).read_bytes()).xpath(query)
    return ["".join(one.text_content().split()) for one in found]


def rows(matrix: Workshop, path: str, number: int = 1) -> list[list[str]]:
    table = html.fromstring((matrix.output / path).read_bytes()).xpath(f"(//main//table)[{number}]//tr")
    return [["".join(cell.text_content().split()) for cell in row] for row in table]


def test_batches_newest_first_with_how_many_are_left(matrix: Workshop) -> None:
    matrix.build()
    assert rows(matrix, "batches/index.html")[1:] == [
        ["第二批", "2022年1月1日", "1", "1"],
        ["首批", "2020年1月1日", "3", "2"],
    ]


def test_a_batch_says_what_changed_since_the_one_before(matrix: Workshop) -> None:
    matrix.build()
    page = "batches/second/index.html"
    assert texts(matrix, page, "//p[@class='card-title']") == ["d号客户端"]
    assert texts(matrix, page, "//ul[@class='plain lines']/li") == [
        "并入c号→a号2021年3月1日",
        "更名老B→b号",
    ]
    assert rows(matrix, page)[1:] == [["其他账号", "1", "1", "1", "1"]]
    assert 'href="https://news.example.org/2"' in (matrix.output / page).read_text("utf-8")
    assert rows(matrix, "batches/first/index.html") == []  # there is none before it


def test_platforms_in_numbers_count_who_is_in(matrix: Workshop) -> None:
    matrix.build()
    assert rows(matrix, "platforms/index.html") == [
        ["平台", "未分类", "媒体", "合计"],
        ["微信", "2", "0", "2"],
        ["客户端", "0", "1", "1"],
    ]
    assert rows(matrix, "platforms/index.html", 2) == [
        ["分组", "微信", "客户端", "合计"],
        ["区县", "2", "0", "2"],
        ["其他账号", "0", "1", "1"],
    ]


def test_bodies_with_what_they_do(matrix: Workshop) -> None:
    matrix.build()
    assert rows(matrix, "organisations/index.html")[1:] == [
        ["大数据中心", "0", "1", "0"],
        ["单位", "1", "0", "0"],
        ["云上公司", "0", "0", "1"],
    ]
    page = "organisations/bureau/index.html"
    assert texts(matrix, page, "//main//h2") == ["承办1"]
    assert "上级单位：单位" in texts(matrix, page, "//p[@class='facts']")[0]
    assert texts(matrix, "organisations/one/index.html", "//main//h2") == ["主办1", "下属单位"]


def test_the_page_of_an_account_says_who_stands_behind_it_and_what_it_was(matrix: Workshop) -> None:
    matrix.build()
    facts = texts(matrix, "accounts/a/index.html", "//header/p[@class='facts']/span")
    assert {"主办：单位", "运营：云上公司", "批次：首批"} <= set(facts)
    assert texts(matrix, "accounts/a/index.html", "//ul[@class='plain lines']/li") == ["并入本账号：c号"]
    assert texts(matrix, "accounts/b/index.html", "//ul[@class='plain lines']/li") == [
        "曾用名：老B至2021年6月1日"
    ]
    assert texts(matrix, "accounts/d/index.html", "//ul[@class='plain lines']/li") == ["市场2.0"]


def test_a_closed_account_keeps_its_archive_and_says_where_it_went(matrix: Workshop) -> None:
    matrix.change("c", closed="2026-11-21")  # what it brought before that stays
    matrix.today -= timedelta(days=1)
    matrix.now -= timedelta(days=1)
    matrix.build()
    assert texts(matrix, "accounts/c/index.html", "//p[@class='notice']") == [
        "本账号将于2026年11月21日停止更新。继任账号：a号。"
    ]
    matrix.today += timedelta(days=1)
    matrix.now += timedelta(days=1)
    matrix.build()
    assert texts(matrix, "accounts/c/index.html", "//p[@class='notice']") == [
        "本账号已于2026年11月21日并入a号。往期内容仍可在本页查阅。"
    ]
    assert texts(matrix, "accounts/c/index.html", "//h3[@class='row-title']") == ["旧闻"]


def test_a_chain_of_successors_is_told_to_its_end(matrix: Workshop) -> None:
    matrix.change("a", closed="2023-01-01", closure="moved", successor="b")
    matrix.build()
    assert texts(matrix, "accounts/c/index.html", "//p[@class='notice']") == [
        "本账号已于2021年3月1日并入a号。其后：b号。往期内容仍可在本页查阅。"
    ]


RENAMINGS: list[tuple[str, Sequence[str]]] = [
    (
        "batches",
        ("accounts/a/index.html", "accounts/c/index.html", "batches/index.html", "batches/first/index.html"),
    ),
    (
        "organisations",
        ("accounts/b/index.html", "organisations/index.html", "organisations/bureau/index.html"),
    ),
]


@pytest.mark.parametrize(("key", "pages"), RENAMINGS)
def test_a_renaming_reaches_whatever_shows_the_name(matrix: Workshop, key: str, pages: Sequence[str]) -> None:
    matrix.build()
    first, *others = matrix.more[key]
    matrix.more |= {key: [first | {"name": "新名字"}, *others]}
    matrix.change("b", batch="first")  # it was named
    written = matrix.build().written
    for page in pages:
        assert page in written
        assert "新名字" in (matrix.output / page).read_text("utf-8")


def test_long_lists_are_cut_into_pages(workshop: Workshop) -> None:
    workshop.bare(*(account(f"a{n}", batch="一批", operator="公司", joined="2024-01-01") for n in range(205)))
    workshop.build()
    pages = tree(workshop.output)
    batch = next(path.split("/")[1] for path in pages if path.startswith("batches/batch-"))
    body = next(path.split("/")[1] for path in pages if path.startswith("organisations/org-"))
    for folder in (f"batches/{batch}", f"organisations/{body}"):
        counts = [
            len(texts(workshop, f"{folder}/{part}index.html", "//p[@class='card-title']"))
            for part in ("", "p/2/", "p/3/")
        ]
        assert counts == [100, 100, 5]
    assert broken_links(pages) == []


def test_a_night_of_news_leaves_the_register_alone(matrix: Workshop) -> None:
    matrix.build()
    matrix.feed("a", Item("a1", "新闻", day=3))
    matrix.now += timedelta(days=1)
    written = matrix.build().written
    assert "accounts/a/index.html" in written
    assert not [path for path in written if path.startswith(("batches/", "platforms/", "organisations/"))]


def test_programs_get_the_same(matrix: Workshop) -> None:
    matrix.build()

    def read(name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((matrix.output / f"api/v1/{name}.json").read_bytes())[name]
        return found

    a, b, c, d = read("accounts")
    assert (a["sponsor"], a["batch"], c["closure"], c["successor"]) == ("one", "first", "merged", "a")
    assert b["former_names"] == [{"name": "老B", "until": "2021-06-01"}]
    assert d["stores"] == [{"url": "https://s.org/1", "store": "市场", "version": "2.0", "updated": None}]
    assert [(one["id"], one["accounts"]) for one in read("batches")] == [
        ("first", ["a", "b", "c"]),
        ("second", ["d"]),
    ]
    bodies = {one["id"]: one for one in read("organisations")}
    assert (bodies["one"]["member"], bodies["one"]["sponsor"]) == (True, ["a"])
    assert (bodies["bureau"]["parent"], bodies["bureau"]["undertaker"]) == ("one", ["b"])


def test_without_any_of_it_there_are_no_such_pages(workshop: Workshop) -> None:
    workshop.bare(account("a"))
    workshop.build()
    folders = {path.split("/")[0] for path in tree(workshop.output)}
    assert "platforms" in folders
    assert {"batches", "organisations"}.isdisjoint(folders)
