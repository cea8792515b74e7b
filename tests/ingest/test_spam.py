"""Spam is told by what titles advertise; reports on it are none."""

from __future__ import annotations

import pytest

from matrixsite.ingest.spam import spam_in

OFFERS = [
    "澳门新葡京娱乐官网注册",
    "开云体育app下载 注册送88",
    "时时彩计划预测网站",
    "best online casino bonus 2026",
]
REPORTS = [
    "警方打掉一跨境网络赌博团伙",
    "反诈提醒：刷单返利都是诈骗",
    "我市召开禁毒禁赌工作会议",
    "体育彩票公益金支持全民健身",
    "金沙遗址博物馆延长开放时间",
    "永利社区举办邻里节",
]


@pytest.mark.parametrize(
    ("titles", "found"),
    [
        (OFFERS, True),
        (OFFERS[:2], False),  # two alone may be an editor's matter
        (OFFERS[:3] + REPORTS, True),
        (OFFERS[:3] + REPORTS * 2, False),  # a fifth: broken-in entries of a good feed
        (REPORTS * 5, False),
        ([], False),
    ],
)
def test_spam(titles: list[str], found: bool) -> None:
    assert [reason.code for reason in spam_in(titles)] == (["spam"] if found else [])
