"""What identifies a page on the platforms our members publish on, and what only says who shared it.

Sources: RSSHub lib/utils/wechat-mp.ts (WeChat), the platforms' own share links (the rest).
A rule is applied by `clean.urls.canonical_url` only; the address that is shown stays as published.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from re import Pattern
from types import MappingProxyType

TRACKERS = frozenset(
    (
        *("fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "ttclid", "yclid", "igshid"),
        *("mc_cid", "mc_eid", "_hsenc", "_hsmi", "spm", "scm", "spm_id_from", "vd_source", "isappinstalled"),
        *("nsukey", "wxshare", "wxfrom", "wx_header", "nettype", "clicktime", "enterid", "bd_source"),
        *("sharer_shareid", "sharer_sharetime", "sharer_shareinfo", "sharer_shareinfo_first", "tdsourcetag"),
        *("share_token", "share_source", "share_medium", "share_plat", "share_session_id", "share_tag"),
        *("share_times", "share_from", "share_id", "sharefrom", "sharesource"),
    )
)
TRACKER_PREFIXES = ("utm_", "pk_", "mtm_", "matomo_", "hmsr", "hmpl", "hmcu", "hmkw", "hmci")
SHARED_FROM = frozenset(  # values of `from=` that apps add on sharing; any other value may choose the content
    (
        *("singlemessage", "timeline", "groupmessage", "share", "weixin", "wechat", "weibo"),
        *("qq", "qzone", "appmsg", "copylink", "mainpage"),
    )
)

# Weibo writes a post's number in two ways: mid 3491273850170657 is written yCirT0Iox,
# seven decimal digits to four of base 62.
_BASE62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def weibo_mid(post: str) -> str:
    """The decimal number of a Weibo post, from either of its two spellings."""
    if post.isdigit() and len(post) > 11:
        return post
    groups = [post[max(end - 4, 0) : end] for end in range(len(post), 0, -4)]
    numbers = [
        sum(_BASE62.index(c) * 62**place for place, c in enumerate(reversed(group))) for group in groups
    ]
    return "".join(f"{number:07d}" for number in reversed(numbers)).lstrip("0")


@dataclass(frozen=True, slots=True)
class PageRule:
    """Which pages of a host are one kind of thing, and how their identity is written."""

    path: Pattern[str]  # matched against the whole path, without a trailing slash
    to: str  # host and path, with {id} for the named group
    keep: tuple[str, ...] = ()  # the parameters that identify it, in the order they are written
    aliases: MappingProxyType[str, str] = field(default_factory=lambda: MappingProxyType({}))
    required: tuple[str, ...] = ()  # without these it is a temporary address, which identifies nothing
    convert: Callable[[str], str] | None = None  # of the id


@dataclass(frozen=True, slots=True)
class HostRule:
    """What is known of one host."""

    host: str = ""  # the host it is folded to
    drop: frozenset[str] = frozenset()  # parameters beyond TRACKERS
    pages: tuple[PageRule, ...] = ()


def _page(path: str, to: str, *keep: str) -> PageRule:
    return PageRule(re.compile(path, re.ASCII), to, keep)


_WECHAT = HostRule(
    pages=(
        _page(r"/s/(?P<id>[\w-]+)", "mp.weixin.qq.com/s/{id}"),
        PageRule(
            re.compile("/s|/mp/appmsg/show"),
            "mp.weixin.qq.com/s",
            keep=("__biz", "mid", "idx", "sn"),
            aliases=MappingProxyType({"appmsgid": "mid", "itemidx": "idx", "sign": "sn"}),
            required=("__biz", "mid", "idx"),
        ),
    )
)
_WEIBO = HostRule(
    drop=frozenset({"from", "wvr", "mod", "sourcetype", "wm", "type", "featurecode", "luicode", "lfid"}),
    pages=(
        PageRule(
            re.compile(r"/(?:\d{5,12}|status|detail)/(?P<id>[0-9A-Za-z]{9}|\d{16})", re.ASCII),
            "weibo.com/detail/{id}",
            convert=weibo_mid,
        ),
        _page(r"/ttarticle/(?:p|m)/show", "weibo.com/ttarticle/p/show", "id"),
    ),
)
_TOUTIAO = HostRule(
    host="www.toutiao.com",
    drop=frozenset(
        {"log_from", "wid", "app", "timestamp", "use_new_style", "req_id", "group_id", "source", "channel"}
    ),
    pages=(
        _page(r"/(?:article/|item/|group/|i|a)(?P<id>\d{15,20})", "www.toutiao.com/article/{id}"),
        _page(r"/(?P<id>w/\d{15,20}|video/\d{15,20}|is/\w+)", "www.toutiao.com/{id}"),
    ),
)
_DOUYIN = HostRule(
    drop=frozenset({"previous_page", "enter_from", "from_gid", "region", "mid", "u_code", "did", "iid"}),
    pages=(_page(r"/(?:share/)?(?P<id>(?:video|note)/\d{15,20})", "www.douyin.com/{id}"),),
)
_BILIBILI = HostRule(
    host="www.bilibili.com",
    drop=frozenset(
        {
            "from",
            "seid",
            "buvid",
            "is_story_h5",
            "mid",
            "plat_id",
            "timestamp",
            "unique_k",
            "up_id",
            "bbid",
            "ts",
        }
    ),
    pages=(
        _page(r"/(?:opus|dynamic)/(?P<id>\d{15,20})", "www.bilibili.com/opus/{id}"),
        _page(r"/(?P<id>video/(?:BV[0-9A-Za-z]{10}|av\d+))", "www.bilibili.com/{id}", "p"),
        _page(r"/(?P<id>read/(?:cv|mobile/)\d+)", "www.bilibili.com/{id}"),
    ),
)
_XIAOHONGSHU = HostRule(
    host="www.xiaohongshu.com",
    pages=(_page(r"/(?:explore|discovery/item)/(?P<id>[0-9a-f]{24})", "www.xiaohongshu.com/explore/{id}"),),
)
_THEPAPER = HostRule(
    host="www.thepaper.cn",
    pages=(_page(r"/(?:newsDetail_forward_|detail/)(?P<id>\d+)", "www.thepaper.cn/newsDetail_forward_{id}"),),
)
_QQ_NEWS = HostRule(
    pages=(_page(r"/(?:rain/)?a/(?P<id>\d{8}[0-9A-Z]{6,8})", "news.qq.com/rain/a/{id}"),),
)
_SOHU = HostRule(host="www.sohu.com", pages=(_page(r"/(?P<id>a/\d+_\d+)", "www.sohu.com/{id}"),))
_SHORT = HostRule(pages=(_page(r"/(?P<id>\w+)", "{host}/{id}"),))  # one code, the rest says who shared it

HOSTS: MappingProxyType[str, HostRule] = MappingProxyType(
    {
        "mp.weixin.qq.com": _WECHAT,
        "weibo.com": _WEIBO,
        "www.weibo.com": HostRule("weibo.com", _WEIBO.drop, _WEIBO.pages),
        "m.weibo.cn": HostRule("weibo.com", _WEIBO.drop, _WEIBO.pages),
        "weibo.cn": HostRule("weibo.com", _WEIBO.drop, _WEIBO.pages),
        "toutiao.com": _TOUTIAO,
        "www.toutiao.com": _TOUTIAO,
        "m.toutiao.com": _TOUTIAO,
        "www.douyin.com": _DOUYIN,
        "m.douyin.com": _DOUYIN,
        "www.iesdouyin.com": _DOUYIN,
        "v.douyin.com": _SHORT,
        "www.bilibili.com": _BILIBILI,
        "m.bilibili.com": _BILIBILI,
        "bilibili.com": _BILIBILI,
        "t.bilibili.com": HostRule(pages=(_page(r"/(?P<id>\d{15,20})", "www.bilibili.com/opus/{id}"),)),
        "b23.tv": _SHORT,
        "www.xiaohongshu.com": _XIAOHONGSHU,
        "xiaohongshu.com": _XIAOHONGSHU,
        "baijiahao.baidu.com": HostRule(pages=(_page("/s", "baijiahao.baidu.com/s", "id"),)),
        "www.thepaper.cn": _THEPAPER,
        "m.thepaper.cn": _THEPAPER,
        "new.qq.com": _QQ_NEWS,
        "news.qq.com": _QQ_NEWS,
        "view.inews.qq.com": _QQ_NEWS,
        "www.sohu.com": _SOHU,
        "m.sohu.com": _SOHU,
        "m.163.com": HostRule("www.163.com"),
        "3g.163.com": HostRule("www.163.com"),
        "m.gmw.cn": HostRule("www.gmw.cn"),
        "m.cnr.cn": HostRule("www.cnr.cn"),
    }
)

# Hosts and paths whose pages are videos (or sounds), whatever words stand around them.
VIDEO_PAGES = re.compile(
    r"https?://(?:www\.douyin\.com/(?:video/|.*[?&]modal_id=)|v\.douyin\.com/|www\.iesdouyin\.com/share/video/"
    r"|(?:www\.|m\.)?bilibili\.com/video/|b23\.tv/|v\.qq\.com/|(?:v|www)\.kuaishou\.com/"
    r"|channels\.weixin\.qq\.com/|finder\.video\.qq\.com/|(?:www\.|m\.)?toutiao\.com/video/|www\.ixigua\.com/"
    r"|(?:www\.)?weibo\.com/tv/|video\.weibo\.com/|v\.youku\.com/|tv\.cctv\.com/|player\.bilibili\.com/"
    r"|mp\.weixin\.qq\.com/mp/readtemplate\?t=pages/video_player|player\.youku\.com/|(?:www\.)?youtube(?:-nocookie)?\.com/)"
)
AUDIO_PAGES = re.compile(
    r"https?://(?:www\.ximalaya\.com/|y\.qq\.com/|music\.163\.com/|m\.ximalaya\.com/|www\.qingting\.fm/)"
)
