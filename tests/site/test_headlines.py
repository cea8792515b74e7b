from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.nights import Item
from tests.site.conftest import Workshop

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
    assert '<time datetime="2026-11-01">2026-11-01</time>' in home
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
