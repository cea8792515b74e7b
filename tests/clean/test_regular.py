"""Regular markup read tag by tag comes to what a parser's tree comes to; what is not regular is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.clean.body import Draft
from matrixsite.clean.flat_html import OverlongMarkupError
from matrixsite.clean.regular import SEEN, IrregularMarkupError
from matrixsite.clean.text import without_unsafe
from matrixsite.clean.walk import Walk

BASE, PAGE = "https://example.org/a/", "https://example.org/a/1"
ROOM = 100_000


def regular(markup: str) -> Draft | None:
    """What comes of it without a parser, and of its tree; None where it takes one."""
    try:
        found = Walk(BASE, PAGE, room=ROOM).of_regular(markup)
    except IrregularMarkupError:
        return None
    tree = Walk(BASE, PAGE, room=ROOM).of_tree(without_unsafe(markup))
    assert found.made_safe() == tree.made_safe()
    return found


@pytest.mark.parametrize(
    "markup",
    [
        '<section style="margin: 0px 8px;"><span style="font-size: 15px;">青山</span></section>',
        "<p>a</p><p>b<br>c<br/></p>",
        'a<p><strong>b</strong> <em>c</em></p>\n<img data-src="//e.org/1.png" data-w="640" />d',
        '<p>a &amp; b&nbsp;&lt;c&gt; &quot;</p><a href="/b?c=1&amp;d=2">e</a>',
        "<div><ul><li>a</li><li><span>b</span></li></ul></div><blockquote><p>c</p></blockquote><hr><h2>d</h2>",
        '<section><p style="display: none;">a<b>b</b></p><section>c</section></section>',
        "<section>\u202ea\x7f</section>",
        "<span><section>a</section></span>b",
    ],
)
def test_regular(markup: str) -> None:
    assert regular(markup) is not None


@pytest.mark.parametrize(
    "markup",
    [
        "<p>a",
        "<p>a</b></p>",
        "</p>",
        "<p><p>a</p></p>",
        "<b><p>a</p></b>",
        "<a href='b'>c</a>",
        "<a><a>b</a></a>",
        "<ul>a<li>b</li></ul><span>c",
        "<li>a</li>",
        "<P>a</P>",
        "<p>a > b</p>",
        "<p>a < b</p>",
        "<p>&copy;</p>",
        "<p>&#x202e;</p>",
        "<p>a & b</p>",
        "<p>a\rb</p>",
        "<p/>a",
        '<p style="a" style="b">c</p>',
        "<p style=a>b</p>",
        "<p hidden>b</p>",
        '<p title="a>b">c</p>',
        '<a class="media-link" href="/a">在原文中观看</a>',
        "<table><tr><td>a</td></tr></table>",
        "<script>a</script>",
        "<!-- a --><p>b</p>",
        "<svg></svg>",
        '<iframe src="https://v.qq.com/a"></iframe>',
        "<section>" * 101 + "a" + "</section>" * 101,
        "<h1>a</h1>",
        "<p\x7f>a</p>",
        "<>a",
        "<p>a</p",
    ],
)
def test_irregular(markup: str) -> None:
    assert regular(markup) is None


def any_of(words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words.split())


TAGS = any_of(
    "section span p div strong em b i u s sub sup a img br hr font code small label h2 h3 blockquote ul ol li"
)
TEXTS = st.sampled_from(
    [
        "",
        " ",
        "青山",
        "a b",
        "\n",
        "\t",
        "  ",
        "&nbsp;",
        "&amp;lt;",
        "\u3000",
        "\u2028",
        "\u200b",
        "\ufeff",
        "x\x85",
        "😀",
        "a\n\nb",
        "&quot;",
        "。",
        "\xa0",
        "&lt;p&gt;",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        "",
        "",
        ' style="color: red"',
        ' style="display:none"',
        ' hidden=""',
        ' class="a"',
        ' href="/b"',
        ' src="c.png"',
        ' data-src="https://e.org/d.jpg" data-w="20"',
        ' alt="[笑]" src="https://e.org/face/1.png"',
        ' start="3"',
        ' style="background: url(e.png)"',
        ' width="1" src="f.png"',
        ' href="javascript:x"',
        ' href="mailto:a@b.cn"',
        ' style="DISPLAY : NONE"',
        ' src="https://e.org/?a=1&amp;b=2" width="100" style="width: 30px"',
        ' href="#a"',
    ]
)


@st.composite
def markup(draw: st.DrawFn, depth: int = 4) -> str:
    pieces = [draw(TEXTS)]
    for _ in range(draw(st.integers(0, 3)) if depth else 0):
        tag, given = draw(TAGS), draw(ATTRIBUTES)
        ends = "" if tag in ("img", "br", "hr") else f"{draw(markup(depth=depth - 1))}</{tag}>"
        pieces += f"<{tag}{given}>", ends, draw(TEXTS)
    return "".join(pieces)


@given(markup())
def test_no_parser_sees_it_otherwise(found: str) -> None:
    regular(found)


def test_what_is_remembered_is_bounded() -> None:
    for n in range(5000):
        regular(f'<p class="{n}">a</p>')
    assert len(SEEN) <= 4096


def test_room_is_kept_to() -> None:
    with pytest.raises(OverlongMarkupError):
        Walk(BASE, PAGE, room=10).of_regular("<p>12345678901</p>")
