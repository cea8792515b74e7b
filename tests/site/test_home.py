from __future__ import annotations

import json

import pytest
from lxml import html

from tests.nights import LONG, Item
from tests.site.conftest import Workshop

TEXTS = ("公园", "图书馆", "体育馆")


def _text(subject: str) -> str:
    """Long enough, and unlike enough, that only carriers of it share a story."""
    return (
        f"{subject}通告。"
        + LONG.replace("公共图书馆", subject)
        + "".join(
            f"{subject}{number}号厅由{subject}管理处第{number * number + len(subject)}组值守。"
            for number in range(12)
        )
    )


@pytest.fixture
def carried(workshop: Workshop) -> Workshop:
    """Stories of one to three members within the week, and a widely carried one before it."""
    workshop.bare(
        *(
            {"id": name, "name": f"账号{name}", "member": name[0], "rights": "full"}
            for name in ("a1", "a2", "b", "c")
        )
    )
    workshop.members = [{"id": name, "name": f"成员{name}"} for name in "abc"]
    parks, books, old = (_text(subject) for subject in TEXTS)
    workshop.feed(
        "a1", Item("1", "公园延时", parks, day=18), Item("2", "书馆延时", books, day=12), Item("3", day=20)
    )
    workshop.feed("a2", Item("4", "公园延时转", parks, day=19), Item("5", "场馆开放", old, day=2))
    workshop.feed("b", Item("6", "书馆延时转", books, day=19), Item("7", "场馆开放转", old, day=3))
    workshop.feed("c", Item("8", "书馆延时再转", books, day=20), Item("9", "场馆开放再转", old, day=4))
    return workshop


def _rows(workshop: Workshop, xpath: str) -> list[str]:
    page = html.fromstring(workshop.read("index.html"))
    return [" ".join(item.text_content().split()) for item in page.xpath(xpath)]


def test_the_most_carried_are_counted_by_members_of_the_week(carried: Workshop) -> None:
    carried.build()
    (row,) = _rows(carried, '//ol[@class="ranking"]/li')
    # the library's was carried by two more within the week; two accounts of one member are one
    assert row == "书馆延时 2 家成员单位发布 账号a1"


def test_the_week_ends_with_the_newest_entry_that_has_a_date_of_its_own(carried: Workshop) -> None:
    """What has no date counts from its first sight, weeks after all others."""
    carried.write(
        "feeds/a1.xml",
        "<rss version='2.0'><channel><title>t</title><item><title>无日期</title><guid>u</guid></item></channel></rss>",
    )
    carried.feed("a2", Item("5", "场馆开放", _text(TEXTS[2]), day=1))
    carried.feed("b", Item("7", "场馆开放转", _text(TEXTS[2]), day=-1))
    carried.feed("c", Item("9", "场馆开放再转", _text(TEXTS[2]), day=-30))
    carried.build()
    assert "无日期" in carried.read("index.html")
    (row,) = _rows(carried, '//ol[@class="ranking"]/li')
    assert "2 家成员单位发布" in row


def test_a_section_block_shows_two_of_a_member_and_a_story_stands_in_one(carried: Workshop) -> None:
    carried.feed("a1", *(Item(f"n{number}", f"新{number}", day=20) for number in range(5)))
    sections = [
        {
            "id": "first",
            "title": "一",
            "children": [{"id": "inner", "title": "内", "rule": {"accounts": ["a1", "b"]}}],
        },
        {"id": "second", "title": "二", "rule": {"accounts": ["a1"]}},
        {"id": "empty", "title": "三", "rule": {"title_words": ["没有的词"]}},
        {"id": "away", "title": "四", "link": "https://example.org/"},
    ]
    carried.write("content/sections.yaml", json.dumps(sections))
    carried.build()
    assert _rows(carried, '//section[@class="block"]/h2') == ["一", "二"]
    first = _rows(carried, '//section[@class="block"][1]//h3')
    second = _rows(carried, '//section[@class="block"][2]//h3')
    assert len(first) == 4  # two of each member
    assert len(second) == 2
    assert not {*first} & {*second}


def test_without_sections_the_newest_of_all_are_shown(carried: Workshop) -> None:
    carried.build()
    assert "标题 3" in _rows(carried, '//section[h2[@id="newest"]]//h3')


def test_the_matrix_at_a_glance(workshop: Workshop) -> None:
    workshop.build()
    figures = dict(zip(_rows(workshop, "//dl//dt"), _rows(workshop, "//dl//dd"), strict=True))
    assert figures["账号"] == "8"
    platforms = _rows(workshop, '//ul[@class="platforms"]/li')
    assert platforms[0].startswith("网站") or platforms[0].startswith("微信")
    assert sum(int(row.split()[-1]) for row in platforms) == 7  # a closed account counts no more


def test_the_menu_shows_the_top_only_and_the_site_map_all(workshop: Workshop) -> None:
    workshop.build()
    menu = _rows(workshop, "//nav//li")
    assert menu[:2] == ["首页", "民生"]
    assert "出行" not in menu
    assert {"账号名录", "今日头条", "专栏", "榜单", "关于本站"} <= {*menu}
    assert "出行" in workshop.read("sitemap/index.html")
    for path in ("sitemap/index.html", "sources/index.html"):
        assert f'href="./{path}"' in workshop.read("index.html")


def test_sources_tell_no_reason_and_no_address(workshop: Workshop) -> None:
    workshop.write("feeds/water-daily.xml", "<html>token=secret</html>")
    workshop.build()
    page = workshop.read("sources/index.html")
    rows = {
        " ".join(row.text_content().split()[:-2]): row.text_content().split()[-1]
        for row in html.fromstring(page).xpath('//ul[@class="sources"]/li')
    }
    assert rows["青山发布"] == "正常"
    assert rows["清水日报客户端"] == "不可用"
    for secret in ("secret", "bridge.example.org", "water.example.org", "html-page"):
        assert secret not in page


@pytest.mark.parametrize("base", ["", "/matrix"])
def test_404_links_from_the_root_of_its_host(workshop: Workshop, base: str) -> None:
    workshop.site["url"] = f"https://matrix.example.org{base}"
    workshop.build()
    page = html.fromstring(workshop.read("404.html"))
    links = [link for _, _, link, _ in page.iterlinks() if not link.startswith(("http", "mailto:", "#"))]
    assert links
    assert all(link.startswith(f"{base}/") and not link.startswith("//") for link in links)


def test_an_operators_templates_and_files_come_before_the_themes(workshop: Workshop) -> None:
    workshop.build()
    workshop.write(
        "theme/templates/base.html",
        '{% extends "!theme/base.html" %}{% block footer %}{{ super() }}<p>运维单位：信息中心</p>{% endblock %}',
    )
    workshop.write(
        "theme/templates/matrix/not_found.html",
        '{% extends "!matrix/not_found.html" %}{% block content %}{{ super() }}<p>请拨打12345</p>{% endblock %}',
    )
    workshop.write("theme/static/css/city.css", "p { margin: 0 }")
    workshop.build()
    for path in ("index.html", "pages/about.html", "accounts/index.html"):
        assert "运维单位：信息中心" in workshop.read(path)
        assert "跳到正文" in workshop.read(path)
    assert "请拨打12345" in workshop.read("404.html")
    assert (workshop.output / "theme/css/city.css").exists()
    workshop.write("theme/templates/base.html", '{% extends "!theme/base.html" %}')
    workshop.build()
    assert "运维单位" not in workshop.read("accounts/index.html")
