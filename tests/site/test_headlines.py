from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta

import feedparser
import pytest
from lxml import html

from tests.nights import Item
from tests.site.conftest import Workshop, faults

FIRST = date(2026, 10, 30)


@pytest.fixture
def daily(workshop: Workshop) -> Workshop:
    """Four headlines over two months; today is the day of the third."""
    workshop.bare({"id": "a", "name": "甲", "rights": "full"})
    workshop.feed("a", *(Item(str(number), f"第{number}篇") for number in range(4)))
    for number in range(4):
        _headline(workshop, FIRST + timedelta(number), str(number))
    workshop.today = FIRST + timedelta(2)
    return workshop


def _headline(workshop: Workshop, day: date, name: str) -> None:
    front = f"pick: https://example.com/{name}\nreason: 理由{name}\npicker: 编辑{name}"
    workshop.write(f"content/headlines/{day}.md", f"---\n{front}\n---\n按语{name}\n")


def _withdraw(workshop: Workshop, name: str) -> None:
    workshop.write(
        "content/withdrawn.yaml",
        f"- {{ref: 'https://example.com/{name}', why: 有误, by: 编辑, on: 2026-11-01}}\n",
    )


def _titles(page: str) -> list[str]:
    return [part.partition("</a>")[0].rpartition(">")[2] for part in page.split('row-title">')[1:]]


def test_the_home_page_leads_with_the_newest_day_that_has_come(daily: Workshop) -> None:
    daily.build()
    home = daily.read("index.html")
    assert '<time datetime="2026-11-01">2026年11月1日</time>' in home
    for shown in ("第2篇", "理由2", "编辑2"):
        assert shown in home
    assert "理由3" not in home


def test_the_newest_are_listed_and_each_month_has_its_own(daily: Workshop) -> None:
    daily.build()
    assert _titles(daily.read("headlines/index.html")) == ["第2篇", "第1篇", "第0篇"]
    assert _titles(daily.read("headlines/2026/11/index.html")) == ["第2篇"]
    assert _titles(daily.read("headlines/2026/10/index.html")) == ["第1篇", "第0篇"]
    assert "按语1" in daily.read("headlines/2026/10/index.html")
    assert 'href="../headlines/2026/10/index.html"' in daily.read("headlines/index.html")


def test_before_the_first_day_has_come_nothing_leads_to_headlines(daily: Workshop) -> None:
    daily.today = FIRST - timedelta(1)
    daily.build()
    assert "headlines/" not in daily.read("index.html")
    assert faults(daily.output) == []


def test_a_withdrawn_or_unknown_pick_shows_nothing_and_the_day_before_leads(daily: Workshop) -> None:
    _withdraw(daily, "2")
    _headline(daily, FIRST + timedelta(1), "no-such-page")
    daily.build()
    assert "理由0" in daily.read("index.html")
    for page in ("index.html", "headlines/index.html"):
        assert "第2篇" not in daily.read(page)
        assert "理由2" not in daily.read(page)
    assert _titles(daily.read("headlines/index.html")) == ["第0篇"]
    assert not (daily.output / "headlines/2026/11/index.html").exists()


def test_a_withdrawal_reaches_the_pages_that_stood(daily: Workshop) -> None:
    daily.build()
    _withdraw(daily, "2")
    written = daily.build().written
    assert {"index.html", "headlines/index.html"} <= set(written)
    assert "第2篇" not in daily.read("headlines/index.html")


def test_no_more_than_a_hundred_are_listed(workshop: Workshop) -> None:
    workshop.bare({"id": "a", "name": "甲"})
    workshop.feed("a", Item("1", "一篇"))
    for number in range(120):
        _headline(workshop, FIRST - timedelta(number), "1")
    workshop.today = FIRST
    workshop.build()
    assert len(_titles(workshop.read("headlines/index.html"))) == 100
    assert len(_titles(workshop.read("headlines/2026/09/index.html"))) == 30


@pytest.fixture
def tallied(workshop: Workshop) -> Workshop:
    """Three days of one member's two accounts, one of another, over two months; one that has not come."""
    workshop.bare(
        {"id": "a", "name": "甲微信", "member": "one"},
        {"id": "b", "name": "甲微博", "member": "one"},
        {"id": "c", "name": "=丙"},
    )
    workshop.members = [{"id": "one", "name": "甲局"}]
    workshop.feed("a", Item("1", "第1篇"), Item("5", "第5篇"))
    workshop.feed("b", Item("2", "第2篇"))
    workshop.feed("c", Item("3", "第3篇"))
    days = {"2026-10-30": "1", "2026-10-31": "3", "2026-11-01": "2", "2026-11-02": "1", "2026-11-03": "5"}
    for day, name in days.items():
        _headline(workshop, date.fromisoformat(day), name)
    workshop.today = date(2026, 11, 2)
    return workshop


def _cells(workshop: Workshop, path: str, table: int) -> list[list[str]]:
    found = html.fromstring(workshop.read(path)).xpath("//main//table")[table]
    return [[" ".join(cell.text_content().split()) for cell in row] for row in found.iter("tr")]


def test_a_year_says_whose_pieces_led_how_often(tallied: Workshop) -> None:
    tallied.build()
    path = "headlines/2026/index.html"
    assert _cells(tallied, path, 0) == [
        ["成员单位", "全年", "10月", "11月"],
        ["甲局", "3", "1", "2"],
        ["=丙", "1", "1", "0"],
        ["合计", "4", "2", "2"],
    ]
    assert _cells(tallied, path, 1) == [
        ["账号", "全年", "成员单位"],
        ["甲微信", "2", "甲局"],
        ["=丙", "1", "=丙"],
        ["甲微博", "1", "甲局"],
    ]
    assert 'href="../headlines/2026/index.html"' in tallied.read("headlines/index.html")
    assert faults(tallied.output) == []


def test_a_withdrawn_piece_no_longer_counts(tallied: Workshop) -> None:
    tallied.build()
    _withdraw(tallied, "1")
    written = tallied.build().written
    assert "headlines/2026/index.html" in written
    assert _cells(tallied, "headlines/2026/index.html", 0)[-1] == ["合计", "2", "1", "1"]


def test_a_month_has_a_bulletin_oldest_first(tallied: Workshop) -> None:
    tallied.build()
    path = "headlines/2026/10/bulletin/index.html"
    assert "2026年10月今日头条通报" in tallied.read(path)
    assert _cells(tallied, path, 0)[1:] == [
        ["2026-10-30", "第1篇", "甲微信", "甲局", "理由1 ——编辑1"],
        ["2026-10-31", "第3篇", "=丙", "=丙", "理由3 ——编辑3"],
    ]
    assert _cells(tallied, path, 1)[1:] == [["=丙", "1"], ["甲局", "1"]]
    assert "bulletin/index.html" in tallied.read("headlines/2026/10/index.html")


def test_the_table_of_a_month_is_for_spreadsheets_and_runs_nothing(tallied: Workshop) -> None:
    tallied.build()
    written = (tallied.output / "headlines/2026/10.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    head, first, second = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    assert head == ["日期", "标题", "账号", "成员单位", "推荐理由", "推荐人", "地址"]
    assert first[:6] == ["2026-10-30", "第1篇", "甲微信", "甲局", "理由1", "编辑1"]
    assert first[6].startswith("https://")
    assert second[2:4] == ["'=丙", "'=丙"]


def test_the_feed_has_a_day_an_item_with_its_reason(tallied: Workshop) -> None:
    tallied.build()
    feed = feedparser.parse((tallied.output / "headlines/feed.atom.xml").read_bytes())
    assert [(item.title, item.published[:10]) for item in feed.entries] == [
        ("第1篇", "2026-11-02"),
        ("第2篇", "2026-11-01"),
        ("第3篇", "2026-10-31"),
        ("第1篇", "2026-10-30"),
    ]
    assert feed.entries[1].summary.startswith("推荐理由：理由2——编辑2")
    ids = [item.id for item in feed.entries]
    assert ids[0] == "tag:matrix.example.org,2026-11-02:headline"
    assert len(set(ids)) == 4, "a piece that leads twice is two items"
    assert 'href="../headlines/feed.atom.xml"' in tallied.read("headlines/index.html")


def test_a_headline_that_comes_leaves_other_months_alone(tallied: Workshop) -> None:
    tallied.build()
    tallied.today += timedelta(1)
    written = set(_of_headlines(tallied.build().written))
    assert written == {
        "headlines/index.html",
        "headlines/feed.atom.xml",
        "headlines/2026/index.html",
        "headlines/2026/11/index.html",
        "headlines/2026/11/bulletin/index.html",
        "headlines/2026/11.csv",
    }


def _of_headlines(paths: tuple[str, ...]) -> Iterator[str]:
    return (path for path in paths if path.startswith("headlines/"))
