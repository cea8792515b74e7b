"""A whole entry, as the store gets it."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.clean.entry import clean
from matrixsite.model import CleanEntry, Enclosure, Media, RawEntry

BASE = "https://rss.example.cn/feeds/a.xml"


def test_a_wechat_entry() -> None:
    raw = RawEntry(
        link="http://mp.weixin.qq.com/s?__biz=Mz==&amp;mid=1&amp;idx=2&amp;sn=3&amp;chksm=4#rd",
        title="#早安青山#｜今日&amp;amp;天气",
        summary='<img data-src="https://mmbiz.qpic.cn/x/640"><section>来源：青山日报2023-03-22 11:15'
        "</section><section>今天晴。<mpvoice></mpvoice></section>",
        authors=("张三", "张三"),
        enclosures=(Enclosure("/1.pdf"),),
    )
    url = "http://mp.weixin.qq.com/s?__biz=Mz==&mid=1&idx=2&sn=3&chksm=4#rd"
    picture = '<img src="https://mmbiz.qpic.cn/x/640" alt="" loading="lazy" referrerpolicy="no-referrer">'
    escaped = url.replace("&", "&amp;")
    assert clean(raw, base=BASE) == CleanEntry(
        title="#早安青山#｜今日&天气",
        url=url,
        canonical_url="https://mp.weixin.qq.com/s?__biz=Mz==&mid=1&idx=2&sn=3",
        html=f"<p>{picture}</p><p>来源：青山日报2023-03-22 11:15</p><p>今天晴。</p>"
        f'<p><a class="media-link" href="{escaped}" rel="noopener noreferrer nofollow">在原文中收听</a></p>',
        text="来源：青山日报2023-03-22 11:15\n今天晴。",
        excerpt="今天晴。",
        cover="https://mmbiz.qpic.cn/x/640",
        media=Media.AUDIO,
        authors=("张三",),
        topics=("早安青山",),
        enclosures=(Enclosure("https://rss.example.cn/1.pdf"),),
        credit="青山日报",
    )


def test_a_title_for_text_has_no_excerpt() -> None:
    entry = clean(RawEntry(title="今日要闻", content="今日要闻"), base=BASE)
    assert (entry.html, entry.text, entry.excerpt) == ("<p>今日要闻</p>", "今日要闻", "")


@pytest.mark.parametrize(
    ("raw_base", "base", "link", "expected"),
    [
        ("https://m.example.cn/x/", BASE, "1.html", "https://m.example.cn/x/a.png"),
        ("", BASE, "1.html", "https://rss.example.cn/feeds/a.png"),
        ("javascript:x", BASE, "", "https://rss.example.cn/feeds/a.png"),
        ("", "feeds/a.xml", "https://www.example.cn/n/1.html", "https://www.example.cn/n/a.png"),
        ("", "feeds/a.xml", "1.html", ""),
    ],
)
def test_what_relative_addresses_are_resolved_by(raw_base: str, base: str, link: str, expected: str) -> None:
    entry = clean(RawEntry(link=link, content="<img src=a.png>", base=raw_base), base=base)
    assert entry.cover == expected


def test_the_summary_stands_in_for_an_empty_content() -> None:
    assert clean(RawEntry(content="<p> </p>", summary="摘要"), base=BASE).text == "摘要"


def test_a_removal_notice_is_a_placeholder() -> None:
    assert clean(RawEntry(content="<p>该内容已被发布者删除</p>"), base=BASE).placeholder


HOSTILE_TEXT = st.one_of(st.text(max_size=40), st.text("<>&;#\"'/:=\ud800\x00\u202e\n字ascript", max_size=40))


@given(
    st.builds(
        RawEntry,
        link=HOSTILE_TEXT,
        title=HOSTILE_TEXT,
        title_is_html=st.booleans(),
        summary=HOSTILE_TEXT,
        content=HOSTILE_TEXT,
        base=HOSTILE_TEXT,
        authors=st.tuples(HOSTILE_TEXT),
        categories=st.tuples(HOSTILE_TEXT),
        image=HOSTILE_TEXT,
        enclosures=st.tuples(st.builds(Enclosure, url=HOSTILE_TEXT, type=HOSTILE_TEXT)),
    )
)
def test_any_entry_can_be_carried_by_utf8_and_pickle(raw: RawEntry) -> None:
    entry = clean(raw, base=BASE)
    repr(entry).encode("utf-8")
    "".join((entry.title, entry.html, entry.text, entry.excerpt, entry.url, entry.cover)).encode("utf-8")
    assert pickle.loads(pickle.dumps(entry)) == entry
    for url in (entry.url, entry.canonical_url, entry.cover, *(e.url for e in entry.enclosures)):
        assert url == "" or url.startswith(("http://", "https://"))
    assert clean(raw, base=BASE) == entry
