"""Titles and other plain text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.clean.text import TITLE_LIMIT, cut, plain_title, stripped, unique, without_unsafe

TITLES = [
    ("plain", "青山发布", False, "青山发布"),
    ("one decode", "A &amp; B", False, "A & B"),
    ("double escape", "A &amp;amp; B &amp;#39;C&amp;#39;", False, "A & B 'C'"),
    ("a double escape never yields markup", "&amp;lt;b&amp;gt;", False, "&lt;b&gt;"),
    ("speaks of a tag", "怎样用 &lt;b&gt; 标签", False, "怎样用 <b> 标签"),
    ("decoded markup is not stripped", "&lt;script&gt;x&lt;/script&gt;", True, "<script>x</script>"),
    ("evident markup", "<em>成都</em>发布<br/>二", False, "成都发布 二"),
    ("html", "<x-y>成都</x-y><!-- a > b -->发布", True, "成都发布"),
    ("script in html", "好<script>alert(1)</script>的", True, "好的"),
    ("no markup", "1 < 2 且 <新闻联播> 3 > 2", False, "1 < 2 且 <新闻联播> 3 > 2"),
    ("lone bracket in html", "1 < 2", True, "1 < 2"),
    ("blanks", " 早安\n\t青白江　·\xa0文明\u2028日历 ", False, "早安 青白江 · 文明 日历"),
    ("controls", "早\x00安\x1b\ud800\ufffe\x85好", False, "早安好"),
    ("bidi", "abc\u202etxt.exe\u2066x\u2069", False, "abctxt.exex"),
    ("bidi by reference", "a&#8238;b", False, "ab"),
    ("four-byte characters", "𠮷野家", False, "𠮷野家"),
    ("nothing to be seen", "\u00ad\u2060 \u200d&zwj;", True, ""),
    ("empty", "<b></b>", True, ""),
]


@pytest.mark.parametrize(
    ("title", "is_html", "expected"), [row[1:] for row in TITLES], ids=[row[0] for row in TITLES]
)
def test_plain_title(title: str, is_html: bool, expected: str) -> None:
    assert plain_title(title, is_html=is_html) == expected


@given(st.one_of(st.text(), st.text("<>&;#lgtamp/b \u202e\ud800字\n")), st.booleans())
def test_a_title_is_one_line_that_xml_can_carry(title: str, is_html: bool) -> None:
    plain = plain_title(title, is_html=is_html)
    assert plain == " ".join(plain.split())
    assert len(plain) <= TITLE_LIMIT
    assert not [
        char for char in plain if unicodedata.category(char) in ("Cc", "Cs") or "\u202a" <= char <= "\u202e"
    ]
    plain.encode("utf-8")


def test_a_long_title_is_cut() -> None:
    assert plain_title("长" * 400) == "长" * 299 + "…"


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("一二三", 3, "一二三"),
        ("一二三四", 3, "一二…"),
        ("一二 三四", 4, "一二…"),
        ("一👨‍👩‍👧二三", 4, "一…"),
        ("一👍🏽二三", 3, "一…"),
        ("一🇨🇳二三", 3, "一…"),
        ("ae\u0301o二三", 3, "a…"),
    ],
)
def test_cut_leaves_characters_whole(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit) == expected


def test_unsafe_characters_go_and_line_ends_stay() -> None:
    assert without_unsafe("a\x00b\tc\nd\ue000\uffffe\udfff") == "ab\tc\nd\ue000e"


def test_names_once_in_order() -> None:
    assert unique(["张三 ", "李四", "张三", " ", "A &amp; B"]) == ("张三", "李四", "A & B")


def test_markup_that_is_not_parsed_becomes_lines() -> None:
    markup = (
        "<div>" * 3 + "一<b>二</b><br>三 &lt;四&gt;<script>if (a < b) x()</script><style>p{}</style><p>五"
    )
    assert stripped(markup) == ["一二", "三 <四>", "五"]
