"""Bodies: what is rescued, what form they take, and that nothing in them can run."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from matrixsite.clean.allow_list import BLOCKS, HEADINGS, INLINE, LINK_REL, sanitised
from matrixsite.clean.body import Body
from matrixsite.clean.html_tree import DEPTH_LIMIT, html_tree
from matrixsite.clean.markup import MARKUP_LIMIT, clean_markup
from matrixsite.clean.players import LISTEN, WATCH

BASE, PAGE = "https://news.example.cn/feeds/a.xml", "https://news.example.cn/a.html"


def cleaned(markup: str) -> Body:
    return clean_markup(markup, base=BASE, page=PAGE)


def image(src: str, alt: str = "", extent: str = "") -> str:
    return f'<img src="{src}" alt="{alt}"{extent} loading="lazy" referrerpolicy="no-referrer">'


def link(href: str, words: str, css: str = "") -> str:
    return f'<a{css} href="{href}" rel="{LINK_REL}">{words}</a>'


def media_link(words: str, href: str = PAGE) -> str:
    return "<p>" + link(href, words, ' class="media-link"') + "</p>"


A_PNG = "https://news.example.cn/feeds/a.png"

BODIES = [
    ("plain lines", "第一行\n\n第二行 & 三", "<p>第一行</p><p>第二行 &amp; 三</p>"),
    ("entities without tags", "A &amp; B &lt;3", "<p>A &amp; B &lt;3</p>"),
    ("markup escaped twice", "&lt;p&gt;一&lt;/p&gt;&lt;p&gt;二&lt;/p&gt;", "<p>一</p><p>二</p>"),
    (
        "wechat sections",
        "<section><section style='x'><span>一</span></section>二</section>",
        "<p>一</p><p>二</p>",
    ),
    ("empty wrappers", "<div><p>&nbsp;</p><section><span></span></section><p>一</p></div>", "<p>一</p>"),
    ("indents", "<p>　　一 \n 二</p>", "<p>一 二</p>"),
    ("one break", "<p>一<br>二<br/></p>", "<p>一<br>二</p>"),
    ("breaks for paragraphs", "一<br><br>二<br>\n<br> <br>三", "<p>一</p><p>二</p><p>三</p>"),
    ("phrase across blocks", "<b>一<section>二</section></b>", "<p><b>一</b></p><p><b>二</b></p>"),
    ("phrases of a kind don't nest", "<p><b>一<b>二</b></b></p>", "<p><b>一二</b></p>"),
    ("headings", "<h1>一</h1><h2>二</h2><h6>三</h6>", "<h2>一</h2><h3>二</h3><h6>三</h6>"),
    ("headings below h1 stay", "<h2>一</h2><h3>二</h3>", "<h2>一</h2><h3>二</h3>"),
    (
        "lists",
        "<ul><li>一<ol start=3><li>二</ol></li><li></li></ul>",
        '<ul><li>一<ol start="3"><li>二</li></ol></li></ul>',
    ),
    (
        "stray words in a list",
        "<ul>一<section>二</section><li>四</ul>",
        "<ul><li>一</li><li>二</li><li>四</li></ul>",
    ),
    ("stray item", "<li>一</li>", "<p>一</p>"),
    ("quote", "<blockquote>一<p>二</blockquote>", "<blockquote><p>一</p><p>二</p></blockquote>"),
    ("preformatted", "<pre>\n a\n  b</pre>", "<pre> a\n  b</pre>"),
    ("rule", "<hr>一<hr><hr>二<hr>", "<p>一</p><hr><p>二</p>"),
    (
        "table",
        "<table><caption>表</caption><tr><th colspan=2>一</th></tr><tr><td>二<td></td></tr></table>",
        '<p>表</p><table><tbody><tr><th colspan="2">一</th></tr><tr><td>二</td><td></td></tr></tbody></table>',
    ),
    ("layout table", "<table><tr><td>一</td></tr><tr><td><p>二</td></tr></table>", "<p>一</p><p>二</p>"),
    ("nested table", "<table><tr><td>一<td><table><tr><td>二</table></table>", "<p>一</p><p>二</p>"),
    ("words between cells", "<table>一<tr><td>二<td>三</table>", "<p>一</p><p>二</p><p>三</p>"),
    ("words around a broken table", "<figure>一<table>二</table></figure>", "<figure>一<br>二</figure>"),
    ("empty table", "<table><tr><td><td></table>", ""),
    (
        "relative link",
        "<a href='../b.html' target=_blank id=x>一</a>",
        "<p>" + link("https://news.example.cn/b.html", "一") + "</p>",
    ),
    ("mail", "<a href=mailto:a@example.cn>一</a>", "<p>" + link("mailto:a@example.cn", "一") + "</p>"),
    ("link within the page", "<a href=#n1 name=n>一</a>", "<p>一</p>"),
    (
        "link across blocks",
        "<a href=/b><div>一</div></a>",
        "<p>" + link("https://news.example.cn/b", "一") + "</p>",
    ),
    (
        "image",
        "<img src=a.png width=300 height='200px' alt='\"图\"' class=x>",
        "<p>" + image(A_PNG, "&quot;图&quot;", ' width="300" height="200"') + "</p>",
    ),
    ("lazy image", "<img src='data:image/gif;base64,R0' data-src=a.png>", "<p>" + image(A_PNG) + "</p>"),
    (
        "lazy image with a stand-in",
        "<img src=/loading.gif data-original=a.png>",
        "<p>" + image(A_PNG) + "</p>",
    ),
    (
        "image and its fallback",
        "<img data-src=a.png><noscript><img src=a.png></noscript>",
        "<p>" + image(A_PNG) + "</p>",
    ),
    ("source set", "<img srcset='s.png 320w, a.png 640w'>", "<p>" + image(A_PNG) + "</p>"),
    ("picture", "<picture><source srcset='a.png 2x'><img></picture>", "<p>" + image(A_PNG) + "</p>"),
    ("tracking pixels", "<img src=p.gif width=1 height=1><img src=q.gif style='width:0px'>", ""),
    ("data image", "<img src='data:image/png;base64,R0'>", ""),
    ("emoji", "好<img alt='[赞]' src='https://face.t.sinajs.cn/a.png'>", "<p>好[赞]</p>"),
    (
        "svg picture",
        "<svg style='background-image:url(&quot;a.png&quot;)'><g></g></svg>",
        "<p>" + image(A_PNG) + "</p>",
    ),
    ("svg words", "<svg><foreignObject><section>一</section></foreignObject></svg>", "<p>一</p>"),
    ("video", "一<video src=v.mp4>不支持</video>二", "<p>一</p>" + media_link(WATCH) + "<p>二</p>"),
    (
        "wechat video",
        "<iframe class=video_iframe data-src='https://v.qq.com/x?vid=1'></iframe>",
        media_link(WATCH),
    ),
    ("wechat voice", "<mpvoice name=x></mpvoice>", media_link(LISTEN)),
    ("wechat voice, new", "<p><mp-common-mpaudio></mp-common-mpaudio></p>", media_link(LISTEN)),
    (
        "player in a link",
        "<a href=/b>一<audio src=a.mp3></audio></a>",
        "<p>" + link("https://news.example.cn/b", "一") + "</p>" + media_link(LISTEN),
    ),
    ("frame without address", "<iframe src='javascript:alert(1)'></iframe>", ""),
    ("hidden", "<p style='color:red;display: none'>词</p><div hidden>词</div>一", "<p>一</p>"),
    ("shown later by wechat", "<div style='visibility:hidden;opacity:0'>一</div>", "<p>一</p>"),
    ("ruby", "<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字", "<p>汉字</p>"),
    ("characters", "<p>一\x00&#0;\x0b&#x202E;&#xD800;\ufffe二</p>", "<p>一\ufffd\ufffd二</p>"),
    ("nothing", " <!-- x --> ", ""),
]


@pytest.mark.parametrize(("markup", "expected"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
def test_bodies(markup: str, expected: str) -> None:
    assert cleaned(markup).html == expected


def test_text_has_a_line_a_block_and_none_of_our_words() -> None:
    body = cleaned(
        "<h1>一</h1><p>二 <b>三</b><br>四</p><video></video><ul><li>五<li>六</ul><img alt=七 src=a.png>"
    )
    assert body.text == "一\n二 三\n四\n五\n六"


def test_a_player_without_a_page_links_to_its_file() -> None:
    body = clean_markup("<video><source src=/v.mp4></video>", base=BASE, page="")
    assert body.html == media_link(WATCH, "https://news.example.cn/v.mp4")


HOSTILE = [
    f"<p>&#{'1' * 5_000};",
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--!><img src=x onerror=alert(1)>--!>",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<?xml <img src=x onerror=alert(1)>?>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1)></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math href=javascript:alert(1)>x</math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><a title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<template><img src=x onerror=alert(1)></template>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVa\tScript:alert(1)'>x</a>",
    "<a href='&#1;javascript:alert(1)'>x</a>",
    "<a href='feed:javascript:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='mailto:x@y?subject=\"onclick=alert(1)'>x</a>",
    "<a href='https://a.cn/\" onclick=\"alert(1)'>x</a>",
    "<img src='x' alt='\"><script>alert(1)</script>'>",
    "<img src='https://a.cn/x\" onerror=\"alert(1)'>",
    "<img src=x:alert(1) onerror=eval(src)>",
    "<img dynsrc='javascript:alert(1)' lowsrc='javascript:alert(1)'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object><embed src='javascript:alert(1)'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='https://evil.example/'><a href=x>x</a>",
    "<link rel=stylesheet href=https://evil.example/x.css><style>@import 'x';body{}</style>",
    "<form action=https://evil.example/><input autofocus onfocus=alert(1)></form>",
    "<button formaction=javascript:alert(1)>b</button>",
    "<p style='background:url(javascript:alert(1));position:fixed;inset:0'>x</p>",
    '<div style="width:expression(alert(1))">x</div>',
    "<body onload=alert(1)><p onclick=alert(1) class=admin id=location name=body>x</p>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<marquee onstart=alert(1)>x</marquee><video onerror=alert(1)><source onerror=alert(1)></video>",
    "<p>{{ config }} {% include '/etc/passwd' %} ${x} #{x}</p>",
    "<b><p></b><table><b><tr><td></b><script>x</script>",
    "<a href=/1><table><a href=/2><td><a href=/3>x",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<div>" * 150 + "<svg><desc><table><img src=x onerror=alert(1)>",
]
ALLOWED_TAGS = INLINE | BLOCKS | {*HEADINGS, "br", "img"}
ALLOWED_ATTRIBUTES = {
    "a": {"class", "href", "rel"},
    "img": {"src", "alt", "width", "height", "loading", "referrerpolicy"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
}


def assert_inert(html: str) -> None:
    """Only allowed elements, attributes and schemes, to libxml2's parser and to html5ever's."""
    assert sanitised(html) == html
    root = etree.fromstring(f"<!DOCTYPE html><html><body>{html}</body></html>", etree.HTMLParser())
    for element in root.find("body").iterdescendants():
        assert element.tag in ALLOWED_TAGS
        assert set(element.attrib) <= ALLOWED_ATTRIBUTES.get(element.tag, set())
        assert re.match("https?://|mailto:", element.get("href", "https://"))
        assert re.match("https?://", element.get("src", "https://"))
        assert element.get("class", "media-link") == "media-link"
        if element.tag == "img":
            assert (element.get("loading"), element.get("referrerpolicy")) == ("lazy", "no-referrer")


@pytest.mark.parametrize("markup", HOSTILE)
def test_nothing_runs(markup: str) -> None:
    html = cleaned(markup).html
    assert_inert(html)
    assert cleaned(html).html == html


ELEMENTS = [
    *(
        "p",
        "div",
        "section",
        "span",
        "b",
        "strong",
        "a",
        "i",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
    ),
    *(
        "pre",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "caption",
        "h1",
        "h2",
        "img",
        "br",
        "hr",
        "figure",
        "figcaption",
    ),
    *(
        "video",
        "audio",
        "iframe",
        "svg",
        "math",
        "style",
        "script",
        "noscript",
        "template",
        "form",
        "textarea",
    ),
    *(
        "select",
        "center",
        "code",
        "picture",
        "source",
        "title",
        "plaintext",
        "xmp",
        "ruby",
        "rt",
        "body",
        "html",
    ),
    *("foreignObject", "desc", "mtext", "mglyph", "frameset", "colgroup", "button"),
]
PIECES = st.one_of(
    st.sampled_from([f"<{name}>" for name in ELEMENTS] + [f"</{name}>" for name in ELEMENTS]),
    st.sampled_from(HOSTILE),
    st.sampled_from([row[1] for row in BODIES]),
    st.sampled_from(
        [
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?",
            "\u3000",
            "\r\n",
            "\xa0",
            "&nbsp;",
            "&lt;",
            "&#13;",
            "'",
            '"',
            ">",
        ]
    ),
    st.text(max_size=3),
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_markup_is_inert_and_cleaning_it_again_changes_nothing(markup: str) -> None:
    once = cleaned(markup)
    assert_inert(once.html)
    again = cleaned(once.html)
    assert (again.html, again.text) == (once.html, once.text)


def test_of_many_attributes_only_those_that_are_read_reach_the_tree() -> None:
    """libxml2 appends each to a list from its start: 100,000 would take minutes."""
    root = html_tree("<p " + " ".join(f"a{n}=1" for n in range(99)) + " class=x>一")
    assert root is not None
    assert [dict(element.attrib) for element in root.iter("p")] == [{"class": "x"}]


@pytest.mark.parametrize(
    ("depth", "kept"), [(DEPTH_LIMIT - 3, "<p><b>一</b></p>"), (DEPTH_LIMIT, "<p>一</p>")]
)
def test_markup_is_read_to_a_depth(depth: int, kept: str) -> None:
    """libxml2 would go to 256: what we promise must not hang on how it was built."""
    assert cleaned("<div>" * depth + "<b>一</b>").html == kept


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + "一" + "</div>" * 100_000 + "<p>二",
        "<b>" * 300 + "一<p>二",
        "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">一<p>二",
        "<p>一</p>" + "<script>" * 100_000 + "</script><p>二",
        "<p>一" + "<table><tr><td>" * 120 + "<p>二",
        "<p>一</p><p title='x'>二</p>" + "<p>三" * (MARKUP_LIMIT // 4),
        "<ul><li>" * 90 + "一<p>二",
    ],
    ids=["deep", "deep phrases", "attributes", "scripts", "tables", "huge", "lists"],
)
def test_abnormal_markup_keeps_its_words(markup: str) -> None:
    body = cleaned(markup)
    assert_inert(body.html)
    assert {"一", "二"} <= set(body.text.split("\n")) or "script" in markup
