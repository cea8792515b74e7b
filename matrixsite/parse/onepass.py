"""A usual feed in one pass of expat: what feedparser would find in it, in a twentieth of the time.

feedparser stays the measure: what comes out is the part of its result that `adapter` reads, to the letter, and whatever
this pass doesn't know for certain (`UnusualError`) sends the whole document to feedparser. So nothing that it
tolerates is lost; tests compare the two over documents of all kinds.

Usual is a well-formed RSS 0.9x to 2.0 or Atom 1.0 document whose items hold plain elements: no markup outside CDATA, no
base, no element twice where feedparser has rules of its own for that. It reaches none of the `limits`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from matrixsite.parse import findings
from matrixsite.parse.findings import FEED, IMAGE, ITEM, NESTED, Action, Attributes, Finding, Node
from matrixsite.parse.limits import COUNTED, ITEMS, LONG_WORD, SHORT, Limits
from matrixsite.parse.vocabulary import ATOM, FILED, HANDLED, Names, UnusualError, attributes_of

_RSS_VERSIONS: Final = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
_PEOPLE = frozenset({"author", "managingeditor", "dc_author", "dc_creator", "itunes_author"})
_OF_PEOPLE = frozenset({"name", "uri", "url", "homepage", "email"})
# Signs of Windows-1252 as XML carries them: feedparser puts them right. A single byte is looked for in no time.
_WINDOWS = (
    (b"\xc2", re.compile(rb"\xc2[\x80-\x9f]")),
    (b"&", re.compile(rb"&#(?:0*1(?:2[89]|[345]\d)|[xX]0*[89][\da-fA-F]);")),
)
_BUFFER = 65_536  # characters of a text that come in one piece

_OUTSIDE, _ROOT, _FEED, _ITEM, _IMAGE = range(5)  # where in a document


def read(document: bytes, limits: Limits) -> Node | None:
    """What feedparser would find in a document that begins with its root, UTF-8 or not; None where that is not sure."""
    most = limits.elements
    if len(document) > 4 * most and document.count(b"<") > most:
        return None
    if any(sign in document and pattern.search(document) for sign, pattern in _WINDOWS):
        return None
    try:
        return _Pass(document, limits).run()
    except (UnusualError, expat.ExpatError):
        return None


@dataclass(frozen=True, slots=True)
class _Element:
    """What is known of the elements of one name; `actions` by where they stand, None where they may not."""

    tag: str
    actions: tuple[Action | None, ...]
    short: bool
    counted: bool  # among the categories of its item
    bounded: bool  # one of these


@dataclass(slots=True)
class _Pass:
    document: bytes
    limits: Limits
    parser: expat.XMLParserType = field(init=False)
    names: Names = field(init=False)
    elements: dict[str, _Element] = field(default_factory=dict)  # by expat's name for them
    pieces: list[str] = field(default_factory=list)  # of the text of the innermost element
    place: int = _OUTSIDE
    version: str = ""
    rss: bool = False
    over: bool = False  # the channel has ended
    feed: Finding = field(default_factory=lambda: Finding(atom=False))
    found: Finding = field(init=False)  # of the feed or of the item that is open
    entries: list[Node] = field(default_factory=list)
    open: _Element | None = None  # an element that holds text
    action: Action = findings.ignored
    attributes: Attributes = field(default_factory=dict)
    began: int = 0  # offset of its start tag
    nested: _Element | None = None  # an element in it
    nested_attributes: Attributes = field(default_factory=dict)
    person: str = ""  # the name in an author of several elements
    counted: int = 0  # categories and authors of the item

    def run(self) -> Node:
        self.names = Names(self.limits.namespaces)
        self.parser = parser = expat.ParserCreate("utf-8", " ")
        parser.namespace_prefixes = parser.buffer_text = True
        parser.buffer_size = _BUFFER
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.pieces.append
        parser.StartNamespaceDeclHandler = self.names.declare
        parser.StartDoctypeDeclHandler = _refuse
        parser.Parse(self.document, True)
        return {"version": self.version, "feed": self.feed.node, "entries": self.entries}

    def start(self, name: str, attributes: Attributes) -> None:
        element = self.elements.get(name) or self.element(name)
        if self.open is not None:
            self.start_nested(element, attributes)
            return
        action = element.actions[self.place]
        if attributes:
            attributes = attributes_of(attributes, self.limits.attributes, self.limits.attribute)
        if action is None:
            self.enter(element, attributes, name)
            return
        self.open, self.action, self.attributes = element, action, attributes
        if element.bounded:
            self.began = self.parser.CurrentByteIndex
            self.counted += element.counted
            if self.counted > self.limits.categories:
                raise UnusualError
        self.pieces.clear()

    def end(self, name: str) -> None:
        if self.nested is not None:
            self.end_nested(self.nested)
            return
        element = self.open
        if element is None:
            self.leave()
            return
        if element.bounded and element.short:
            self.check_length(self.began, self.parser.CurrentByteIndex)
        text = "".join(self.pieces).strip()
        self.open = None
        if self.person:
            self.end_person(text)
        else:
            self.action(self.found, text, self.attributes)

    def element(self, name: str) -> _Element:
        tag = self.names.element(name)
        local = (name.split(" ")[1] if " " in name else name).lower()
        disguised = tag != local if local in ITEMS else tag == local and "_" in tag and tag in HANDLED
        if tag in FILED or disguised:
            raise UnusualError
        other = None if tag in HANDLED else findings.ignored
        element = _Element(
            tag=tag,
            actions=(None, None, FEED.get(tag, other), ITEM.get(tag, other), IMAGE.get(tag)),
            short=local in SHORT,
            counted=local in COUNTED,
            bounded=local in SHORT or local in COUNTED,
        )
        self.elements[name] = element
        return element

    # --- the frame ---

    def enter(self, element: _Element, attributes: Attributes, name: str) -> None:
        """Begins what holds other elements: the root, its channel, an item, the feed's logo."""
        tag, place = element.tag, self.place
        if place == _OUTSIDE and tag == "rss":
            self.rss, self.place, self.version = True, _ROOT, _rss_version(attributes.get("version", ""))
        elif place == _OUTSIDE and tag == "feed" and name.lower().startswith(f"{ATOM} "):
            self.place, self.version = _FEED, "atom10"
            self.feed = self.found = Finding(atom=True)
        elif "lastmod" in attributes or "href" in attributes:
            raise UnusualError
        elif place == _ROOT and tag == "channel" and not self.over:
            self.place = _FEED
            self.feed = self.found = Finding(atom=False)
        elif place == _FEED and tag in ITEMS and len(self.entries) < self.limits.entries:
            self.place, self.found, self.counted = _ITEM, Finding(atom=self.feed.atom), 0
            self.entries.append(self.found.node)
        elif place == _FEED and tag == "image":
            self.place, self.feed.title_depth = _IMAGE, 0
        else:
            raise UnusualError

    def leave(self) -> None:
        if self.place == _ITEM:
            self.feed.title_depth = self.found.title_depth
            self.found, self.place = self.feed, _FEED
        elif self.place == _IMAGE:
            self.place = _FEED
        else:
            self.place = _ROOT if self.rss and self.place == _FEED else _OUTSIDE
            self.over = True

    def check_length(self, start: int, end: int) -> None:
        if end - start > self.limits.short:
            raise UnusualError
        if end - start > 128 and LONG_WORD.search(self.document, start, end):
            raise UnusualError

    # --- elements in elements: Atom's persons, the titles of files ---

    def start_nested(self, element: _Element, attributes: Attributes) -> None:
        outer = self.open.tag if self.open else ""
        person = outer in _PEOPLE and element.tag in _OF_PEOPLE
        named = bool(self.person) != (element.tag == "name")  # the name comes first, and once
        title = outer == "media_content" and element.tag == "media_title" and self.place == _ITEM
        if self.nested or not (title or (person and named)) or "".join(self.pieces).strip():
            raise UnusualError
        self.nested = element
        self.nested_attributes = attributes_of(attributes, self.limits.attributes, self.limits.attribute)
        self.pieces.clear()

    def end_nested(self, element: _Element) -> None:
        text = "".join(self.pieces).strip()
        if element.tag == "media_title":
            findings.media_title(self.found, text, self.nested_attributes, NESTED)
        elif element.tag == "name":
            if not text:
                raise UnusualError
            self.person = text
        self.nested = None
        self.pieces.clear()

    def end_person(self, rest: str) -> None:
        authors = self.found.node.setdefault("authors", [])
        if rest or len(authors) > self.found.persons:  # feedparser renames an author of one element before
            raise UnusualError
        authors.append({"name": self.person})
        self.found.persons += 1
        self.person = ""


def _rss_version(written: str) -> str:
    return _RSS_VERSIONS.get(written) or ("rss20" if written.startswith("2.") else "rss")


def _refuse(*_: object) -> None:
    raise UnusualError
