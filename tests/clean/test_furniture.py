"""What stands around a text: where the excerpt begins, who is credited, what is no text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.clean.furniture import EXCERPT_LIMIT, credit, excerpt, is_furniture, is_placeholder, topics

FURNITURE = [
    "点击上方蓝字关注我们",
    "↑ 点击蓝字 关注极市平台",
    "点击右上角微信好友",
    "朋友圈",
    "请使用浏览器分享功能进行分享",
    "首页> 新闻 > 正文",
    "您的位置： 首页 » 要闻",
    "正在阅读:成都推出新举措",
    "来源:成都日报锦观新闻客户端2022-12-16 13:40",
    "来源：新华社",
    "2019-05-09 13:13 来源:澎湃新闻 问政",
    "2023年3月22日",
    "发布时间：2023-03-22 11:15",
    "责任编辑：张三",
    "字号：大 中 小",
    "———",
]
TEXT = [
    "点击率下降引发各方关注，业内人士认为",
    "来源复杂的污染物正在减少，专家说",
    "2023年3月22日，青山区召开大会，部署全年重点工作，提出六项要求。",
    "首页改版了",
    "本报讯 记者从市政府获悉",
    "习近平主持召开会议",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", TEXT)
def test_text_is_no_furniture(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("正文第一句。", "标题", "正文第一句。"),
        ("点击上方蓝字关注我们\n来源：新华社\n正文第一句。\n第二句。", "标题", "正文第一句。 第二句。"),
        (
            "点击上方“中国海洋观测” 即可关注我们哦近日，海洋观测卫星发射成功",
            "标题",
            "近日，海洋观测卫星发射成功",
        ),
        ("点击蓝字 关注我们植物如何感知环境变化并协调生长", "标题", "植物如何感知环境变化并协调生长"),
        ("↑ 点击蓝字 关注极市平台\n第一句。", "标题", "第一句。"),
        ("标 题！\n第一句。", "标题", "第一句。"),
        ("车主注意！高速收费将变", "车主注意!高速收费将变", ""),
        ("车主注意！高速…", "车主注意！高速收费将变", ""),
        ("来源：新华社", "标题", ""),
        ("", "标题", ""),
        ("字" * 200, "", "字" * 159 + "…"),
    ],
)
def test_excerpt(text: str, title: str, expected: str) -> None:
    assert excerpt(text, title) == expected


@given(st.text(), st.text(max_size=20))
def test_an_excerpt_is_one_short_line(text: str, title: str) -> None:
    words = excerpt(text, title)
    assert len(words) <= EXCERPT_LIMIT
    assert len(words.splitlines()) <= 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("来源:成都日报锦观新闻客户端2022-12-16 13:40", "成都日报锦观新闻客户端"),
        ("2019-05-09 13:13\n来源：澎湃新闻 编辑：张三\n正文", "澎湃新闻"),
        ("转自 | 新华社\n正文", "新华社"),
        ("本文转自：微信公众号“青山发布”\n正文", "青山发布"),
        ("正文" * 50 + "。（来源：《湖北日报》）", "湖北日报"),
        ("正文\n" * 30 + "来源：红星新闻", "红星新闻"),
        ("正文\n" * 10 + "来源：红星新闻\n" + "正文\n" * 20, ""),
        ("图片来源：视觉中国\n正文", ""),
        ("来源：" + "很长的一句话没有任何停顿因此不是一个名字而是把正文都接在后面的一整段文字", ""),
        ("来源：湖北日报（记者 张三）", "湖北日报"),
        ("来源 | 香港中文大学（深圳）", "香港中文大学（深圳）"),
        ("来源复杂，情况不明", ""),
    ],
)
def test_credit(text: str, expected: str) -> None:
    assert credit(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#成都发布# 早安 ＃文明日历＃", ("成都发布", "文明日历")),
        ("今天#成都#下雨#成都#", ("成都",)),
        ("#A b# #a B#", ("A b",)),
        ("https://a.cn/#/x#y #fff# #123456# color:#abc;#def", ()),
        ("C#和F#语言", ()),
        ("#单\n行#", ()),
        ("#x# # 空白 #", ()),
        ("#" + "长" * 33 + "#", ()),
    ],
)
def test_topics(text: str, expected: tuple[str, ...]) -> None:
    assert topics(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("环境异常\n当前环境异常，完成验证后即可继续访问。\n去验证", True),
        ("该内容已被发布者删除", True),
        ("此内容因违规无法查看", True),
        ("获取全文失败，请重试~", True),
        ("海洋环境异常现象研究", False),
        ("记者发现，一些文章已被发布者删除。" + "长" * 300, False),
        ("", False),
    ],
)
def test_placeholder(text: str, expected: bool) -> None:
    assert is_placeholder(text) is expected
