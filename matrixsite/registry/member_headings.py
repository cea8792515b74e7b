"""How tables of members name their columns, and what they write in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from matrixsite.config.names import name_key, platform_id
from matrixsite.config.shorthand import feed, iso_date, items_in
from matrixsite.registry.member_rows import COLUMNS

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("账号ID", "编号"),
    "name": ("账号名称", "名称", "账号", "公众号名称", "新媒体名称", "title"),
    "platform": ("平台", "平台类型", "账号平台", "开设平台"),
    "class": ("类别", "账号类别", "账号性质"),
    "member": ("成员单位", "所属单位"),
    "group": ("groups", "分组", "所属分组", "区域"),
    "sponsor": ("主办单位", "主办"),
    "undertaker": ("承办单位", "承办"),
    "operator": ("运营单位", "运营", "运维单位"),
    "batch": ("入驻批次", "批次"),
    "joined": ("加入日期", "入驻日期", "入驻时间", "加入时间"),
    "closed": ("注销日期", "关停日期", "关闭日期"),
    "closure": ("注销方式", "关停方式"),
    "successor": ("后继账号", "并入账号"),
    "former_names": ("曾用名", "原名", "原名称"),
    "aliases": ("别名", "简称"),
    "roles": ("角色",),
    "handle": ("账号标识", "微信号", "平台账号"),
    "home": ("主页", "主页地址", "网址", "htmlurl", "site", "link"),
    "avatar": ("头像", "头像地址"),
    "qr": ("二维码", "二维码地址"),
    "intro": ("简介", "账号简介", "功能介绍"),
    "feed": ("feeds", "订阅源", "订阅地址", "xmlurl", "rss", "feed url"),
    "store_links": ("应用商店", "下载地址"),
    "rights": ("展示范围",),
    "publish": ("发布方式",),
    "public": ("公开订阅源",),
    "skip_words": ("不收录词",),
    "timezone": ("时区",),
    "charset": ("编码",),
    "images": ("图片",),
}
HEADINGS: Mapping[str, str] = {name_key(column): column for column in COLUMNS} | {
    name_key(heading): column for column, headings in _HEADINGS.items() for heading in headings
}
WRITTEN_HEADINGS = (*COLUMNS, *(headings[0] for headings in _HEADINGS.values()))

_WORDS: Mapping[str, Mapping[str, str]] = {
    "class": {
        "政务": "government",
        "政府": "government",
        "媒体": "media",
        "自媒体": "self-media",
        "平台": "platform",
    },
    "closure": {"注销": "closed", "关停": "closed", "关闭": "closed", "合并": "merged", "迁移": "moved"},
    "rights": {"全文": "full", "摘要": "excerpt", "标题": "link"},
    "publish": {"自动": "auto", "审核": "hold", "先审后发": "hold"},
    "images": {"不显示": "none", "外链": "hotlink", "转存": "mirror"},
}
_TRUTH = {
    **dict.fromkeys(("是", "true", "1", "yes"), True),
    **dict.fromkeys(("否", "false", "0", "no"), False),
}
_LISTS = ("group", "feed", "roles", "aliases", "former_names", "store_links", "skip_words")
_DAYS = ("joined", "closed")
_CHINESE_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?")


def value_of(column: str, text: str) -> Any:
    """What the settings would say for a cell's text, which isn't empty."""
    if column in _LISTS:
        items = items_in(text)
        return [feed(item) for item in items] if column == "feed" else items
    if column in _DAYS:
        return iso_date(_CHINESE_DAY.sub(r"\1-\2-\3", text))
    if column == "platform":
        return platform_id(text)
    if column == "public":
        return _TRUTH.get(text.lower(), text)
    return _WORDS.get(column, {}).get(text, text)
