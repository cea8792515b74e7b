"""Hostile documents are cut before feedparser sees them: what remains is read, and the cut is said.

No test here looks at a clock: without the limits most of these would run for minutes or end the process.
"""

from __future__ import annotations

import json

import pytest

from matrixsite.model import ParsedFeed
from matrixsite.parse import reasons
from matrixsite.parse.document import parse
from matrixsite.parse.limits import Limits, walk
from matrixsite.parse.prolog import read_prolog

HEAD = b'<rss version="2.0"><channel><title>t</title>'
CROSSED = HEAD + b"</crossed>"  # not well-formed: for the loose parser
TAIL = b"</channel></rss>"
GOOD = b"<item><title>good</title></item>"


def codes(parsed: ParsedFeed) -> set[str]:
    return {problem.code for problem in parsed.problems}


def numbered(pattern: bytes, count: int) -> bytes:
    return b"".join(pattern % n for n in range(count))


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        pytest.param(b"<a>" * 100_000 + b"</a>" * 100_000, reasons.TOO_DEEP, id="100000_deep"),
        pytest.param(
            numbered(b"<category>c%d</category>", 20_000), reasons.TOO_MANY_CATEGORIES, id="categories"
        ),
        pytest.param(
            b"<a " + numbered(b'x%d="" ', 20_000) + b"/>", reasons.TOO_MANY_ATTRIBUTES, id="attributes"
        ),
        pytest.param(
            b"<a " + numbered(b'xmlns:x%d="u" ', 2_000) + b"/>", reasons.TOO_MANY_NAMESPACES, id="namespaces"
        ),
        pytest.param(
            b'<link href="' + b"x" * 1_000_000 + b'"/>', reasons.FIELD_TOO_LONG, id="huge_attribute"
        ),
        pytest.param(b"<author>" + b"a" * 1_000_000 + b"</author>", reasons.FIELD_TOO_LONG, id="author"),
        pytest.param(b"<author>" + b"a" * 200 + b"</author>", reasons.FIELD_TOO_LONG, id="word_in_author"),
        pytest.param(b"<pubDate>" + b"1 " * 1_000 + b"</pubDate>", reasons.FIELD_TOO_LONG, id="date"),
        pytest.param(
            b"<keywords>" + numbered(b"k%d,", 20_000) + b"</keywords>", reasons.FIELD_TOO_LONG, id="keywords"
        ),
        pytest.param(b'<a xml:base="' + b"b/" * 600 + b'"/>', reasons.FIELD_TOO_LONG, id="base"),
        pytest.param(b'<a Base="' + b"b/" * 600 + b'"/>', reasons.FIELD_TOO_LONG, id="base_in_another_case"),
        pytest.param(
            b'<a xmlns:y="http://www.w3.org/xml/1998/namespace" y:BASE="' + b"b/" * 600 + b'"/>',
            reasons.FIELD_TOO_LONG,
            id="base_of_another_prefix",
        ),
        pytest.param(
            b'<a base="b/">' * 200 + b'<a base="' + b"b" * 700 + b'"/>' + b"</a>" * 200,
            reasons.FIELD_TOO_LONG,
            id="bases",
        ),
        pytest.param(b"<line>" + b"1 2 " * 5_000 + b"</line>", reasons.FIELD_TOO_LONG, id="coordinates"),
    ],
)
def test_one_bad_element_harms_only_itself(bad: bytes, code: str) -> None:
    parsed = parse(HEAD + b"<item><title>bad</title>" + bad + b"<link>/l</link></item>" + GOOD + TAIL)
    assert [entry.title for entry in parsed.entries][:1] == ["bad"]
    assert codes(parsed) == {code}
    if code != reasons.TOO_MANY_NAMESPACES:  # declared prefixes count for the whole document
        assert [entry.title for entry in parsed.entries] == ["bad", "good"]
        assert parsed.entries[0].link == "/l"


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(b"<a>" * 20_000, id="deep"),
        pytest.param(b"<a><b></a>" * 5_000, id="crossed"),
        pytest.param(b"<author>" + b"a" * 1_000_000 + b"</author>", id="author"),
        pytest.param(b"<author>" + b"a" * 1_000_000, id="author_left_open"),
        pytest.param(b"<itunes:keywords>" + numbered(b"k%d,", 50_000) + b"</itunes:keywords>", id="keywords"),
        pytest.param(b"<a " + b"x" * 1_000_000 + b">", id="huge_tag"),
        pytest.param(b'<a "' * 10_000, id="open_quotes"),
        pytest.param(b"<![CDATA[" * 10_000, id="open_sections"),
        pytest.param(b"<!--" * 10_000, id="open_comments"),
        pytest.param(b"&#xD800;&#99999999999999999999;&#1114112;" * 100, id="impossible_references"),
        pytest.param(b'<description type="application/xhtml+xml"><svg></description>', id="open_svg"),
        pytest.param(b"</item>" * 20_000, id="ends"),
    ],
)
def test_tag_soup_is_bounded_too(bad: bytes) -> None:
    parsed = parse(CROSSED + GOOD + b"<item><title>bad</title>" + bad + b"</item>" + TAIL)
    assert parsed.error is None
    assert parsed.entries[0].title == "good"
    assert reasons.MALFORMED_XML in codes(parsed)


@pytest.mark.parametrize("base", ["'b/'", "b/", f"'https://example.org/{'b/' * 600}'", "https://a\"'b/'"])
def test_bases_of_tag_soup_do_not_add_up(base: str) -> None:
    bad = f"<a xml:base = {base}>".encode() * 200
    parsed = parse(
        CROSSED + GOOD + b"<item>" + bad + b"<link>x</link></item>" + TAIL, url="https://example.org/"
    )
    assert len(parsed.entries[1].link) < 100


def test_an_absolute_base_of_tag_soup_holds() -> None:
    item = b"<item xml:base='https://example.org/b/'><title>x</title><link>x</link></item>"
    assert parse(CROSSED + item + TAIL).entries[0].link == "https://example.org/b/x"


def test_a_long_address_is_no_base() -> None:
    document = HEAD.replace(b"<channel>", b'<channel xml:base="b/">') + b"<item><link>x</link></item>" + TAIL
    assert parse(document, url="https://example.org/").entries[0].link == "https://example.org/b/x"
    assert len(parse(document, url=f"https://example.org/{'a/' * 600}").entries[0].link) < 100


@pytest.mark.parametrize("head", [HEAD, CROSSED], ids=["strict", "loose"])
def test_entries(head: bytes) -> None:
    parsed = parse(head + GOOD * 50 + TAIL, limits=Limits(entries=7))
    assert len(parsed.entries) == 7
    assert reasons.TOO_MANY_ENTRIES in codes(parsed)
    assert not parsed.truncated


@pytest.mark.parametrize("head", [HEAD, CROSSED], ids=["strict", "loose"])
def test_elements(head: bytes) -> None:
    parsed = parse(
        head + GOOD * 3 + b"<item>" + b"<a/>" * 500 + b"</item>" + TAIL, limits=Limits(elements=100)
    )
    assert [entry.title for entry in parsed.entries][:3] == ["good"] * 3
    assert reasons.TOO_MANY_ELEMENTS in codes(parsed)


def test_categories_of_tag_soup() -> None:
    body = CROSSED + GOOD + b"<item>" + numbered(b"<category>c%d</category>", 500) + b"</item>" + TAIL
    parsed = parse(body, limits=Limits(entries=50))
    assert parsed.entries[0].title == "good"
    assert reasons.TOO_MANY_CATEGORIES in codes(parsed)


def test_octets() -> None:
    parsed = parse(HEAD + GOOD * 100 + TAIL, limits=Limits(octets=len(HEAD + GOOD * 10 + b"<item><title>g")))
    assert len(parsed.entries) == 11
    assert parsed.truncated
    assert {reasons.TOO_LARGE, reasons.TRUNCATED} <= codes(parsed)


def test_references_are_mended_up_to_a_limit() -> None:
    parsed = parse(HEAD + GOOD + b"<item>" + b"&" * 1_000 + b"</item>" + TAIL, limits=Limits(elements=100))
    assert parsed.entries[0].title == "good"
    assert reasons.TOO_MANY_ELEMENTS in codes(parsed)


def test_what_keeps_to_the_limits_is_not_copied() -> None:
    document = HEAD + GOOD + TAIL
    assert walk(document, Limits()).kept is document


def test_what_is_left_out_leaves_the_rest_well_formed() -> None:
    document = b"<rss><channel><item><a><b><c/></b></a><d/></item><item/></channel></rss>"
    walked = walk(document, Limits(depth=5))
    assert walked.kept == b"<rss><channel><item><a><b></b></a><d/></item><item/></channel></rss>"
    assert walk(walked.kept, Limits(depth=5)).fault is None


def test_what_is_left_out_twice() -> None:
    document = b"<rss><item><author>" + b"<b><c/></b>" * 200 + b"</author><title>x</title></item></rss>"
    walked = walk(document, Limits(depth=4))
    assert walked.kept == b"<rss><item><title>x</title></item></rss>"


def test_keywords_count_one_by_one() -> None:
    keywords = b"<keywords>" + b"k," * 150 + b"</keywords>"
    parsed = parse(HEAD + b"<item>" + keywords * 3 + b"<title>x</title></item>" + TAIL)
    assert codes(parsed) == {reasons.TOO_MANY_CATEGORIES}
    assert parsed.entries[0].title == "x"


def test_a_root_beyond_the_limits_is_left_out_whole() -> None:
    assert parse(b"<rss " + numbered(b'x%d="" ', 100) + b"></rss>").error is not None


@pytest.mark.parametrize(
    "prolog",
    [
        b"\n" * 1_000_000,
        b"<" * 200_000,
        b"<!--" * 100_000,
        b"<?x " * 100_000,
        b"<!DOCTYPE rss " + b"\"'" * 100_000,
    ],
    ids=["blank_lines", "brackets", "open_comments", "open_instructions", "open_quotes"],
)
def test_prologs_without_end(prolog: bytes) -> None:
    assert parse(prolog + HEAD + GOOD + TAIL).entries[0].title == "good"
    assert parse(prolog).error is not None


def test_no_definition_reaches_the_parser() -> None:
    bomb = b'<!DOCTYPE rss [<!ENTITY a "]>"><!ENTITY b "<item/>">]>'
    prolog = read_prolog(bomb + HEAD)
    assert prolog.start == len(bomb)
    assert prolog.entities


@pytest.mark.parametrize(
    "document",
    ["[" * 200_000, '{"items":' * 200_000, "[" + "1" * 10_000 + "]", '{"a": NaN', "[" + "{}," * 10],
)
def test_json_traps(document: str) -> None:
    parsed = parse(document.encode())
    assert parsed.error is not None
    assert parsed.error.code == reasons.BAD_JSON


def test_json_surrogates_do_not_survive() -> None:
    parsed = parse(b'[{"title": "\\ud800x\\u0000\\ufffe", "url": "u"}]')
    assert parsed.entries[0].title == "x"


def test_rows() -> None:
    rows = [{"title": str(n)} for n in range(20)]
    parsed = parse(json.dumps(rows).encode(), limits=Limits(rows=5))
    assert [entry.title for entry in parsed.entries] == ["0", "1", "2", "3", "4"]
    assert codes(parsed) == {reasons.TOO_MANY_ENTRIES}
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": rows})
    parsed = parse(feed.encode(), limits=Limits(entries=5))
    assert len(parsed.entries) == 5
    assert codes(parsed) == {reasons.TOO_MANY_ENTRIES}


def test_json_of_a_million_objects_is_not_built() -> None:
    parsed = parse(b"[" + b"{}," * 2_000 + b"{}]", limits=Limits(elements=100))
    assert parsed.error is not None
    assert parsed.error.code == reasons.TOO_MANY_ELEMENTS


def test_columns_that_nobody_knows_cost_nothing() -> None:
    columns = ",".join(f"c{n}" for n in range(20_000))
    parsed = parse(f"title,{columns}\n".encode() + b"x\n" * 20_000, url="a.csv")
    assert len(parsed.entries) == 20_000


def test_a_long_cell_is_no_fault() -> None:
    text = "文" * 200_000
    assert parse(f"title,text\n一,{text}\n".encode(), url="a.csv").entries[0].content == text


def test_values_of_one_entry() -> None:
    enclosures = numbered(b'<enclosure url="https://example.org/%d"/>', 150)
    parsed = parse(HEAD + b"<item>" + enclosures + b"</item>" + TAIL)
    assert len(parsed.entries[0].enclosures) == 64
