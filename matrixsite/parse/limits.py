"""How much of a document is read, and the one walk over its XML that keeps to it before feedparser sees it.

feedparser is linear in most things but not in all: categories of an entry are compared with each other,
authors run through a regular expression that is quadratic in their length, namespaces are searched for each
element, each link is written out with the base in force. So nothing beyond these limits may reach it. The walk
is expat's own (without a handler for text: about 5 % of feedparser's time), so that it can't disagree with the
parser that follows about what is a tag.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from xml.parsers import expat

from matrixsite.model import Reason
from matrixsite.parse import reasons

ITEMS: Final = frozenset({"item", "entry"})
_TOMBSTONE: Final = "http://purl.org/atompub/tombstones/1.0 deleted-entry"  # RFC 6721
_DATES = {"pubdate", "published", "updated", "issued", "modified", "created", "date", "lastbuilddate"}
_AUTHORS = {"author", "creator", "managingeditor", "webmaster", "publisher", "owner"}
_LISTS = {"keywords", "tags"}
# By expat's name for it. feedparser believes both, in any case.
_BASE = re.compile(r"(http://www\.w3\.org/xml/1998/namespace )?base( .*)?", re.IGNORECASE)
_PLACES = {"point", "line", "polygon", "box", "pos", "poslist"}  # read number by number, for nobody here
SHORT = frozenset(_DATES | _AUTHORS | _LISTS | _PLACES | {"expirationdate", "valid"})
COUNTED = frozenset(_AUTHORS | _LISTS | {"category", "subject"})
LONG_WORD = re.compile(rb"[\w.+-]{128}")  # longer than any address; feedparser seeks them in quadratic time


@dataclass(frozen=True, slots=True)
class Limits:
    """What of one document is read at most; the rest is cut and said."""

    octets: int = 15_000_000
    depth: int = 256  # of nested elements: lxml's own limit for HTML
    elements: int = 250_000
    attributes: int = 64  # of one element
    attribute: int = 65_536  # characters of one attribute
    namespaces: int = 64  # declared prefixes
    categories: int = 200  # of one entry; authors and keywords count with them
    short: int = 1_000  # octets of a date, an author, a list of keywords with their tags; of bases in force
    entries: int = 5_000
    rows: int = 50_000  # of a CSV or JSON export


@dataclass(frozen=True, slots=True)
class Walked:
    """`kept` is the document without what broke a limit; `fault` says where it is not well-formed.

    `deleted` are the ids in tombstones, which no feed parser reads; `based`: an element that was kept has a base.
    """

    kept: bytes
    breaches: tuple[Reason, ...] = ()
    fault: Fault | None = None
    deleted: tuple[str, ...] = ()
    based: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """The first fault of form: `kept` is sound before `offset`, where the elements `open` were open."""

    kind: str  # one of the messages in `xml.parsers.expat.errors`
    line: int
    offset: int  # octets into `kept`
    open: tuple[str, ...]


def walk(document: bytes, limits: Limits) -> Walked:
    """Leave out each element that goes beyond `limits`, with all in it; stop at most entries or elements."""
    return _Walk(document, limits).run()


def closing(names: Sequence[str]) -> bytes:
    """End tags for the open elements `names`, outermost first."""
    return "".join(f"</{name}>" for name in reversed(names)).encode()


class _Enough(Exception):
    pass


@dataclass(slots=True)
class _Open:
    name: str
    local: str
    start: int
    base: int  # characters of its base and of those around it: relative ones add up


@dataclass(slots=True)
class _Walk:
    document: bytes
    limits: Limits
    parser: expat.XMLParserType = field(init=False)
    stack: list[_Open] = field(default_factory=list)
    item: int = -1  # where the newest item starts
    item_stack: tuple[str, ...] = ()  # what was open there
    left_out: list[tuple[int, int]] = field(default_factory=list)
    leaving: int = -1  # start of an element that is being left out
    inside: int = 0  # depth inside it; 0 once it has ended
    entries: int = 0
    elements: int = 0
    tags: int = 0  # categories of this item
    prefixes: set[str] = field(default_factory=set)
    deleted: list[str] = field(default_factory=list)
    based: bool = False
    stopped: str = ""  # the limit that ended the walk
    breaches: Counter[str] = field(default_factory=Counter)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)

    def run(self) -> Walked:
        return replace(self.walked(), deleted=tuple(self.deleted), based=self.based)

    def walked(self) -> Walked:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.namespace_prefixes = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartNamespaceDeclHandler = self.namespace
        try:
            self.parser.Parse(self.document, True)
        except _Enough:
            return Walked(self.kept(self.item) + closing(self.item_stack), self.reasons())
        except expat.ExpatError as error:
            return self.broken(error)
        self.settle(len(self.document))
        return Walked(self.kept(len(self.document)) if self.left_out else self.document, self.reasons())

    def broken(self, error: expat.ExpatError) -> Walked:
        offset = min(max(self.parser.ErrorByteIndex, 0), len(self.document))
        self.settle(offset)  # what was being left out stays out, up to the fault
        head = self.kept(offset)
        names = tuple(element.name for element in self.stack)
        fault = Fault(expat.ErrorString(error.code) or "", error.lineno, len(head), names)
        return Walked(head + self.document[offset:], self.reasons(), fault)

    def kept(self, end: int) -> bytes:
        pieces, at = [], 0
        for start, stop in self.left_out:
            pieces.append(self.document[at : min(start, end)])
            at = min(stop, end)
        return b"".join((*pieces, self.document[at:end]))

    def reasons(self) -> tuple[Reason, ...]:
        left_out = [Reason(code, f"{count} left out") for code, count in sorted(self.breaches.items())]
        return (*left_out, *([Reason(self.stopped, "the rest is cut")] if self.stopped else []))

    def namespace(self, prefix: str | None, uri: str | None) -> None:
        self.prefixes.add(prefix or "")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        if self.inside:
            self.inside += 1
            return
        self.settle(at)
        qname, local = self.names.get(name) or self.name(name)
        self.elements += 1
        if local in ITEMS:
            self.begin_item(at)
        elif local in COUNTED:
            self.tags += 1
        own_base = sum([len(value) for key, value in attributes.items() if _BASE.fullmatch(key)])
        base = own_base + (self.stack[-1].base if self.stack else 0)
        if breach := self.breach(local, attributes, base):
            self.leave_out(at, breach)
            return
        if self.elements > self.limits.elements:
            self.stop(at, reasons.TOO_MANY_ELEMENTS)
        if name.startswith(_TOMBSTONE) and len(self.stack) == 1 and len(self.deleted) < self.limits.entries:
            self.deleted.append(attributes.get("ref", "").strip())
        self.based = self.based or own_base > 0
        self.stack.append(_Open(qname, local, at, base))

    def end(self, name: str) -> None:
        at = self.parser.CurrentByteIndex
        if self.inside:
            self.inside -= 1
            return
        self.settle(at)
        element = self.stack.pop()
        if element.local in SHORT and (breach := self.breach_of_text(element, at)):
            self.leave_out(element.start, breach)
            self.inside = 0

    def breach_of_text(self, element: _Open, end: int) -> str:
        if end - element.start > self.limits.short:
            return reasons.FIELD_TOO_LONG
        if element.local in _LISTS:
            self.tags += self.document.count(b",", element.start, end)
            return reasons.TOO_MANY_CATEGORIES if self.tags > self.limits.categories else ""
        long = end - element.start > 128 and LONG_WORD.search(self.document, element.start, end)
        return reasons.FIELD_TOO_LONG if long else ""

    def settle(self, at: int) -> None:
        """What was left out ends where the next tag begins."""
        if self.leaving >= 0:
            while self.left_out and self.left_out[-1][0] > self.leaving:  # what was left out of it before
                self.left_out.pop()
            self.left_out.append((self.leaving, at))
            self.leaving = -1

    def leave_out(self, start: int, breach: str) -> None:
        self.leaving, self.inside = start, 1
        self.breaches[breach] += 1

    def begin_item(self, at: int) -> None:
        self.item, self.item_stack = at, tuple(element.name for element in self.stack)
        self.tags = 0
        self.entries += 1
        if self.entries > self.limits.entries:
            self.stop(at, reasons.TOO_MANY_ENTRIES)

    def stop(self, at: int, breach: str) -> None:
        if self.item < 0:
            self.item, self.item_stack = at, tuple(element.name for element in self.stack)
        self.stopped = breach
        raise _Enough

    def breach(self, local: str, attributes: dict[str, str], base: int) -> str:
        limits = self.limits
        if len(self.stack) >= limits.depth:
            return reasons.TOO_DEEP
        if self.tags > limits.categories and local in COUNTED:
            return reasons.TOO_MANY_CATEGORIES
        if len(self.prefixes) > limits.namespaces:
            return reasons.TOO_MANY_NAMESPACES
        if attributes:
            if len(attributes) > limits.attributes:
                return reasons.TOO_MANY_ATTRIBUTES
            if max(map(len, attributes.values())) > limits.attribute:
                return reasons.FIELD_TOO_LONG
            if base > limits.short:
                return reasons.FIELD_TOO_LONG
        return ""

    def name(self, name: str) -> tuple[str, str]:
        """An element's name as written, and its local part in lower case as feedparser compares it."""
        uri_local_prefix = name.split(" ")
        if len(uri_local_prefix) == 3:
            known = (f"{uri_local_prefix[2]}:{uri_local_prefix[1]}", uri_local_prefix[1].lower())
        else:
            known = (uri_local_prefix[-1], uri_local_prefix[-1].lower())
        self.names[name] = known
        return known
