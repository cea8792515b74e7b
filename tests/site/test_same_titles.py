"""Rows of one title in one list: what is written beside each."""

from __future__ import annotations

import pytest
from lxml import html

from matrixsite.site.contexts.frame import Link, Moment
from matrixsite.site.contexts.rows import Row
from matrixsite.site.same_titles import told_apart
from tests.nights import LONG, Item
from tests.site.conftest import Workshop

CALENDAR = "早安·文明日历"


def _row(title: str, day: int = 20, excerpt: str = "", account: str = "a", hour: int = 7) -> Row:
    link, moment = (
        Link(account, f"accounts/{account}/index.html"),
        Moment(f"2026-11-{day}T{hour:02}:00:00+08:00"),
    )
    return Row(title, "x", False, link, "wechat", moment, None, excerpt, None, "text", 1, "")


@pytest.mark.parametrize(
    ("rows", "apart"),
    [
        ([_row("甲"), _row("乙")], ["", ""]),
        ([_row(CALENDAR, 19), _row("乙"), _row(CALENDAR, 20)], ["11月19日", "", "11月20日"]),
        (
            [_row(CALENDAR, excerpt="今天认识修表的老陈，他在街口三十年"), _row(CALENDAR, excerpt="大雪")],
            ["今天认识修表的老陈，他在街口三十…", "大雪"],
        ),
        ([_row(CALENDAR, hour=7), _row(CALENDAR, hour=18)], ["11月20日 07:00", "11月20日 18:00"]),
        ([_row(CALENDAR, account="a"), _row(CALENDAR, account="b")], ["", ""]),  # the account is beside it
        (
            [
                _row(CALENDAR, 19, account="a"),
                _row(CALENDAR, 18, account="b"),
                _row(CALENDAR, 20, account="a"),
            ],
            ["11月19日", "11月18日", "11月20日"],
        ),
        ([_row(""), _row("", 19)], ["11月20日", "11月19日"]),
    ],
)
def test_what_tells_rows_apart(rows: list[Row], apart: list[str], workshop: Workshop) -> None:
    workshop.bare({"id": "a", "name": "甲"})
    with workshop.edition() as edition:
        told = told_apart(rows, edition)
    assert [row.apart for row in told] == apart
    assert [row.title for row in told] == [row.title for row in rows]


def test_a_daily_serial_can_be_told_apart_in_every_list(workshop: Workshop) -> None:
    workshop.bare({"id": "a", "name": "甲"})
    days = (Item(f"c{day}", CALENDAR, f"<p>{day}日。</p>", day=day) for day in (1, 2, 3))
    workshop.feed("a", *days, Item("x", "别的", LONG, day=4))
    workshop.build()
    for path in ("accounts/a/index.html", "accounts/a/2026/11/index.html", "members/a/index.html"):
        titles = html.fromstring(workshop.read(path)).xpath("//ol[@class='rows']//*[@class='row-title']/a")
        texts = [" ".join(title.text_content().split()) for title in titles]
        assert sorted(texts) == ["别的", *(f"{CALENDAR} 11月{day}日" for day in (1, 2, 3))], path
