"""When two names are the same."""

from __future__ import annotations

import unicodedata

PLATFORMS = {  # what people call platforms that have an id of their own
    "微信": "wechat",
    "微信公众号": "wechat",
    "公众号": "wechat",
    "微博": "weibo",
    "新浪微博": "weibo",
    "头条": "toutiao",
    "今日头条": "toutiao",
    "头条号": "toutiao",
    "抖音": "douyin",
    "抖音号": "douyin",
    "快手": "kuaishou",
    "视频号": "shipinhao",
    "微信视频号": "shipinhao",
    "哔哩哔哩": "bilibili",
    "B站": "bilibili",
    "小红书": "xiaohongshu",
    "网站": "website",
    "政府网站": "website",
    "客户端": "app",
    "APP": "app",
}


def platform_id(written: str) -> str:
    """The id of a platform that is written by its id or as people call it."""
    return PLATFORMS.get(written, written)


def name_key(name: str) -> str:
    """What a name is compared by: widths and case folded, blanks left out."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
