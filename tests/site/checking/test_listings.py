from __future__ import annotations

import pytest

from matrixsite.site.checking.documents import document_facts
from matrixsite.site.checking.facts import PageFacts
from matrixsite.site.checking.listings import MOST_ADDRESSES
from matrixsite.site.checking.targets import site_of

SITE = site_of("https://m.example.org")
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://m.example.org/</loc><lastmod>2026-11-22</lastmod></url>
<url><loc>https://m.example.org/a/</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://m.example.org/sitemaps/2026-11.xml</loc><lastmod>2026-11</lastmod></sitemap></sitemapindex>"""
OPML = """<opml version="2.0"><head><title>青山</title><dateModified>Sun, 22 Nov 2026 08:00:00 GMT</dateModified></head>
<body><outline text="区县"><outline text="甲" type="rss" xmlUrl="https://m.example.org/a.xml" htmlUrl="https://example.com/"/>
</outline></body></opml>"""


def facts_of(text: str) -> PageFacts:
    return document_facts(text.encode(), "members.opml" if text.startswith("<opml") else "sitemap.xml", SITE)


@pytest.mark.parametrize(
    ("text", "targets"),
    [(SITEMAP, {"", "a"}), (INDEX, {"sitemaps/2026-11.xml"}), (OPML, {"a.xml"})],
    ids=["sitemap", "index", "opml"],
)
def test_a_good_list_has_no_faults_and_says_where_it_leads(text: str, targets: set[str]) -> None:
    facts = facts_of(text)
    assert facts.findings == ()
    assert {target.path for target in facts.targets} == targets


@pytest.mark.parametrize(
    ("text", "part", "instead", "fault"),
    [
        (SITEMAP, "2026-11-22", "2026-11-31", "lastmod '2026-11-31' is no W3C date"),
        (SITEMAP, "https://m.example.org/a/", "/a/", "loc '/a/' is no address of this site"),
        (
            SITEMAP,
            "https://m.example.org/a/",
            "https://example.com/",
            "loc 'https://example.com/' is no address",
        ),
        (SITEMAP, "example.org/a/", "example.org/", "'https://m.example.org/' stands twice"),
        (SITEMAP, "/a/", f"/{'a' * 2100}", "an address has 2,122 characters, over 2,047"),
        (INDEX, "sitemap>", "site>", "it lists 0 addresses"),
        (OPML, '"2.0"', '"3"', "its version is '3', not 2.0"),
        (OPML, "body>", "bodies>", "it has no body"),
        (OPML, "Sun, ", "Mon, ", "dateModified is 'Mon, 22 Nov 2026 08:00:00 GMT', no date of RFC 822"),
        (OPML, 'text="甲"', "", "outline 2 has no text"),
        (OPML, ' xmlUrl="https://m.example.org/a.xml"', "", "outline 2 is a feed without xmlUrl"),
        (OPML, '"https://example.com/"', '"example.com"', "htmlUrl of outline 2 leads to 'example.com'"),
    ],
)
def test_each_fault_is_found(text: str, part: str, instead: str, fault: str) -> None:
    assert part in text
    (found,) = facts_of(text.replace(part, instead)).findings
    assert found.what.startswith(fault)


def test_a_sitemap_lists_no_more_than_its_protocol_allows() -> None:
    places = "".join(f"<url><loc>https://m.example.org/{n}</loc></url>" for n in range(MOST_ADDRESSES + 1))
    (found,) = facts_of(SITEMAP.replace("</urlset>", f"{places}</urlset>")).findings
    assert found.what.startswith("it lists 50,003 addresses")


def test_robots_name_their_sitemaps() -> None:
    lines = b"User-agent: *\nSitemap: https://m.example.org/sitemap.xml # by month\nsitemap: /other.xml\n"
    facts = document_facts(lines, "robots.txt", SITE)
    assert {target.path for target in facts.targets} == {"sitemap.xml"}
    assert [finding.what for finding in facts.findings] == [
        "a Sitemap line leads to '/other.xml', which is no absolute address"
    ]
