"""Addresses: as a browser would resolve them, and folded for comparison."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.clean.url_rules import HOSTS, weibo_mid
from matrixsite.clean.urls import absolute, canonical_url

BASE = "https://news.example.cn/2023/03/index.html?page=2"

RESOLVED = [
    ("http://mp.weixin.qq.com/s/abc", "http://mp.weixin.qq.com/s/abc"),
    ("a.html", "https://news.example.cn/2023/03/a.html"),
    ("../04/a.html", "https://news.example.cn/2023/04/a.html"),
    ("/a", "https://news.example.cn/a"),
    ("?page=3", "https://news.example.cn/2023/03/index.html?page=3"),
    ("//img.example.cn/a.png", "https://img.example.cn/a.png"),
    ("\\\\img.example.cn\\a.png", "https://img.example.cn/a.png"),
    ("http:/\\/img.example.cn/a", "http://img.example.cn/a"),
    ("///img.example.cn/a", "https://img.example.cn/a"),
    ("/\t\\/img.example.cn/a", "https://img.example.cn/a"),
    ("https:a.html", "https://news.example.cn/2023/03/a.html"),
    ("https:s://a.cn/x", "https://news.example.cn/2023/03/s:/a.cn/x"),
    ("https:javascript:x", "https://news.example.cn/2023/03/javascript:x"),
    (" \x01https://a.cn/b\n/c ", "https://a.cn/b/c"),
    ("HTTPS://A.CN/B", "https://a.cn/B"),
    ("https://weibo.com@evil.example/x", "https://evil.example/x"),
    ("https://user:secret@a.cn:443/x", "https://a.cn/x"),
    (
        "https://例子.中国/新闻?q=成都",
        "https://xn--fsqu00a.xn--fiqs8s/%E6%96%B0%E9%97%BB?q=%E6%88%90%E9%83%BD",
    ),
    ("http://a．cn/x", "http://a.cn/x"),
    ("http://[2001:db8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
    ("http://a.cn/x?a=1&amp;b=2", "http://a.cn/x?a=1&b=2"),
    ("http://a.cn/x?a=1\\x26amp;b=2\\x26c=3", "http://a.cn/x?a=1&b=2&c=3"),
    ("http://a.cn/x?a=1&amp;amp;b=2", "http://a.cn/x?a=1&b=2"),
    ("http://a.cn/b/../../c", "http://a.cn/c"),
]
REFUSED = [
    "",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    " \x00javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "feed:javascript:alert(1)",
    "feed:https://a.cn/",
    "data:text/html,<script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://a.cn/1",
    "view-source:https://a.cn/",
    "weixin://dl/business",
    "http://",
    "http://:80/",
    "http://[::1/",
    "http://a.cn:99999/",
    "http://a..cn/ x",
    "http://a b.cn/",
    "http://a.cn%00.evil.example/",
    "http://a%2fb.cn/",
    "http://\u2100.cn/",  # ℀: NFKC makes a/c of it
    "https://a.cn/" + "x" * 5000,
]


@pytest.mark.parametrize(("url", "expected"), RESOLVED)
def test_absolute(url: str, expected: str) -> None:
    assert absolute(url, BASE) == expected


@pytest.mark.parametrize("url", REFUSED)
def test_refused(url: str) -> None:
    assert absolute(url, BASE) == ""
    assert canonical_url(url) == ""


@pytest.mark.parametrize("base", ["", "feeds/a.xml", "file:///a/b", "javascript:1"])
def test_relative_without_a_web_base_is_nothing(base: str) -> None:
    assert absolute("a.html", base) == ""


WECHAT = "https://mp.weixin.qq.com/s?__biz=Mzg4==&mid=2247&idx=1&sn=8f0f"

SAME_PAGE = [
    (
        "wechat order and trackers",
        "http://mp.weixin.qq.com/s?sn=8f0f&idx=1&mid=2247&__biz=Mzg4==&chksm=c&scene=0#rd",
        WECHAT,
    ),
    (
        "wechat old names",
        "http://mp.weixin.qq.com/mp/appmsg/show?__biz=Mzg4%3D%3D&appmsgid=2247&itemidx=1&sign=8f0f",
        WECHAT,
    ),
    ("wechat escaped", WECHAT.replace("&", "&amp;") + "#wechat_redirect", WECHAT),
    ("wechat escaped by a script", WECHAT.replace("&", "\\x26amp;"), WECHAT),
    (
        "wechat short",
        "http://mp.weixin.qq.com/s/iCGk-_x?scene=1&key=2#rd",
        "https://mp.weixin.qq.com/s/iCGk-_x",
    ),
    (
        "weibo mobile",
        "https://m.weibo.cn/status/3491273850170657?from=page",
        "https://weibo.com/detail/3491273850170657",
    ),
    (
        "weibo desktop",
        "https://weibo.com/2656274875/yCirT0Iox?wvr=6&mod=x",
        "https://weibo.com/detail/3491273850170657",
    ),
    (
        "toutiao",
        "https://m.toutiao.com/i7210000000000000001/?wid=1",
        "https://www.toutiao.com/article/7210000000000000001",
    ),
    (
        "toutiao desktop",
        "http://toutiao.com/group/7210000000000000001/",
        "https://www.toutiao.com/article/7210000000000000001",
    ),
    (
        "douyin",
        "https://www.iesdouyin.com/share/video/7210000000000000001/?region=CN&share_token=x",
        "https://www.douyin.com/video/7210000000000000001",
    ),
    (
        "bilibili",
        "https://m.bilibili.com/video/BV1xx411c7mD?spm_id_from=333&vd_source=1",
        "https://www.bilibili.com/video/BV1xx411c7mD",
    ),
    (
        "bilibili part",
        "https://www.bilibili.com/video/BV1xx411c7mD/?p=2&share_source=qq",
        "https://www.bilibili.com/video/BV1xx411c7mD?p=2",
    ),
    (
        "xiaohongshu",
        "https://www.xiaohongshu.com/discovery/item/64123456789abcdef0123456?xsec_token=x",
        "https://www.xiaohongshu.com/explore/64123456789abcdef0123456",
    ),
    (
        "baijiahao",
        "https://baijiahao.baidu.com/s?wfr=spider&id=1760000000000000001&for=pc",
        "https://baijiahao.baidu.com/s?id=1760000000000000001",
    ),
    (
        "thepaper",
        "https://m.thepaper.cn/detail/3420000",
        "https://www.thepaper.cn/newsDetail_forward_3420000",
    ),
    (
        "trackers",
        "https://a.cn/x?utm_source=a&id=3&spm=1.2&from=timeline&isappinstalled=0",
        "https://a.cn/x?id=3",
    ),
    ("a from that chooses", "https://a.cn/x?from=beijing", "https://a.cn/x?from=beijing"),
    ("order is kept", "https://a.cn/x?b=1&a=2", "https://a.cn/x?b=1&a=2"),
    ("scheme, host, port", "HTTP://WWW.A.CN:80/X/", "https://www.a.cn/X"),
    ("index file", "https://a.cn/b/index.shtml", "https://a.cn/b"),
    ("home", "https://a.cn", "https://a.cn/"),
    ("fragment", "https://a.cn/x#top", "https://a.cn/x"),
    ("single-page application", "https://a.cn/#/detail?id=1", "https://a.cn/#/detail?id=1"),
    ("stray per cent", "https://a.cn/%0%61", "https://a.cn/%250a"),
    ("escapes", "https://a.cn/%7eb/%e4%b8%ad", "https://a.cn/~b/%E4%B8%AD"),
]


@pytest.mark.parametrize(
    ("url", "expected"), [row[1:] for row in SAME_PAGE], ids=[row[0] for row in SAME_PAGE]
)
def test_canonical_url(url: str, expected: str) -> None:
    assert canonical_url(url) == expected
    assert canonical_url(expected) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://mp.weixin.qq.com/s?src=11&timestamp=1679454900&ver=4418&signature=abc&new=1",
        "https://mp.weixin.qq.com/s?__biz=Mzg4==&idx=1",
    ],
)
def test_a_temporary_address_identifies_nothing(url: str) -> None:
    assert absolute(url) == url
    assert canonical_url(url) == ""


def test_different_articles_stay_different() -> None:
    urls = [
        WECHAT,
        WECHAT.replace("idx=1", "idx=2"),
        "https://a.cn/x?id=1",
        "https://a.cn/x?id=2",
        "https://a.cn/X?id=2",
    ]
    assert len({canonical_url(url) for url in urls}) == len(urls)


def test_weibo_numbers() -> None:
    assert weibo_mid("yCirT0Iox") == weibo_mid("3491273850170657") == "3491273850170657"


PATHS = st.from_regex(r"(/[a-zA-Z0-9.%;\\ 中]{0,8}){0,4}", fullmatch=True)
QUERIES = st.from_regex(
    r"(\?((__biz|mid|idx|sn|p|id|from|utm_x|a)=?[%=&;a-zA-Z0-9中]{0,8}&?){0,5})?(#[!/a-z%]{0,5})?",
    fullmatch=True,
)
ADDRESSES = st.one_of(
    st.text(max_size=40),
    st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["http://", "https://", "//", "http:\\", "HTTPS:/"]),
        st.one_of(
            st.sampled_from(sorted(HOSTS)), st.from_regex(r"[a-zA-Z0-9.@:%\[\]中．-]{0,12}", fullmatch=True)
        ),
        PATHS,
        QUERIES,
    ),
)


@given(ADDRESSES)
def test_both_forms_are_stable(url: str) -> None:
    shown = absolute(url, BASE)
    assert absolute(shown, BASE) == shown
    assert shown == "" or shown.startswith(("http://", "https://"))
    folded = canonical_url(shown)
    assert canonical_url(folded) == folded


@given(ADDRESSES, ADDRESSES)
def test_whatever_the_base_it_is_a_web_address_or_nothing(url: str, base: str) -> None:
    assert absolute(url, base) == "" or absolute(url, base).startswith(("http://", "https://"))


@pytest.mark.parametrize("run", ["/", "/index.html", "/index.", "/."])
def test_runs_without_end_are_folded_in_bounded_time(run: str) -> None:
    """Would go on for ever if there were two ways to read a run."""
    address = f"https://a.cn/b{run * (3_900 // len(run))}c.x"
    assert canonical_url(address).endswith("c.x")
    assert canonical_url(f"https://a.cn/b{'/' * 3_900}") == "https://a.cn/b"
