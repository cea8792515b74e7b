"""The quick pass answers as feedparser does, or not at all; usual feeds it does answer."""

from __future__ import annotations

import string
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from feedparser.mixin import _FeedParserMixin
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matrixsite.model import ParsedFeed
from matrixsite.parse.limits import Limits
from matrixsite.parse.vocabulary import HANDLED, PREFIXES, REFUSED
from matrixsite.parse.xmlfeed import parse_usual, parse_with_care

CASES = sorted((Path(__file__).parent / "cases").glob("*.xml"))
URL = "https://example.org/feeds/feed.xml"
LIMITS = Limits(categories=4, entries=3, elements=60, attributes=4, attribute=200, short=120, namespaces=6)
NAMESPACES = {
    "": "http://www.w3.org/2005/Atom",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "x": "urn:x",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "georss": "http://www.georss.org/georss",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def usual(document: str, limits: Limits | None = None) -> ParsedFeed | None:
    """What the quick pass says, which feedparser must say too."""
    body = document.encode()
    found = parse_usual(body, url=URL, limits=limits or Limits())
    if found is not None:
        assert found == parse_with_care(body, url=URL, limits=limits or Limits())
    return found


def rss(items: str, channel: str = "", *, prefixes: str = "content dc media atom itunes wfw x") -> str:
    declared = "".join(f" xmlns:{prefix}={quoteattr(NAMESPACES[prefix])}" for prefix in prefixes.split())
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"{declared}><channel>'
    return f"{head}<title>青山发布</title><link>https://example.org/</link>{channel}{items}</channel></rss>"


def atom(entries: str, feed: str = "") -> str:
    head = f'<feed xmlns="{NAMESPACES[""]}" xmlns:media="{NAMESPACES["media"]}" xml:lang="zh">'
    return f"{head}<title>青山发布</title><id>urn:a</id>{feed}{entries}</feed>"


USUAL = {
    "rsshub": rss(
        "<item><title>春耕开始</title><description>&lt;p&gt;正文&lt;/p&gt;</description><link>https://e.org/1</link>"
        '<guid isPermaLink="false">e-1</guid><pubDate>Sun, 01 Nov 2026 01:00:00 GMT</pubDate><author>青山</author>'
        '<category>农业</category><enclosure url="https://e.org/1.jpg" type="image/jpeg" length="12"/></item>',
        '<atom:link href="https://e.org/feed" rel="self" type="application/rss+xml"/><description>x</description>'
        "<generator>RSSHub</generator><language>zh</language><image><url>https://e.org/i.png</url><title>y</title>"
        "<link>https://e.org/</link></image><lastBuildDate>Sun, 01 Nov 2026 01:00:00 GMT</lastBuildDate><ttl>5</ttl>",
    ),
    "wordpress": rss(
        "<item><title>A &#038; B</title><link>https://e.org/?p=1</link><comments>https://e.org/1#c</comments>"
        "<dc:creator><![CDATA[张三]]></dc:creator><pubDate>Sun, 01 Nov 2026 01:00:00 +0000</pubDate>"
        '<category><![CDATA[要闻]]></category><category domain="tag">b</category>'
        '<guid isPermaLink="false">https://e.org/?p=1</guid><description><![CDATA[摘要 [&#8230;]]]></description>'
        "<content:encoded><![CDATA[<p>正文</p><!--more-->]]></content:encoded><wfw:commentRss>u</wfw:commentRss>"
        '<post-id xmlns="com-wordpress:feed-additions:1">1</post-id>'
        '<media:content url="https://e.org/1.jpg"><media:title type="html">z</media:title></media:content>'
        "</item>"
    ),
    "wewe-rss": atom(
        "<entry><title type='html'><![CDATA[春耕 &amp; 秋收]]></title><id>e1</id><link href='https://e.org/1'/>"
        "<updated>2026-11-01T01:00:00.000Z</updated><content type='html'><![CDATA[<p>正文</p>]]></content>"
        "<summary type='html'><![CDATA[摘要]]></summary></entry>",
        "<updated>2026-11-01T01:00:00Z</updated><link rel='self' href='https://e.org/f'/><icon>i</icon>",
    ),
    "jekyll": atom(
        '<entry xml:lang="en"><title>x</title><link href="https://e.org/1" rel="alternate" type="text/html" title="x"/>'
        "<published>2026-11-01T01:00:00+08:00</published><updated>2026-11-01T01:00:00+08:00</updated><id>/1</id>"
        "<author><name>李四</name><uri>https://e.org/</uri><email>a@e.org</email></author><author><name>王五</name></author>"
        '<category term="a" label="甲"/><category term="b"/><rights>CC</rights>'
        '<media:thumbnail url="https://e.org/t.png"/></entry>',
        "<author><name>z</name></author><generator uri='u' version='4'>Jekyll</generator><subtitle>s</subtitle>",
    ),
    "words of a base": rss(
        "<item><title>a</title><link>/1</link><description><![CDATA[<a base = 'x'> xml:base=]]></description></item>"
    ),
    "titles only": rss(
        "<item><title>甲</title><link>https://e.org/1</link><description></description></item>"
    ),
    "no items": rss(""),
    "source": rss(
        '<item><title>a</title><source url="https://o.org/f">别处</source><link>https://e.org/1</link></item>'
    ),
    "mail": rss("<item><title>a</title><author>a@e.org (张三)</author></item>"),
    "podcast": rss(
        '<item><title>a</title><itunes:image href="i.png"/><itunes:duration>60</itunes:duration></item>'
    ),
}


@pytest.mark.parametrize("document", USUAL.values(), ids=USUAL.keys())
def test_usual_feeds_take_one_pass(document: str) -> None:
    assert usual(document) is not None


@pytest.mark.parametrize(
    "document",
    [
        rss('<item xml:base="https://b.org/"><title>a</title></item>'),
        rss("<item><title>a</title><description>x</description><description>y</description></item>"),
        rss("<item><title>a<b>c</b></title></item>"),
        rss("<item><title>a &lt;b&gt;c&lt;/b&gt;</title></item>"),
        rss("<item><x:authors>a</x:authors><authors>b</authors></item>"),
        rss("<item><title>a</title><date>2026-11-01</date></item>"),
        rss("<item><title>a</title><media:group><media:content url='u'/></media:group></item>"),
        rss("<item><title>a</title></item>", prefixes="content").replace("/content/", "/content/ "),
        rss("<item><dc:creator>a</dc:creator></item>").replace('xmlns:dc="', 'xmlns:dc="urn:'),
        rss("<item><title>\x85</title></item>"),
        rss("<item><title>&#x85;</title></item>"),
        rss("<item><title>a</title></item>").replace("</rss>", ""),
        rss("</channel><channel>"),
        rss("<item><title>&nbsp;</title></item>"),
        rss("<item><title>a</title></item>").replace("<channel>", "<channel href='u'>"),
        atom(
            "<entry><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a</div></content></entry>"
        ),
        atom("<entry><content src='u' type='image/png'/></entry>"),
        atom("<entry><source><title>a</title></source></entry>"),
        atom("<entry/>", '<d:deleted-entry xmlns:d="http://purl.org/atompub/tombstones/1.0" ref="urn:1"/>'),
        "<feed><entry><title>a</title></entry></feed>",
        "<rss version='2.0'><channel/><item><title>a</title></item></rss>",
        "<html><body>rss</body></html>",
    ],
)
def test_what_is_unusual_does_not(document: str) -> None:
    assert usual(document) is None


def test_not_a_limit_is_passed() -> None:
    for document in (
        rss("<item/>" * 4),
        rss(f"<item>{'<category>a</category>' * 5}</item>"),
        rss(f"<item><pubDate>{'1' * 120}</pubDate></item>"),
        rss("<item><x:a a='1' b='1' c='1' d='1' e='1'/></item>"),
        rss(f"<item><x:a b='{'1' * 201}'/></item>"),
        rss(f"<item>{'<x:a/>' * 60}</item>"),
    ):
        assert usual(document) is not None
        assert usual(document, LIMITS) is None


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_both_roads_lead_to_the_same(path: Path) -> None:
    usual(path.read_text("utf-8", "replace"))


def test_the_vocabulary_is_that_of_feedparser() -> None:
    names = {name.split("_", 2)[2] for name in dir(_FeedParserMixin) if name.startswith(("_start_", "_end_"))}
    assert {name.lower() for name in names} == HANDLED
    with_handlers = {name.partition("_")[0] for name in HANDLED if "_" in name}
    for uri, prefix in _FeedParserMixin.namespaces.items():
        if uri.lower() in PREFIXES:
            assert PREFIXES[uri.lower()] == prefix
        elif prefix == "":
            assert uri == "" or uri.lower() in REFUSED or "backend.userland.com/rss" in uri
        else:
            assert prefix.lower() not in with_handlers or prefix in PREFIXES.values()


# --- documents of all kinds ---


def any_of(words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words.split())


TEXTS = st.sampled_from(
    [
        "",
        " ",
        "春耕",
        "a &lt; b",
        "&amp;amp;",
        "&amp;nbsp;",
        "&amp;hellip; x",
        "&lt;b&gt;x&lt;/b&gt;",
        "&lt;p&gt;x",
        "<![CDATA[<p>x</p>]]>",
        "<![CDATA[a & b]]> c",
        "\n https://e.org/1 \n",
        "https:///e.org/a?b=1&amp;c;=2",
        "tag:e.org,1:a",
        "a@e.org (张三)",
        "b@e.org",
        "<!-- c -->x",
        "<?p i?>y",
        "caf&#233;",
        "Ã©",
        "true",
        "2026-11-01",
        "&#x4e2d;",
        "<links>z</links>",
        "a,b",
        "<![CDATA[<x-detail >]]>",
        "Sun, 01 Nov 2026 01:00:00 GMT",
        "&apos;&quot;",
        "\u3000x\u3000",
        "x" * 130,
        "<b>x</b>",
        "<![CDATA[ base = ]]>",
    ]
)
NAMES = any_of(
    "title link guid id description summary content content:encoded pubDate published updated dc:date dc:creator "
    "author category dc:subject enclosure source media:content media:thumbnail media:title media:description "
    "media:category itunes:author itunes:image itunes:summary itunes:keywords rights comments x:title x:any any "
    "date image atom:link atom:author name uri email generator language dc:title PubDate TITLE content_encoded "
    "issued modified created media:credit itunes:explicit keywords tags wfw:commentRss georss:point body info"
)
ATTRIBUTES = st.dictionaries(
    any_of(
        "url href uri rel type isPermaLink term label scheme domain length medium src mode xml:lang xml:base text "
        "x:href rdf:about lastmod HREF version filesize lang base"
    ),
    st.sampled_from(
        [
            "",
            "https://e.org/a",
            "https:////e.org",
            "alternate",
            "self",
            "Enclosure",
            "html",
            "text",
            "xhtml",
            "text/html",
            "text/plain",
            "image/jpeg",
            "base64",
            "true",
            "false",
            "甲",
            "12",
            "via",
            "a&b",
            "escaped",
        ]
    ),
    max_size=3,
)


# What elements usually have, most of which one pass takes.
TAME = {
    **dict.fromkeys(
        ("title", "description", "content:encoded", "pubDate", "updated", "dc:date", "x:any", "author"), ("",)
    ),
    **dict.fromkeys(
        ("dc:creator", "category", "dc:subject", "itunes:author", "comments", "published"), ("",)
    ),
    "link": (
        "",
        "href='https://e.org/1'",
        "href='u' rel='self'",
        "rel='via' href='v'",
        "href='e' rel='enclosure' length='9'",
    ),
    "guid": ("", "isPermaLink='false'", "isPermaLink='true'"),
    "id": ("",),
    "enclosure": ("url='https://e.org/1.jpg' type='image/jpeg' length='12'", "url='u'"),
    "source": ("", "url='https://o.org/'"),
    "category ": ("term='a'", "term='a' label='甲'", "domain='d'", "scheme='s'"),
    "media:content": ("url='u' medium='image'", "url='v' type='video/mp4' filesize='1'", ""),
    "media:thumbnail": ("url='u'", "url='v' width='1'"),
    "media:title": ("", "type='plain'"),
    "itunes:image": ("href='u'",),
    "summary": ("", "type='html'", "type='text'"),
    "content": ("", "type='html'", "type='text' xml:lang='zh'"),
    "rights": ("", "type='html'"),
}


@st.composite
def elements(draw: st.DrawFn, *, wild: bool, depth: int = 1) -> str:
    if wild and draw(st.integers(0, 5)) == 0:
        name = draw(NAMES)
        given = "".join(f" {key}={quoteattr(value)}" for key, value in draw(ATTRIBUTES).items())
    else:
        name, kinds = draw(st.sampled_from(sorted(TAME.items())))
        given = f" {draw(st.sampled_from(kinds))}"
    inner = draw(TEXTS)
    if depth and wild and draw(st.integers(0, 9)) == 0:
        inner += "".join(draw(st.lists(elements(wild=wild, depth=depth - 1), max_size=3)))
    if name.startswith("media:content") and not inner.strip() and draw(st.booleans()):
        inner = f"<media:title>{draw(TEXTS)}</media:title>"
    if name == "author" and draw(st.integers(0, 3)) == 0:
        inner = "<name>a</name><uri>u</uri>"
    return f"<{name}{given}>{inner}</{name.strip()}>"


@st.composite
def documents(draw: st.DrawFn) -> str:
    declared, wild = dict(NAMESPACES), draw(st.booleans())
    if wild:
        again = st.dictionaries(
            st.sampled_from(["dc", "y", "title"]), st.sampled_from([*NAMESPACES.values()]), max_size=1
        )
        declared |= draw(again)
    if draw(st.booleans()):
        del declared[""]
    spaces = "".join(
        f" xmlns{':' + prefix if prefix else ''}={quoteattr(uri)}" for prefix, uri in declared.items()
    )
    outside = st.lists(elements(wild=wild), max_size=2).map("".join)
    item = draw(st.sampled_from(["item", "entry"]))
    inside = st.lists(elements(wild=wild), max_size=5).map("".join)
    items = "".join(f"<{item}>{draw(inside)}</{item}>" for _ in range(draw(st.integers(0, 2))))
    body = draw(outside) + items + draw(outside)
    if draw(st.booleans()) or "" not in declared:
        version = draw(st.sampled_from(["2.0", "0.91", "0.92", "1", ""]))
        return f"<rss version='{version}'{spaces}><channel>{body}</channel></rss>"
    return f"<feed{spaces}>{body}</feed>"


@given(documents(), st.sampled_from([None, LIMITS]))
@example(rss("<item><title></title><media:title>a</media:title><title>b</title></item>"), None)
@example(
    rss("<item><media:content><media:title>a</media:title></media:content><title>b</title></item>"), None
)
@example(rss("<item><dc:creator>a</dc:creator><author><name>b</name></author></item>"), None)
@settings(max_examples=300, deadline=None)
def test_one_pass_or_the_other_road(document: str, limits: Limits | None) -> None:
    usual(document, limits)


@given(
    st.lists(
        st.tuples(NAMES, st.text(string.printable + "中文é\u2028\u0085\ufffe&<", max_size=20), st.booleans()),
        max_size=8,
    )
)
def test_plain_items(fields: list[tuple[str, str, bool]]) -> None:
    items = "".join(
        f"<{name}>{escape(text) if escaped else f'<![CDATA[{text}]]>'}</{name}>"
        for name, text, escaped in fields
    )
    usual(rss(f"<item>{items}</item>", prefixes=" ".join(prefix for prefix in NAMESPACES if prefix)))
