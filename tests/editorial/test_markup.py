from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.editorial.markup import is_address, is_picture, rebased, rendered


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**甲**", "<p><strong>甲</strong></p>"),
        ("天冷了，\n请保暖。", "<p>天冷了，请保暖。</p>"),
        ("two\nwords", "<p>two\nwords</p>"),
        ("## 题\n文", "<h2>题</h2>\n<p>文</p>"),
        ("甲<script>alert(1)</script>乙", "<p>甲乙</p>"),
        ('<b onclick="x()" style="color:red">甲</b>', "<p><b>甲</b></p>"),
        ("[甲](https://example.org/a)", '<p><a href="https://example.org/a" rel="noopener">甲</a></p>'),
        ("[甲](javascript:alert(1))", '<p><a rel="noopener">甲</a></p>'),
        ("[甲](data:text/html,x)", '<p><a rel="noopener">甲</a></p>'),
        ("[甲](//evil.example/x)", '<p><a rel="noopener">甲</a></p>'),
        ("[甲](../../secret)", '<p><a rel="noopener">甲</a></p>'),
        ("[甲](pages/about.html)", '<p><a href="pages/about.html" rel="noopener">甲</a></p>'),
    ],
)
def test_markdown_becomes_safe_html(text: str, expected: str) -> None:
    assert rendered(text).strip() == expected


def test_tables_stay() -> None:
    html = rendered("| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n")
    assert re.findall(r"<t[hd]>(.*?)</t[hd]>", html) == ["甲", "乙", "1", "2"]


def test_a_picture_of_the_editors_is_reached_from_the_depth_of_its_page() -> None:
    html = rendered("![湖](images/湖.jpg) [顶](#top) [外](https://example.org/)")
    assert 'src="images/湖.jpg"' in html
    moved = rebased(html, "../../")
    assert 'src="../../images/湖.jpg"' in moved
    assert 'href="#top"' in moved
    assert 'href="https://example.org/"' in moved
    assert 'referrerpolicy="no-referrer"' in moved


def test_one_text_leaves_no_trace_in_the_next() -> None:
    rendered("[甲]: https://example.org/a")
    assert rendered("[甲][]").strip() == "<p>[甲][]</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("images/a.jpg", True),
        ("https://example.org/a.jpg", True),
        ("", False),
        ("/etc/passwd", False),
        ("../a.jpg", False),
        ("images/../../a.jpg", False),
        ("javascript:alert(1)", False),
        ("https://", False),
    ],
)
def test_a_picture_lies_on_the_web_or_in_content(text: str, expected: bool) -> None:
    assert is_picture(text) is expected


@given(
    st.text(max_size=40),
    st.sampled_from(["<a href='{}'>", "<img src={} onerror={}>", "[x]({})", "<{}>", "{}"]),
)
def test_nothing_that_runs_gets_through(text: str, frame: str) -> None:
    html = rendered(frame.replace("{}", text)).lower()
    inside_tags = " ".join(re.findall(r"<[^>]*>", html))
    assert "<script" not in html
    assert not re.search(r"\son\w+=", inside_tags)
    assert "javascript:" not in inside_tags


def test_an_address_without_end_is_judged_in_one_go() -> None:
    assert is_address("https://" + "a" * 1_000_000)
    assert not is_address("https://" + "a" * 1_000_000 + " b")
