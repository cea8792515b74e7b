"""The hostile world by name: what a feed answers night after night, and what must be known of it afterwards.

    Scenario(name, answers by night, health by night, titles that must be stored after the last)

What a single module proves in its own tests is taken from there (`tests.fetch`, `tests/parse/cases`).
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from tests.feedserver import Asked, Raw, Reply, Route
from tests.fetch.test_redirects import REFUSED, to
from tests.fetch.test_transport import FAULTS, OK, READ, packed
from tests.hostile.night import ADDRESSES, CRASH, NO_END
from tests.nights import Item, rss

CASES = sorted((Path(__file__).parents[1] / "parse" / "cases").glob("*.yaml"))
SMALLER_LIMIT = {"body over the limit", "gzip bomb", "deflate bomb", "brotli bomb"}  # than the build here has

HEAD, TAIL = b'<rss version="2.0"><channel><title>t</title>', b"</channel></rss>"
GOOD = "没有受害的条目"
ITEM = Item(GOOD).xml().encode()
OURS = [Item(f"{GOOD}{n}") for n in range(3)]
OUR_TITLES = frozenset(f"标题 {item.name}" for item in OURS)


@dataclass(frozen=True, slots=True)
class Expected:
    """A feed's health and, unless nobody asks, the code of the reason."""

    health: str
    code: str | None = None


FINE = Expected("ok", "")


@dataclass(frozen=True, slots=True)
class Scenario:
    """`answers` and `expected` go by night; the last of them counts for the nights that follow."""

    name: str
    answers: tuple[Route, ...]
    expected: tuple[Expected, ...]
    titles: frozenset[str] = frozenset()  # stored after every night
    entries: int | None = None  # stored after the last night
    host: str = ""  # its name, where its address has one
    path: str = ""  # the ending of its address
    settings: Mapping[str, object] = field(default_factory=dict)  # of its account

    def answer(self, night: int) -> Route:
        return self.answers[min(night, len(self.answers) - 1)]

    def health(self, night: int) -> Expected:
        return self.expected[min(night, len(self.expected) - 1)]


def one(name: str, route: Route | bytes, health: str, code: str | None = None, *titles: str) -> Scenario:
    """The same answer every night."""
    answer = Reply(route) if isinstance(route, bytes) else route
    return Scenario(name, (answer,), (Expected(health, code),), frozenset(titles))


def all_scenarios(forbidden: int) -> list[Scenario]:
    """Every scenario; `forbidden` is a port on loopback that nobody may connect to."""
    groups = (
        transport(),
        refused(forbidden),
        names(forbidden),
        documents(),
        readers(),
        cases(),
        encodings(),
        content(),
        lives(),
    )
    return [scenario for group in groups for scenario in group]


# --- transport -----------------------------------------------------------------------------------------------------


def transport() -> Iterator[Scenario]:
    for name, (route, code) in FAULTS.items():
        if name not in SMALLER_LIMIT:
            yield one(name, route, "failed", code)
    for name, route in READ.items():
        yield one(f"read: {name}", route, "ok", "")
    yield one(
        "20 MB body",
        Raw([OK + b"Content-Length: 20000000\r\n\r\n", *[bytes(1_000_000)] * 20]),
        "failed",
        "too-large",
    )
    yield one(
        "20 MB body of unknown length", Raw([OK + b"\r\n", *[bytes(1_000_000)] * 20]), "failed", "too-large"
    )
    yield one("gzip bomb", packed("gzip", gzip.compress(bytes(40_000_000))), "failed", "too-large")
    yield one(
        "gzip bomb in a gzip bomb",
        packed("gzip, gzip", gzip.compress(gzip.compress(bytes(50_000_000)))),
        "failed",
        "not-a-feed",  # only the outer one is opened
    )
    yield one("gone", Reply(status=410), "paused", "gone")
    for name, value in {
        "of years": "999999999",
        "garbage": "soon; really",
        "negative": "-1",
        "in 9999": "Fri, 31 Dec 9999 23:59:59 GMT",
    }.items():
        yield one(
            f"Retry-After {name}", Reply(status=503, headers={"Retry-After": value}), "failed", "http-status"
        )
    cookies = {"Set-Cookie": "night=1; Path=/", "ETag": '"' + "x" * 5000 + '"'}
    yield one("cookies and a huge ETag", Reply(rss(*OURS), cookies), "ok", "", *OUR_TITLES)
    yield one("redirects that grow", lambda asked: to(f"{asked.target}?x"), "failed", "redirect-loop")
    yield one("redirects in a circle", _to_and_fro, "failed", "redirect-loop")
    yield Scenario(
        "an ETag that lies", (Reply(rss(*OURS), {"ETag": '"1"'}), Reply(status=304)), (FINE,), OUR_TITLES
    )
    cut = Raw([OK + b'ETag: "2"\r\nContent-Length: 9999\r\n\r\n' + rss(*OURS)[:-200]])
    whole = Reply(rss(*OURS, "new"), {"ETag": '"2"'})
    yield Scenario(
        "an ETag of a broken body",
        (
            Reply(rss(*OURS), {"ETag": '"1"'}),
            cut,
            lambda asked: Reply(status=304) if asked.header("If-None-Match") == b'"2"' else whole,
        ),
        (FINE, Expected("failed", "cut-short"), FINE),
        OUR_TITLES,
        entries=4,
    )
    shorter = Item(OURS[-1].name, text="正文不能被截短" * 9).xml()[:-60]
    ends_early = b"<rss><channel><title>t</title>" + shorter.encode()
    yield Scenario(
        "a cut document replaces nothing",
        (Reply(rss(*OURS)), Reply(ends_early)),
        (FINE, Expected("degraded", "truncated")),
        OUR_TITLES,
        entries=3,
    )


def _to_and_fro(asked: Asked) -> Reply:
    path, there, _ = asked.target.partition("?")
    return to(path if there else f"{path}?x")


def refused(port: int) -> Iterator[Scenario]:
    """Redirects out of the web and to places that nobody allowed, in every spelling."""
    for name, (target, code) in REFUSED.items():
        if name != "itself":
            yield one(f"redirect to {name}", to(target), "failed", code)
    yield one("redirect to itself", lambda asked: to(asked.target), "failed", "redirect-loop")
    yield one("a document that points there", pointing(f"http://127.0.0.1:{port}"), "readable", None, "指向")
    hosts: tuple[str, ...] = (
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
    )
    hosts += (
        "[64:ff9b::127.0.0.1]",
        "LOCALHOST",
        "a.example@127.0.0.1",
        "0.0.0.0",
        "[::]",
        "127.0.0.1.",
        "①②⑦.0.0.1",
    )
    for host in hosts:
        yield one(f"redirect to {host}:port", to(f"http://{host}:{port}/secret"), "failed", "refused-address")


def names(port: int) -> Iterator[Scenario]:
    """Hosts whose name has a private address, at some time or among others (`tests.hostile.night`)."""
    good, refusal = (Reply(rss(*OURS)),), Expected("failed", "refused-address")
    yield Scenario("DNS rebinding", good, (FINE,), OUR_TITLES, host="rebinding.example")
    yield Scenario("one of several addresses is public", good, (FINE,), OUR_TITLES, host="mixed.example")
    yield Scenario("none of several addresses is public", good, (refusal,), host="inside.example")
    yield Scenario("a name moves inside", good, (FINE, refusal, FINE), OUR_TITLES, host="moving.example")
    for name in ADDRESSES:  # localhost too, with and without its dot
        yield one(f"redirect to {name}", to(f"http://{name}:{port}/secret"), "failed", "refused-address")


def pointing(place: str) -> bytes:
    """A feed that names an address in every way there is: none is more than text to us, not even an article's page."""
    body = f'<img src="{place}/img"><iframe src="{place}/frame"></iframe><link rel="stylesheet" href="{place}/css">'
    return f"""<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="{place}/xsl"?>
<!DOCTYPE rss SYSTEM "{place}/dtd" [<!ENTITY e SYSTEM "{place}/entity"><!ENTITY % p SYSTEM "{place}/parameter"> %p;]>
<rss version="2.0" xml:base="{place}/base/" xmlns:a="http://www.w3.org/2005/Atom"
  xmlns:xi="http://www.w3.org/2001/XInclude" xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="u {place}/schema"><channel>
<title>t</title><link>{place}/</link><image><url>{place}/logo</url></image><a:link rel="hub" href="{place}/hub"/>
<a:link rel="self" href="{place}/self"/><a:link rel="next" href="{place}/next"/>
<cloud domain="127.0.0.1" port="{place.rpartition(":")[2]}" path="/cloud" registerProcedure="x" protocol="http-post"/>
<item><title>指向</title><link>{place}/page</link><guid>{place}/guid</guid><comments>{place}/comments</comments>
<source url="{place}/source">s</source><enclosure url="{place}/file" type="audio/mpeg" length="9"/>
<media:content url="{place}/media"/><media:thumbnail url="{place}/thumbnail"/><xi:include href="{place}/include"/>
<a:content type="text/html" src="{place}/content"/><description>&e;<![CDATA[{body}]]></description></item>
</channel></rss>""".encode()


# --- documents -----------------------------------------------------------------------------------------------------


def documents() -> Iterator[Scenario]:
    """The bounded ones: a good item stands before what is bad, and must come out."""
    deep = b"<a>" * 100_000
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    bad = {
        "XML 100,000 deep": (deep + b"</a>" * 100_000, "too-deep"),
        "a huge attribute": (b'<item><link href="' + b"x" * 5_000_000 + b'"/></item>', "field-too-long"),
        "many attributes": (b"<item><a " + _many(b'x%d="" ', 50_000) + b"/></item>", "too-many-attributes"),
        "many namespaces": (b"<item><a " + _many(b'xmlns:x%d="u" ', 20_000) + b"/></item>", "too-many-namespaces"),
        "many categories": (
            b"<item>" + _many(b"<category>c%d</category>", 100_000) + b"</item>",
            "too-many-categories",
        ),
        "100,000 entries": (_many(b"<item><title>%d</title></item>", 100_000), "too-many-entries"),
        "a million elements": (b"<item>" + b"<a/>" * 1_000_000 + b"</item>", "too-many-elements"),
        "a date trap": (b"<item><title>d</title><pubDate>" + b"1 " * 400 + b"</pubDate></item>", None),
        "an address trap": (b"<item><author>" + b"a@" + b"a." * 400_000 + b"</author></item>", None),
        "stray ampersands": (b"<item><title>" + b"&" * 200_000 + b"</title></item>", "malformed-xml"),
        "sections never closed": (b"<item><title>" + b"<![CDATA[" * 100_000, None),
        "tags never closed": (b"</z><item>" + b"<a b='\"" * 100_000 + b"</item>", None),
    }  # fmt: skip
    for name, (markup, code) in bad.items():
        held = (
            {"publish": "hold"} if name == "100,000 entries" else {}
        )  # 5,000 of them are real: pages take a while
        titles = frozenset({f"标题 {GOOD}"})
        answers = (Reply(HEAD + ITEM + markup + TAIL),)
        yield Scenario(name, answers, (Expected("degraded", code),), titles, settings=held)
    yield one(
        "an entity bomb",
        b'<!DOCTYPE rss [<!ENTITY l0 "ha">'
        + laughs
        + b"]>"
        + HEAD
        + ITEM
        + b"<item><title>&l9;</title></item>"
        + TAIL,
        "degraded",
        None,
        f"标题 {GOOD}",
    )
    for name, html in HTML_TRAPS.items():
        item = Item("trap", text=html, title="圈套")
        yield one(f"HTML: {name}", rss(item, GOOD), "ok", "", f"标题 {GOOD}", "圈套")
    yield one("an ocean of NUL", bytes(10_000_000), "failed", "empty")
    yield one("nested JSON", b"[" * 1_000_000, "failed", "bad-json")


HTML_TRAPS = {
    "100,000 deep": "<div>" * 100_000 + "x",
    "100,000 tables": "<table><tr><td>" * 30_000,
    "formatting elements": "<b><i><a href=x>" * 20_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">x",
    "a style": "<p style='" + "a:b;" * 100_000 + "'>x",
    "quotes": '<a "' * 100_000,
    "entities": "&amp" * 200_000,
    "blanks": "<p>x" + " " * 1_000_000 + "y",
    "a long word": "x" * 1_000_000,
    "hashes": "#话题" * 100_000,
    "credits": "来源：" * 100_000,
    "a call to follow": "点击上方蓝字" * 50_000,
    "comments": "<!--" * 100_000,
    "srcset": "<img srcset='" + "a 1x, " * 100_000 + "'>x",
}


def readers() -> Iterator[Scenario]:
    """What reading them would do if our limits had a hole: the feed fails, with all that it brought before."""
    good, crash, no_end = (Reply(rss(*OURS) + mark) for mark in (b"", CRASH, NO_END))
    faults = (FINE, Expected("failed", "worker-died"), Expected("failed", "too-slow"))
    yield Scenario("a reader that crashes, then one without end", (good, crash, no_end), faults, OUR_TITLES)


def _many(pattern: bytes, count: int) -> bytes:
    return b"".join(pattern % n for n in range(count))


def cases() -> Iterator[Scenario]:
    """The tiny documents of the parser's tests: malformed, truncated, mislabelled, of all formats."""
    for file in CASES:
        expected = yaml.safe_load(file.read_text("utf-8"))
        document = next(other for other in file.parent.glob(f"{file.stem}.*") if other != file)
        answer = Reply(
            document.read_bytes(),
            {"Content-Type": expected.get("content_type") or "application/octet-stream"},
        )
        problems = [*expected.get("problems", ()), None]
        error = expected.get("error")
        found = Expected("failed", error) if error else Expected("degraded", problems[0])
        if found.health == "degraded" and found.code is None:
            found = Expected("readable")
        yield Scenario(f"case {file.stem}", (answer,), (found,), path=document.suffix)


def encodings() -> Iterator[Scenario]:
    simple, rare, traditional = "青山市发布：春耕开始", "𠮷野家与䶮先生", "政府資訊公開"
    table: list[
        tuple[str, str, str, str, str, str]
    ] = [  # name, title, charset, label in prolog, in header, code
        ("GBK", simple, "gbk", "gbk", "", ""),
        ("GB18030 of four bytes", rare, "gb18030", "gb2312", "", ""),
        ("Big5", traditional, "big5", "big5", "", ""),
        ("UTF-16 with a mark", simple, "utf-16", "utf-16", "", ""),
        ("UTF-16 without a mark", simple, "utf-16-le", "utf-16", "", ""),
        ("UTF-8 labelled GB2312", simple, "utf-8", "gb2312", "", "charset-mismatch"),
        ("GBK labelled UTF-8", simple, "gbk", "utf-8", "utf-8", "charset-mismatch"),
        ("labels that contradict each other", simple, "gbk", "gb2312", "iso-8859-1", ""),
    ]
    for name, title, charset, prolog, header, code in table:
        text = f'<?xml version="1.0" encoding="{prolog}"?>' + rss(Item("e", title=title)).decode()
        headers = {"Content-Type": f"text/xml; charset={header}" if header else "text/xml"}
        yield one(name, Reply(text.encode(charset), headers), "degraded" if code else "ok", code, title)
    overlong = rss(Item("o", title="MARK")).replace(b"MARK", b"\xc0\xbcscript\xc0\xbe")
    yield one("overlong UTF-8", overlong, "degraded")
    seven = b'<?xml version="1.0" encoding="utf-7"?>' + rss(Item("s", title="+ADw-script+AD4-"))
    yield one("UTF-7 is no charset of ours", seven, "ok", "", "+ADw-script+AD4-")


# --- content -------------------------------------------------------------------------------------------------------

MARK = "executed-by-a-feed"  # stands in everything that would run

HOSTILE_HTML = (
    f"<script>{MARK}</script>",
    f"<img src=x onerror='{MARK}'>",
    f"<!--><img src=x onerror='{MARK}'>-->",
    f"<svg><a xlink:href='javascript:{MARK}'><text>x</text></a></svg>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={MARK}></style></mglyph></table></mtext></math>",
    f"<noscript><p title='</noscript><img src=x onerror={MARK}>'></noscript>",
    f"<a href='feed:javascript:{MARK}'>x</a><a href='java\tscript:{MARK}'>y</a>",
    f"<form action='//{MARK}'><button formaction='javascript:{MARK}'>x</button></form>",
    f"<meta http-equiv=refresh content='0;url=//{MARK}'><base href='//{MARK}/'>",
    f"<p style='background:url(//{MARK})'>x</p><link rel=stylesheet href='//{MARK}'>",
    "{{ settings.store }}{% include '/etc/passwd' %}",
    f"<iframe srcdoc='<script>{MARK}</script>'></iframe><object data='data:text/html,{MARK}'></object>",
)


def content() -> Iterator[Scenario]:
    items = [Item(f"x{n}", title=f"内容 {n}", text=html) for n, html in enumerate(HOSTILE_HTML)]
    yield one("markup that would run", rss(*items), "ok", "", *(item.title for item in items))
    paths = (
        "../../../../tmp/escaped",
        "/etc/escaped",
        "..\\..\\escaped",
        "a/../../escaped.html",
        "con",
        "．．／．．／escaped",
        "%2e%2e%2fescaped",
        "\u202eexe.lmth",
        "." * 300,
    )
    tags = "".join(f"<category>{path}</category>" for path in paths)
    named = [Item(f"p{n}", title=path, guid=path, link=path, more=tags) for n, path in enumerate(paths)]
    yield one("ids, titles, links and categories as paths", rss(*named), "ok", "", *paths[:2])
    schemes = (
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "feed:javascript:x",
    )
    linked = [
        Item(
            f"s{n}", title=f"方案 {n}", link=url, guid=url, more=f'<enclosure url="{url}" type="audio/mpeg"/>'
        )
        for n, url in enumerate(schemes)
    ]
    yield one("schemes of links, guids and enclosures", rss(*linked), "ok", "", "方案 0")


# --- identity, time, death -----------------------------------------------------------------------------------------


def lives() -> Iterator[Scenario]:
    """Three nights of a feed: edits, rotations, deaths. What was stored stays."""
    yield from identity()
    good = Reply(rss(*OURS))
    squatter = rss(Item("z", link="https://squatter.example/z")).replace(b"<title>t<", b"<title>casino<", 1)
    deaths: dict[str, tuple[Route, Expected]] = {
        "500": (Reply(status=500), Expected("failed", "http-status")),
        "404": (Reply(status=404), Expected("failed", "not-found")),
        "410": (Reply(status=410), Expected("paused", "gone")),
        "a web page": (Reply(b"<!DOCTYPE html><html><title>x</title></html>"), Expected("failed", "html-page")),
        "nothing": (Reply(b""), Expected("failed", "empty")),
        "an empty feed": (Reply(rss()), FINE),
        "another site's feed": (Reply(squatter), Expected("degraded", "changed-identity")),
        "deletions": (Reply(rss(OURS[0])), FINE),
        "garbage": (Reply(b"\xff\xfe\x00" * 99), Expected("failed")),
        "silence": (Raw([], "hold"), Expected("failed", "timeout")),
    }  # fmt: skip
    for name, (route, expected) in deaths.items():
        yield Scenario(f"becomes {name}", (good, route), (FINE, expected), OUR_TITLES)
    edited = [Item(item.name, text="改过的正文，比原来的长一些") for item in OURS]
    yield Scenario("edits", (good, Reply(rss(*edited)), good), (FINE,), OUR_TITLES, entries=3)
    yield Scenario(
        "comes back",
        (good, Reply(status=500), Reply(rss(*OURS, "n"))),
        (FINE, Expected("failed"), FINE),
        OUR_TITLES,
        entries=4,
    )
    notice = [Item(item.name, text="该内容已被发布者删除") for item in OURS]
    yield Scenario("its publisher takes it back", (good, Reply(rss(*notice))), (FINE,), OUR_TITLES, entries=3)


def identity() -> Iterator[Scenario]:
    def night(number: int, **fields: str) -> Reply:
        filled = {name: value.format(night=number, n="{n}") for name, value in fields.items()}
        items = (
            replace(Item(f"i{n}"), **{name: value.format(n=n) for name, value in filled.items()})  # type: ignore[arg-type]
            for n in range(10)
        )
        return Reply(rss(*items))

    titles = frozenset(f"标题 i{n}" for n in range(10))
    rules: dict[str, tuple[dict[str, str], str | None]] = {
        "one guid for all": ({"guid": "same"}, "bad-guids"),
        "blank guids": ({"guid": "   "}, None),
        "missing guids": ({"guid": ""}, None),
        "guids that rotate nightly": ({"guid": "urn:{night}:{n}"}, None),
        "guids equal across accounts": ({"guid": "https://example.com/i{n}"}, ""),
        "guids equal across accounts, again": ({"guid": "https://example.com/i{n}"}, ""),
        "one link for all": ({"link": "https://example.com/all"}, ""),
        "one link for all and no guid": ({"link": "https://example.com/all", "guid": ""}, "bad-guids"),
        "no links": ({"link": ""}, ""),
    }  # fmt: skip
    for name, (fields, code) in rules.items():
        expected = Expected("readable" if code is None else "degraded" if code else "ok", code)
        yield Scenario(name, tuple(night(n, **fields) for n in range(3)), (expected,), titles, entries=10)
    dates = {
        "all dates equal": ["<pubDate>Sun, 01 Nov 2026 08:00:00 +0800</pubDate>"] * 3,
        "dates rewritten nightly": [
            f"<pubDate>Sun, {n:02} Nov 2026 08:00:00 +0800</pubDate>" for n in (1, 2, 3)
        ],
        "year 1": ["<pubDate>Mon, 01 Jan 0001 00:00:00 GMT</pubDate>"] * 3,
        "year 2099": ["<pubDate>Thu, 01 Jan 2099 00:00:00 GMT</pubDate>"] * 3,
        "no dates": [""] * 3,
    }
    for name, values in dates.items():
        answers = tuple(Reply(_dated(value)) for value in values)
        yield Scenario(name, answers, (Expected("readable"),), titles, entries=10)


def _dated(date: str) -> bytes:
    items = "".join(
        f"<item><title>标题 i{n}</title><guid>urn:d:{n}</guid><description>正文 {n}</description>{date}</item>"
        for n in range(10)
    )
    return HEAD + items.encode() + TAIL
