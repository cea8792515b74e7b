from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.site.checking.findings import LINKS, MARKUP, MENTIONS, POLICY, SIZE, Rule
from matrixsite.site.checking.html_page import LARGEST, page_facts
from matrixsite.site.checking.targets import site_of

SITE = site_of("https://matrix.example.org")


def page(body: str = "", head: str = "<title>t</title>", lang: str = ' lang="zh-CN"') -> bytes:
    return f"<!DOCTYPE html><html{lang}><head>{head}</head><body>{body}</body></html>".encode()


def found(content: bytes, path: str = "a/index.html") -> list[tuple[str, str]]:
    return [(finding.rule, finding.what) for finding in page_facts(content, path, SITE).findings]


def test_a_good_page_has_no_faults() -> None:
    body = (
        '<a href="#content">正文</a><main id="content"><img src="b.png" alt=""></main>'
        '<script type="application/ld+json">{}</script><script src="c.js"></script>'
    )
    assert found(page(body)) == []


@pytest.mark.parametrize(
    ("content", "rule", "what"),
    [
        (page(lang=""), MARKUP, "the html element has no lang"),
        (page(lang=' lang=" "'), MARKUP, "the html element has no lang"),
        (page(head=""), MARKUP, "it has no title"),
        (page(head="<title> </title>"), MARKUP, "it has no title"),
        (page("<svg><title>t</title></svg>", head=""), MARKUP, "it has no title"),
        (b" \n", MARKUP, "the page is empty"),
        (b"<!-- nothing -->", MARKUP, "the page is empty"),
        (page("<p id=a></p><b id=a></b>"), MARKUP, "the id 'a' stands twice"),
        (page("<img src=a.png>"), MARKUP, "the picture 'a.png' has no alt"),
        (page('<img src="" alt="">'), MARKUP, "a picture has no src"),
        (page("<p style='color:red'>"), POLICY, "<p> has a style of its own"),
        (page("<p onclick='x()'>"), POLICY, "<p> has a script in onclick"),
        (page("<script>x()</script>"), POLICY, "it has an inline script"),
        (page("<script type=module>x()</script>"), POLICY, "it has an inline script"),
        (page("<script type='text/javascript; charset=utf-8'></script>"), POLICY, "it has an inline script"),
        (page(head="<title>t</title><style>p{}</style>"), POLICY, "it has an inline style sheet"),
        (page(head="<title>t</title><base href='/x/'>"), POLICY, "it has a base element"),
        (
            page("<a href='JavaScript:x()'>x</a>"),
            LINKS,
            "links to 'JavaScript:x()', which no page may lead to",
        ),
        (page("<a href='#no'>x</a>"), LINKS, "links to '#no', and nothing on the page has that id"),
        (page("x" * LARGEST), SIZE, "it has 100 KB, over 100"),
    ],
)
def test_faults(content: bytes, rule: Rule, what: str) -> None:
    assert found(content)[:1] == [(rule.name, what)]


def test_bytes_that_are_no_text() -> None:
    content = page("x").replace(b"x", b"\xff")
    assert found(content) == [(MARKUP.name, f"byte {content.index(0xFF)} is not UTF-8")]


@pytest.mark.parametrize(
    ("markup", "targets"),
    [
        ('<a href="../b.html#x">', {"b.html#x"}),
        ('<img alt src="i.png" srcset="i.png, i@2.png 2x,j.png 640w">', {"a/i.png", "a/i@2.png", "a/j.png"}),
        ("<video src=v.mp4 poster=p.jpg></video>", {"a/v.mp4", "a/p.jpg"}),
        ("<object data=o.pdf></object>", {"a/o.pdf"}),
        ('<form action="../search/"><input formaction="b"></form>', {"search", "a/b"}),
        ('<p data="no" cite="no">', set()),
        ("<link rel=stylesheet href=/theme/main.css>", {"theme/main.css"}),
        ("<meta http-equiv=refresh content=\"0; url='../b.html'\">", {"b.html"}),
        ("<meta http-equiv=refresh content=30>", set()),
        ('<meta property=og:url content="https://matrix.example.org/a/">', {"a"}),
        ('<meta property=og:image content="https://img.example.org/a.png">', set()),
        ('<svg><use href="sprite.svg#play"></use></svg>', {"a/sprite.svg#play"}),
        ("<!-- <a href=gone.html> -->", set()),
    ],
)
def test_whatever_leads_somewhere_is_a_target(markup: str, targets: set[str]) -> None:
    found = page_facts(page(markup), "a/index.html", SITE).targets
    assert {"#".join(filter(None, (target.path, target.fragment))) for target in found} == targets


def test_ids_that_links_may_name() -> None:
    assert page_facts(page('<p id="甲"><a name="b">'), "a.html", SITE).ids == {"甲", "b"}


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ('<a href="https://matrix.example.org/x/">', MENTIONS),  # a feed's text may say anything
        ('<a href="//matrix.example.org/x/">', MENTIONS),
        ('<a href="/x/">', LINKS),
        ('<img alt src="https://matrix.example.org/x.png">', MENTIONS),
        ('<img alt src="/x.png">', LINKS),
        ('<meta property=og:image content="https://matrix.example.org/x.png">', MENTIONS),  # a cover
        ('<meta property=og:url content="https://matrix.example.org/x/">', LINKS),
        ('<link rel=canonical href="https://matrix.example.org/x/">', MENTIONS),  # where it was published
        ('<link rel=canonical href="/x/">', LINKS),
        ('<link rel=alternate href="https://matrix.example.org/x/">', LINKS),
    ],
)
def test_an_absolute_link_in_a_text_may_be_someone_elses(markup: str, rule: Rule) -> None:
    (target,) = page_facts(page(markup), "a.html", SITE).targets
    assert target.rule == rule


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda noise: b"<html><p " + noise))
def test_no_bytes_are_too_odd(content: bytes) -> None:
    assert page_facts(content, "a.html", SITE).findings
