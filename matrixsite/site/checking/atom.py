"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from matrixsite.site.checking.dates import is_rfc_3339
from matrixsite.site.checking.elements import absolute_link, is_iri, require, stated_link, text_of, unique
from matrixsite.site.checking.facts import Notes
from matrixsite.site.checking.findings import ADVICE, FEEDS

ATOM = "{http://www.w3.org/2005/Atom}"
_REQUIRED = (f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated")
_TYPES = frozenset({"text", "html", "xhtml"})


def check_atom(root: etree._Element, notes: Notes) -> None:
    """A `feed` document."""
    entries = root.findall(f"{ATOM}entry")
    _element(root, "the feed", notes)
    if not any(link.get("rel") == "self" for link in root.findall(f"{ATOM}link")):
        notes.broken(ADVICE, 'the feed has no link with rel="self"')
    for number, entry in enumerate(entries, 1):
        where = f"entry {number}"
        _element(entry, where, notes)
        _author(root, entry, where, notes)
        _content(entry, where, notes)
        for source in entry.iterfind(f"{ATOM}source"):
            _links(source, f"the source of {where}", notes)
    unique((text_of(entry, f"{ATOM}id") for entry in entries), notes)


def _element(element: etree._Element, where: str, notes: Notes) -> None:
    """What feeds and entries must both have (sections 4.1.1 and 4.1.2)."""
    require(element, _REQUIRED, notes, where)
    if (id_ := text_of(element, f"{ATOM}id")) and not is_iri(id_):
        notes.broken(FEEDS, f"the id of {where} is {id_[:200]!r}, no absolute IRI")
    for name in ("updated", "published"):
        if (date := element.findtext(ATOM + name)) is not None and not is_rfc_3339(date):
            notes.broken(FEEDS, f"{name} of {where} is {date!r}, no date of RFC 3339")
    for person in element.iterfind(f"{ATOM}author"):
        require(person, (f"{ATOM}name",), notes, f"an author of {where}")
    _links(element, where, notes)


def _links(element: etree._Element, where: str, notes: Notes) -> None:
    links = element.findall(f"{ATOM}link")
    check = stated_link if element.tag == f"{ATOM}entry" else absolute_link
    for link in links:
        check(link.get("href") or "", notes, f"a link of {where}")
    alternates = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in links
        if link.get("rel", "alternate") == "alternate"
    )
    if any(count > 1 for count in alternates.values()):
        notes.broken(FEEDS, f"{where} has two alternate links of one type and language")


def _author(feed: etree._Element, entry: etree._Element, where: str, notes: Notes) -> None:
    """An entry without author has its source's, else its feed's (section 4.1.2)."""
    places = (entry, entry.find(f"{ATOM}source"), feed)
    if not any(place is not None and place.find(f"{ATOM}author") is not None for place in places):
        notes.broken(FEEDS, f"{where} has no author, and the feed has none")


def _content(entry: etree._Element, where: str, notes: Notes) -> None:
    content = entry.find(f"{ATOM}content")
    alternate = any(link.get("rel", "alternate") == "alternate" for link in entry.iterfind(f"{ATOM}link"))
    if content is None and not alternate:
        notes.broken(FEEDS, f"{where} has neither content nor an alternate link")
    for name in ("title", "summary", "content", "rights"):
        part = entry.find(ATOM + name)
        if part is None or part.get("src"):
            continue
        kind = part.get("type", "text")
        if name != "content" and kind not in _TYPES:
            notes.broken(FEEDS, f"{name} of {where} has the type {kind!r}")
        if kind in ("text", "html") and len(part):
            notes.broken(FEEDS, f"{name} of {where} has elements, where its type {kind!r} has text only")
