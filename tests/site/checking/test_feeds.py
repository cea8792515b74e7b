"""RSS, Atom and JSON Feed: a good one of each, and each way to spoil it."""

from __future__ import annotations

import json

import pytest

from matrixsite.site.checking.documents import document_facts
from matrixsite.site.checking.facts import PageFacts
from matrixsite.site.checking.findings import FEEDS, MENTIONS
from matrixsite.site.checking.targets import site_of

SITE = site_of("https://m.example.org")

RSS = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>青山</title><link>https://m.example.org/</link><description>d</description>
<atom:link rel="self" href="https://m.example.org/feed.xml"/>
<lastBuildDate>Sun, 22 Nov 2026 08:00:00 +0800</lastBuildDate>
<item><title>一</title><link>https://m.example.org/1.html</link><guid isPermaLink="false">urn:x:1</guid>
<pubDate>Sun, 22 Nov 2026 08:00:00 +0800</pubDate><source url="https://m.example.org/a.xml">a</source>
<enclosure url="https://m.example.org/1.mp3" length="9" type="audio/mpeg"/></item>
<item><description>二</description><guid>https://example.com/2</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><id>https://m.example.org/feed.xml</id><title>青山</title>
<updated>2026-11-22T08:00:00+08:00</updated><author><name>青山</name></author>
<link rel="self" href="https://m.example.org/feed.xml"/><link href="https://m.example.org/"/>
<entry><id>urn:x:1</id><title>一</title><updated>2026-11-22T08:00:00+08:00</updated>
<link href="https://m.example.org/1.html"/><published>2026-11-22T08:00:00Z</published>
<source><link rel="self" href="https://m.example.org/a.xml"/></source></entry>
<entry><id>tag:m.example.org,2026:2</id><title>二</title><updated>2026-11-22T08:00:00Z</updated>
<content type="html">&lt;p&gt;</content></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "青山", "feed_url": "https://m.example.org/feed.json",
"items": [{"id": "urn:x:1", "url": "https://m.example.org/1.html", "content_text": "",
"date_published": "2026-11-22T08:00:00+08:00", "attachments":
[{"url": "https://m.example.org/1.mp3", "mime_type": "audio/mpeg"}]},
{"id": "urn:x:2", "content_html": "<p>"}]}"""


def facts_of(text: str) -> PageFacts:
    """The facts of a feed, named by what it is."""
    return document_facts(text.encode(), "feed.json" if text.startswith("{") else "feed.xml", SITE)


@pytest.mark.parametrize(
    ("feed", "targets"),
    [
        (RSS, {"", "1.html", "1.mp3", "a.xml"}),
        (ATOM, {"", "1.html", "a.xml"}),
        (JSON, {"1.html", "1.mp3"}),
    ],
    ids=["rss", "atom", "json"],
)
def test_a_good_feed_has_no_faults_and_says_where_it_leads(feed: str, targets: set[str]) -> None:
    facts = facts_of(feed)
    assert facts.findings == ()
    assert {target.path for target in facts.targets} == targets  # its own address needs no other file


@pytest.mark.parametrize("feed", [RSS, ATOM, JSON], ids=["rss", "atom", "json"])
def test_no_publisher_breaks_the_site_by_what_an_item_links_to(feed: str) -> None:
    rules = {target.path: target.rule for target in facts_of(feed).targets}
    assert {path: rule for path, rule in rules.items() if path.startswith("1.")} == {
        path: MENTIONS for path in rules if path.startswith("1.")
    }
    assert {rule for path, rule in rules.items() if not path.startswith("1.")} <= {FEEDS}


FIRST = '<link href="https://m.example.org/1.html"/>'  # parts of ATOM
HOME = '<link href="https://m.example.org/"/>'
SELF = ' rel="self" href="https://m.example.org/feed.xml"'
SPOILT = [
    (RSS, "</rss>", "", "it is not well-formed XML: "),
    (RSS, 'version="2.0" ', "", "its version is None, not 2.0"),
    (RSS, "<description>d</description>", "", "the channel has no description, where one is required"),
    (RSS, "<title>青山</title>", "<title/>", "the channel has an empty title"),
    (RSS, "<title>青山</title>", "<title>a</title><title>b</title>", "the channel has 2 title"),
    (RSS, '<atom:link rel="self" href="https://m.example.org/feed.xml"/>', "", "the channel has no atom:link"),
    (RSS, "<link>https://m.example.org/<", "<link>/<", "the link of the channel leads to '/', which is no absolute"),
    (RSS, "<title>一</title>", "", "item 1 has neither title nor description"),
    (RSS, "<pubDate>Sun", "<pubDate>Mon", "pubDate of item 1 is 'Mon, 22 Nov 2026"),
    (RSS, "https://example.com/2", "urn:x:1", "the guid of item 2, a permalink, leads to 'urn:x:1'"),
    (RSS, "<guid>https://example.com/2", '<guid isPermaLink="false">urn:x:1', "the id 'urn:x:1' stands twice"),
    (RSS, "<guid>https://example.com/2</guid>", "", "item 2 has no guid"),
    (RSS, 'length="9"', "", "the enclosure of item 1 lacks its length in bytes or its type"),
    (RSS, 'url="https://m.example.org/1.mp3"', 'url="1.mp3"', "the enclosure of item 1 leads to '1.mp3'"),
    (RSS, 'source url="https://m.example.org/a.xml"', "source", "the source of item 1 leads to ''"),
    (ATOM, "<id>urn:x:1</id>", "", "entry 1 has no id, where one is required"),
    (ATOM, "<id>urn:x:1</id>", "<id>x1</id>", "the id of entry 1 is 'x1', no absolute IRI"),
    (ATOM, "tag:m.example.org,2026:2", "urn:x:1", "the id 'urn:x:1' stands twice"),
    (ATOM, "<title>二</title>", "", "entry 2 has no title, where one is required"),
    (ATOM, "<updated>2026-11-22T08:00:00Z", "<updated>2026-11-22 08:00", "updated of entry 2 is '2026-11-22 08:00'"),
    (ATOM, "<author><name>青山</name></author>", "", "entry 1 has no author, and the feed has none"),
    (ATOM, "<name>青山</name>", "", "an author of the feed has no name"),
    (ATOM, SELF, ' rel="hub" href="https://h.example.org/"', "the feed has no link"),
    (ATOM, FIRST, "", "entry 1 has neither content nor an alternate link"),
    (ATOM, FIRST, '<link href="1.html"/>', "a link of entry 1 leads to '1.html'"),
    (ATOM, "https://m.example.org/a.xml", "a.xml", "a link of the source of entry 1 leads to 'a.xml'"),
    (ATOM, HOME, HOME * 2, "the feed has two alternate links"),
    (ATOM, "&lt;p&gt;", "<p/>", "content of entry 2 has elements, where its type 'html' has text only"),
    (ATOM, "<title>二", '<title type="md">二', "title of entry 2 has the type 'md'"),
    (JSON, "}]}", "}", "it is no JSON: "),
    (JSON, "/1.1", "/1", "its version is 'https://jsonfeed.org/version/1', not "),
    (JSON, '"title": "青山", ', "", "it has no title"),
    (JSON, '"id": "urn:x:1"', '"id": 1', "item 1 has no id, or one that is no text"),
    (JSON, '"id": "urn:x:2"', '"id": "urn:x:1"', "the id 'urn:x:1' stands twice"),
    (JSON, '"content_text": "",', "", "item 1 has neither content_html nor content_text"),
    (JSON, '"url": "https://m.example.org/1.html"', '"url": "1.html"', "url of item 1 leads to '1.html'"),
    (JSON, '08:00:00+08:00"', '08:00:00"', "date_published of item 1 is '2026-11-22T08:00:00', no date of RFC 3339"),
    (JSON, ', "mime_type": "audio/mpeg"', "", "an attachment of item 1 lacks its url or mime_type"),
    (JSON, '"items": [', '"items": [null,', "items is no list of objects"),
]  # fmt: skip


@pytest.mark.parametrize(("feed", "part", "instead", "fault"), SPOILT)
def test_each_fault_is_found(feed: str, part: str, instead: str, fault: str) -> None:
    assert part in feed
    found = [finding.what for finding in facts_of(feed.replace(part, instead)).findings]
    assert any(what.startswith(fault) for what in found), found


def test_an_entry_may_have_the_author_of_its_source() -> None:
    author = "<author><name>青山</name></author>"
    moved = ATOM.replace(author, "").replace("<source>", f"<source>{author}")
    moved = moved.replace("<content", f"{author}<content")
    assert facts_of(moved).findings == ()


@pytest.mark.parametrize("text", ["[1]", '{"version": 1}', "{}"])
def test_json_that_is_no_feed_is_only_json(text: str) -> None:
    assert json.loads(text) is not None
    assert document_facts(text.encode(), "api/v1/notices.json", SITE).findings == ()


def test_a_document_reads_no_file() -> None:
    thief = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + ATOM.replace("二", "&b;")
    found = facts_of(thief).findings
    assert "root:" not in str(found)
