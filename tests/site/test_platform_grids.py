"""Who is on which platform: the grid of a group, its gaps, its pages; QR codes and platforms of members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from lxml import html

from tests.nights import Item
from tests.site.conftest import Workshop, faults

ACCOUNTS: Sequence[Mapping[str, Any]] = (
    {"id": "qs-wx", "name": "青山发布", "member": "qs", "platform": "wechat", "group": "qs"},
    {"id": "qs-wb", "name": "青山微博", "member": "qs", "platform": "weibo", "group": "qs"},
    {"id": "lh", "name": "菱湖发布", "platform": "wechat", "group": "lh"},
    {"id": "lh-old", "name": "菱湖旧号", "platform": "weibo", "group": "lh", "closed": "2026-01-01"},
    {"id": "city", "name": "市发布", "platform": "douyin", "group": "all"},
)
GROUPS = (
    {"id": "all", "name": "全市"},
    {"id": "qs", "name": "青山区", "parent": "all", "kind": "district"},
    {"id": "lh", "name": "菱湖县", "parent": "all", "kind": "district"},
)
GAP = "— 未开通"


@pytest.fixture
def matrix(workshop: Workshop) -> Workshop:
    workshop.bare(*ACCOUNTS, groups=GROUPS)
    workshop.members = [{"id": "qs", "name": "青山区委"}]
    workshop.feed("lh", Item("1"))
    return workshop


def _grid(page: str) -> list[list[str]]:
    rows = html.fromstring(page).xpath("//table[contains(@class, 'platform-grid')]//tr")
    return [[" ".join(cell.xpath(".//text()")).strip() for cell in row.xpath("./*")] for row in rows]


def test_a_group_shows_districts_by_platforms_with_their_gaps(matrix: Workshop) -> None:
    matrix.build()
    assert _grid(matrix.read("groups/all/index.html")) == [
        ["单位", "微信", "抖音", "微博"],
        ["青山区   2", "青山发布", GAP, "青山微博"],
        ["菱湖县   2", "菱湖发布", GAP, GAP],  # a closed account leaves a gap
        ["市发布", GAP, "市发布", GAP],
    ]
    assert _grid(matrix.read("groups/lh/index.html")) == []  # all that is there is on one platform
    assert "菱湖旧号" in matrix.read("groups/lh/index.html")
    assert faults(matrix.output) == []


def test_the_directory_shows_the_groups_at_its_top(matrix: Workshop) -> None:
    matrix.groups = [*matrix.groups, {"id": "more", "name": "部门"}]
    matrix.build()
    assert [row[0] for row in _grid(matrix.read("accounts/index.html"))] == ["单位", "全市   5", "部门"]


def test_many_accounts_of_a_cell_are_counted(matrix: Workshop) -> None:
    more = [{**ACCOUNTS[2], "id": f"lh{one}", "name": f"菱湖{one}"} for one in range(2)]
    matrix.accounts = [*matrix.accounts, *more]
    matrix.build()
    cells = {row[0].split()[0]: row for row in _grid(matrix.read("groups/all/index.html"))}
    assert cells["菱湖县"][1] == "3 个账号"


def test_a_long_grid_is_paged_and_stays_light(workshop: Workshop) -> None:
    platforms = [f"platform-{one}" for one in range(9)]
    workshop.bare(
        *(
            {
                "id": f"m{member}-{platform}-{one}",
                "name": "青山市第一人民医院互联网医院服务号",
                "member": f"m{member}",
                "platform": platform,
                "group": "g",
            }
            for member in range(70)
            for platform in platforms
            for one in range(2)
        ),
        groups=[{"id": "g", "name": "组"}],
    )
    workshop.members = [{"id": f"m{one}", "name": f"青山市卫生健康委员会{one}"} for one in range(70)]
    workshop.build()
    first, second = (workshop.read(f"groups/g/{name}") for name in ("index.html", "p/2/index.html"))
    assert (len(_grid(first)), len(_grid(second))) == (51, 21)
    assert _grid(first)[0][-1] == "其他平台"
    assert len(first.encode()) < 100_000


def test_qr_codes_are_shown_from_content_or_the_web(workshop: Workshop) -> None:
    workshop.write("content/images/qr.png", b"\x89PNG\r\n\x1a\n")
    workshop.change("qingshan-fabu", qr="content/images/qr.png", avatar="content/images/qr.png")
    workshop.change("qingshan-weibo", qr="https://img.example.org/qr.png")
    workshop.build()
    account = html.fromstring(workshop.read("accounts/qingshan-fabu/index.html"))
    assert account.xpath("//figure[@class='qr']/img/@src") == ["../../images/qr.png"]
    assert account.xpath("//figure[@class='qr']/img/@alt") == ["青山发布的二维码"]
    assert account.xpath("//img[@class='avatar']/@src") == ["../../images/qr.png"]
    member = html.fromstring(workshop.read("members/qingshan/index.html"))
    assert member.xpath("//figure[@class='qr']/img/@src") == [
        "../../images/qr.png",
        "https://img.example.org/qr.png",
    ]
    assert member.xpath("//ul[@class='platforms']/li/span[1]/text()") == ["微信", "微博"]
    assert faults(workshop.output) == []
