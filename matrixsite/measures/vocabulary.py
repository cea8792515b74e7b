"""What may be measured of an account in a period, and by which headings tables name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from matrixsite.config.names import name_key

MOST = 10**12  # of any measure: beyond it lies a slip of the keyboard


class Over(StrEnum):
    """How the measures of months make that of a quarter."""

    SUM = "sum"
    MAXIMUM = "max"
    LAST = "last"  # a level, such as followers: that of the latest part


@dataclass(frozen=True, slots=True)
class Measure:
    name: str
    title: str  # as pages and tables print it
    headings: tuple[str, ...] = ()  # others that tables use
    over: Over = Over.SUM
    whole: bool = True  # counts; a score may have a fraction


_ALL = (
    Measure("posts", "发布数", ("发文数", "发布条数", "文章数", "微博数", "作品数")),
    Measure("original_posts", "原创数", ("原创发布数", "原创微博数")),
    Measure("headline_posts", "头条发布数", ("头条文章数", "头条数")),
    Measure("reads", "阅读数", ("阅读量", "总阅读数", "阅读", "views")),
    Measure("wows", "在看数", ("在看", "总在看数", "推荐数")),
    Measure("likes", "点赞数", ("点赞", "点赞量", "总点赞数", "获赞数")),
    Measure("shares", "转发数", ("转发", "转发量", "分享数", "分享", "总转发数", "reposts", "forwards")),
    Measure("comments", "评论数", ("评论", "评论量", "留言数")),
    Measure("plays", "播放数", ("播放量", "播放", "总播放数")),
    Measure("favorites", "收藏数", ("收藏", "收藏量")),
    Measure("headline_reads", "头条阅读数", ("头条阅读量", "头条总阅读数")),
    Measure("headline_wows", "头条在看数"),
    Measure("headline_likes", "头条点赞数"),
    Measure("headline_shares", "头条转发数"),
    Measure("original_shares", "原创转发数", ("原创微博转发数",)),
    Measure("original_comments", "原创评论数", ("原创微博评论数",)),
    Measure("max_reads", "最高阅读数", ("最大阅读数", "峰值阅读数"), Over.MAXIMUM),
    Measure("max_wows", "最高在看数", ("最大在看数",), Over.MAXIMUM),
    Measure("max_likes", "最高点赞数", ("最大点赞数",), Over.MAXIMUM),
    Measure("max_shares", "最高转发数", ("最大转发数",), Over.MAXIMUM),
    Measure("followers", "粉丝数", ("粉丝量", "粉丝", "关注数", "订阅数"), Over.LAST),
    Measure("spread_score", "传播力", (), Over.LAST, whole=False),
    Measure("service_score", "服务力", (), Over.LAST, whole=False),
    Measure("interaction_score", "互动力", (), Over.LAST, whole=False),
)

MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _ALL}

COUNTED: Mapping[str, str] = {  # what the store itself can count of an account's entries, with its title
    "posts": "发布数",
    "active_days": "活跃天数",
    "originals": "首发数",
    "carried": "被转载次数",
}

DAYS = "days"  # the variable of formulas that says how many days the measures are of

TITLES: Mapping[str, str] = {
    **COUNTED,
    **{measure.name: measure.title for measure in _ALL},
    DAYS: "天数",
}

ACCOUNT_HEADINGS = (
    "account",
    "账号",
    "账号ID",
    "id",
    "name",
    "名称",
    "账号名称",
    "公众号",
    "公众号名称",
    "微博名称",
)
PLATFORM_HEADINGS = ("platform", "平台")
PERIOD_HEADINGS = (
    "period",
    "周期",
    "时期",
    "月份",
    "month",
    "季度",
    "quarter",
    "年度",
    "年份",
    "year",
    "统计周期",
)
FROM_HEADINGS = ("from", "开始日期", "起始日期", "开始")
TO_HEADINGS = ("to", "结束日期", "截止日期", "结束")
NOTE_HEADINGS = ("note", "备注")  # for editors; nothing reads it


def _headings() -> dict[str, str]:
    """Folded heading → what the column holds: a measure's name, or one of the words below."""
    held = {
        "account": ACCOUNT_HEADINGS,
        "platform": PLATFORM_HEADINGS,
        "period": PERIOD_HEADINGS,
        "from": FROM_HEADINGS,
        "to": TO_HEADINGS,
        "note": NOTE_HEADINGS,
        **{measure.name: (measure.name, measure.title, *measure.headings) for measure in _ALL},
    }
    return {name_key(heading): name for name, headings in held.items() for heading in headings}


HEADINGS: Mapping[str, str] = _headings()
WRITTEN_HEADINGS = (
    *(heading for measure in _ALL for heading in (measure.name, measure.title)),
    *("account", "账号", "period", "周期", "from", "to", "platform", "平台", "note", "备注"),
)
