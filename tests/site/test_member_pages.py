"""Pages of members, and the honors on them and on their accounts' pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from lxml import html

from tests.nights import LONG, Item
from tests.site.conftest import Workshop, faults, tree
from tests.site.links import broken_links

ROLL = """---
title: 年度榜单
year: 2025
lists:
- {title: 优秀账号, kind: account, ordered: true, winners: [{name: 甲微信, account: a-wechat}]}
- {title: 优秀作品, kind: work, winners: [{work: 《一桥》, by: 甲微博, account: a-weibo}]}
- {title: 先进集体, kind: unit, winners: [甲局, 外地单位]}
- {title: 优秀个人, kind: person, winners: [{name: 李青, member: a}]}
---
"""
ACCOUNTS: list[Mapping[str, Any]] = [
    {"id": "a-wechat", "name": "甲微信", "member": "a"},
    {"id": "a-weibo", "name": "甲微博", "member": "a"},
    {"id": "b", "name": "乙"},
]


@pytest.fixture
def matrix(workshop: Workshop) -> Workshop:
    workshop.bare(*ACCOUNTS, groups=[{"id": "east", "name": "东区"}])
    workshop.members = [
        {"id": "a", "name": "甲局", "group": "east", "intro": "甲局的介绍", "home": "https://a.example.com/"}
    ]
    workshop.feed("a-wechat", Item("w1", day=1), Item("w2", day=2))
    workshop.feed("a-weibo", Item("b1", day=3))
    workshop.feed("b", Item("o1", day=4))
    workshop.write("content/honors/2025.md", ROLL)
    return workshop


def _texts(matrix: Workshop, path: str, xpath: str) -> list[str]:
    found = html.fromstring(matrix.read(path)).xpath(xpath)
    return [" ".join(one.text_content().split()) for one in found]


def _titles(matrix: Workshop, path: str) -> list[str]:
    return _texts(matrix, path, "//ol[@class='rows']//h3")


def _badges(matrix: Workshop, path: str) -> list[str]:
    return _texts(matrix, path, "//li[contains(@class, 'badge ')]")


def test_a_member_page_brings_its_accounts_together(matrix: Workshop) -> None:
    matrix.build()
    path = "members/a/index.html"
    assert _texts(matrix, path, "//h1") == ["甲局"]
    assert _titles(matrix, path) == ["标题 b1", "标题 w2", "标题 w1"]
    cards = _texts(matrix, path, "//li[@class='card']//a")
    assert cards == ["甲微信", "甲微博"]
    header = html.fromstring(matrix.read(path)).xpath("//header[contains(@class, 'opening')]")[0]
    assert {"../../groups/east/index.html", "https://a.example.com/", "../../members/a/feed.atom.xml"} <= set(
        header.xpath(".//a/@href")
    )
    assert (matrix.output / "members/a/2026/11/index.html").exists()
    assert broken_links(tree(matrix.output)) == []


def test_an_account_that_is_its_own_member_has_a_member_page_too(matrix: Workshop) -> None:
    matrix.build()
    assert _titles(matrix, "members/b/index.html") == ["标题 o1"]
    assert "members/b/" not in matrix.read("accounts/b/index.html")
    assert "../../members/a/index.html" in matrix.read("accounts/a-weibo/index.html")


@pytest.mark.parametrize(
    ("page", "badges"),
    [
        (
            "members/a/index.html",
            [
                "2025 优秀账号 甲微信 第 1 位",
                "2025 优秀作品 作品《一桥》",
                "2025 先进集体",
                "2025 优秀个人 个人李青",
            ],
        ),
        (
            "accounts/a-wechat/index.html",
            [
                "2025 优秀账号 第 1 位",
                "2025 优秀作品 作品《一桥》",
                "2025 先进集体 单位甲局",
                "2025 优秀个人 个人李青",
            ],
        ),
        ("members/b/index.html", []),
    ],
)
def test_an_honor_badges_the_member_and_all_its_accounts(
    matrix: Workshop, page: str, badges: list[str]
) -> None:
    matrix.build()
    assert _badges(matrix, page) == badges


def test_honors_that_change_reach_the_pages_of_the_honored(matrix: Workshop) -> None:
    matrix.build()
    matrix.write("content/honors/2025.md", ROLL.replace("甲局, 外地单位", "乙"))
    written = matrix.build().written
    assert _badges(matrix, "members/b/index.html") == ["2025 先进集体"]
    assert {"members/a/index.html", "accounts/b/index.html"} <= set(written)


def test_an_account_that_moves_leaves_its_former_member(matrix: Workshop) -> None:
    matrix.build()
    matrix.change("a-weibo", member="b")
    matrix.build()
    assert _titles(matrix, "members/a/index.html") == ["标题 w2", "标题 w1"]
    assert _titles(matrix, "members/b/index.html") == ["标题 o1", "标题 b1"]
    incremental = tree(matrix.output)
    matrix.build(matrix.root / "clean", full=True)
    assert incremental == tree(matrix.root / "clean")


def test_the_directory_of_members_is_by_group_and_paged(workshop: Workshop) -> None:
    accounts = [{"id": f"m{number:03}", "name": f"成员{number:03}"} for number in range(150)]
    east = [
        account | {"group": "east"} if number < 120 else account for number, account in enumerate(accounts)
    ]
    workshop.bare(*east, groups=[{"id": "east", "name": "东区"}])
    workshop.build()
    pages = ["members/index.html", "members/p/2/index.html"]
    assert [len(_texts(workshop, page, "//li[@class='card']")) for page in pages] == [100, 50]
    assert [_texts(workshop, page, "//h2") for page in pages] == [["东区"], ["东区", "其他成员"]]
    assert not (workshop.output / "members/p/3").exists()


def test_a_long_list_stays_light(workshop: Workshop) -> None:
    accounts: list[Mapping[str, Any]] = [
        {"id": f"a{number}", "name": f"青山市某某区融媒体中心{number}", "member": "big"}
        for number in range(40)
    ]
    workshop.bare(*accounts)
    for account in accounts[:6]:
        name = account["id"]
        items = [
            Item(f"{name}-{day}", f"关于做好冬季供暖工作的第{day}号通知", f"{name}{day}" + LONG * 3, day=day)
            for day in range(1, 19)
        ]
        workshop.feed(name, *items)
    workshop.build()
    path = "members/big/index.html"
    page = html.fromstring(workshop.read(path))
    assert len(page.xpath("//ol[@class='rows']/li")) == 100
    assert len(page.xpath("//p[@class='row-excerpt']")) == 20
    assert len(page.xpath("//li[@class='card']")) == 30
    assert "另有 10 个账号" in workshop.read(path)
    assert (workshop.output / path).stat().st_size < 100_000


def _years(*years: int) -> dict[str, str]:
    rolls = {}
    for year in years:
        front = ROLL.replace("year: 2025", f"year: {year}\nlevel: city\nissuers: {{hosted_by: 市委网信办}}")
        rolls[f"content/honors/{year}.md"] = front
    return rolls


def test_more_than_a_handful_of_honors_have_a_wall(matrix: Workshop) -> None:
    matrix.build()
    wall = "members/a/honors/index.html"
    assert not (matrix.output / wall).exists()
    for name, text in _years(2024, 2025).items():
        matrix.write(name, text)
    matrix.build()
    assert _texts(matrix, wall, "//h2") == ["2025", "2024"]
    assert len(_badges(matrix, wall)) == 8
    assert _badges(matrix, wall)[0] == "优秀账号 甲微信 第 1 位 连续2年 · 连续2次居首 市级 市委网信办"
    for page in ("members/a/index.html", "accounts/a-weibo/index.html"):
        assert len(_badges(matrix, page)) == 5
        assert "members/a/honors/index.html" in matrix.read(page)
        assert "全部 8 项荣誉" in matrix.read(page)
    assert faults(matrix.output) == []
    assert "https://matrix.example.org/members/a/honors/" in matrix.read("sitemaps/pages.xml")
    (matrix.root / "content/honors/2024.md").unlink()
    assert wall in matrix.build(force=True).removed


def test_a_streak_stands_on_badges_and_on_the_roll_of_its_year(matrix: Workshop) -> None:
    for name, text in _years(2023, 2024, 2025).items():
        matrix.write(name, text)
    matrix.build()
    assert _badges(matrix, "accounts/a-wechat/index.html")[0] == "2025 优秀账号 第 1 位 连续3年 · 连续3次居首"
    streaks = {
        year: _texts(matrix, f"honors/{year}/index.html", "//*[@class='streak']") for year in (2023, 2025)
    }
    assert streaks == {2023: [], 2025: ["连续3年 · 连续3次居首", "连续3年", "连续3年", "连续3年"]}
    assert _texts(matrix, "honors/2025/index.html", "//*[@class='level']") == ["市级"]


def test_a_year_that_comes_leaves_the_rolls_of_others_alone(matrix: Workshop) -> None:
    for name, text in _years(2023, 2024).items():
        matrix.write(name, text)
    matrix.build()
    matrix.write("content/honors/2025.md", _years(2025)["content/honors/2025.md"])
    written = matrix.build().written
    assert "honors/2025/index.html" in written
    assert {"honors/2023/index.html", "honors/2024/index.html"}.isdisjoint(written)


@pytest.mark.parametrize(
    "renamed",
    [{"name": "新名", "aliases": ["乙"]}, {"name": "新名"}],
    ids=["by a former name", "by id"],
)
def test_a_rename_keeps_the_badge(matrix: Workshop, renamed: dict[str, Any]) -> None:
    winner = "乙" if "aliases" in renamed else "{name: 乙, account: b}"
    matrix.write("content/honors/2025.md", ROLL.replace("甲局, 外地单位", winner))
    matrix.build()
    assert _badges(matrix, "accounts/b/index.html") == ["2025 先进集体 单位乙"]
    matrix.change("b", **renamed)
    matrix.build()
    assert _badges(matrix, "accounts/b/index.html") == ["2025 先进集体 单位乙"]
    assert 'href="../../accounts/b/index.html"' in matrix.read("honors/2025/index.html")
