"""What the checks of XML documents have in common: reading them safely, asking for children."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from lxml import etree

from matrixsite.site.checking.facts import Notes
from matrixsite.site.checking.findings import FEEDS, MENTIONS, Rule


def parse_xml(content: bytes) -> etree._Element:
    """The root of a document; raises etree.XMLSyntaxError. Entities stay as they are, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(content, parser)


def text_of(element: etree._Element, name: str) -> str:
    """The text of a child, stripped; empty where it has none."""
    return (element.findtext(name) or "").strip()


def is_absolute(url: str) -> bool:
    """An http(s) address with a host, which works wherever a feed is read."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, url))


def is_iri(text: str) -> bool:
    """An absolute IRI: what may be an id (RFC 4287, section 4.2.6)."""
    scheme, colon, rest = text.partition(":")
    named = scheme[:1].isalpha() and all(char.isalnum() or char in "+-." for char in scheme)
    return bool(colon and rest) and named and scheme.isascii() and not any(map(str.isspace, text))


def require(element: etree._Element, names: Iterable[str], notes: Notes, where: str) -> None:
    """The element has each of these children exactly once, with something in it."""
    for name in names:
        found, local = element.findall(name), etree.QName(name).localname
        if len(found) != 1:
            notes.broken(FEEDS, f"{where} has {len(found) or 'no'} {local}, where one is required")
        elif not "".join(found[0].itertext()).strip():
            notes.broken(FEEDS, f"{where} has an empty {local}")


def absolute_link(url: str, notes: Notes, where: str, rule: Rule = FEEDS) -> None:
    """A link of a document that is read far from its address; one that points into the site must resolve."""
    if is_absolute(url):
        notes.leads_to(url, rule)
    else:
        notes.broken(rule, f"{where} leads to {url[:200]!r}, which is no absolute address")


def stated_link(url: str, notes: Notes, where: str) -> None:
    """A link of an item, which may be its publisher's: one that points into the site need not resolve."""
    if is_absolute(url):
        notes.leads_to(url, MENTIONS)
    else:
        absolute_link(url, notes, where)


def unique(ids: Iterable[str], notes: Notes) -> None:
    """No id stands for two things."""
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            notes.broken(FEEDS, f"the id {id_[:200]!r} stands twice")
        seen.add(id_)
