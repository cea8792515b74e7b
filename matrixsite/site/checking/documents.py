"""Any file of a site to its facts, by what it is."""

from __future__ import annotations

from lxml import etree

from matrixsite.site.checking.atom import ATOM, check_atom
from matrixsite.site.checking.elements import parse_xml
from matrixsite.site.checking.facts import Notes, PageFacts
from matrixsite.site.checking.findings import FEEDS
from matrixsite.site.checking.html_page import page_facts
from matrixsite.site.checking.json_feed import check_json
from matrixsite.site.checking.listings import SITEMAP, check_opml, check_robots, check_sitemap
from matrixsite.site.checking.rss import check_rss
from matrixsite.site.checking.targets import Site
from matrixsite.site.urls import ROBOTS

_XML = (".xml", ".opml", ".rss", ".atom")
_KINDS = {"rss": check_rss, f"{ATOM}feed": check_atom, "opml": check_opml}
_SITEMAPS = (f"{SITEMAP}urlset", f"{SITEMAP}sitemapindex")


def is_document(path: str) -> bool:
    """Whether the file at `path` says something that can be checked: pictures and styles don't."""
    return path == ROBOTS or path.endswith((".html", ".json", *_XML))


def document_facts(content: bytes, path: str, site: Site) -> PageFacts:
    """The facts of the file at `path`, where `is_document`."""
    if path.endswith(".html"):
        return page_facts(content, path, site)
    notes = Notes(path, site)
    if path == ROBOTS:
        check_robots(content, notes)
    elif path.endswith(".json"):
        check_json(content, notes)
    else:
        _xml(content, notes)
    return notes.facts()


def _xml(content: bytes, notes: Notes) -> None:
    try:
        root = parse_xml(content)
    except etree.XMLSyntaxError as error:
        notes.broken(FEEDS, f"it is not well-formed XML: {error.msg}")
        return
    if root.tag in _SITEMAPS:
        check_sitemap(root, len(content), notes)
    elif check := _KINDS.get(root.tag):
        check(root, notes)
