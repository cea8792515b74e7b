"""Mends the faults of form that feeds have most often, so that the strict parser reads them.

The loose parser of feedparser, a fallback for the rest, guesses where elements end and is slow; a stray `&`,
an undeclared prefix and a document that ends early need no guessing.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final
from xml.parsers.expat import errors

from matrixsite.model import Reason
from matrixsite.parse import reasons
from matrixsite.parse.limits import Fault, Limits, Walked, closing, walk

_REFERENCE: Final = re.compile(rb"&(?:#([xX]?)([0-9a-fA-F]{1,64});|([A-Za-z][A-Za-z0-9]{0,31});)?")
_XML_ENTITIES = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_PREFIX = re.compile(rb"[<\s]([A-Za-z_][\w.-]{0,31}):[A-Za-z_][\w.-]*(?=[\s=/>])")
_DECLARED = re.compile(rb"xmlns:([A-Za-z_][\w.-]*)\s*=")
_ROOT_NAME = re.compile(rb"<[A-Za-z_][\w.:-]*")
_MOST_PREFIXES = 32
_ANY_BASE = re.compile(rb"\sbase\s*=|xml:base\s*=", re.IGNORECASE)
_END = re.compile(rb"</(?:[\w.-]{1,64}:)?(?:rss|rdf|feed|channel)\s*>", re.IGNORECASE)

_NAMESPACES = {
    b"atom": b"http://www.w3.org/2005/Atom",
    b"content": b"http://purl.org/rss/1.0/modules/content/",
    b"dc": b"http://purl.org/dc/elements/1.1/",
    b"dcterms": b"http://purl.org/dc/terms/",
    b"itunes": b"http://www.itunes.com/dtds/podcast-1.0.dtd",
    b"media": b"http://search.yahoo.com/mrss/",
    b"rdf": b"http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}

_BAD_REFERENCE = (
    errors.XML_ERROR_UNDEFINED_ENTITY,
    errors.XML_ERROR_INVALID_TOKEN,
    errors.XML_ERROR_BAD_CHAR_REF,
)
_EARLY_END = (
    errors.XML_ERROR_NO_ELEMENTS,
    errors.XML_ERROR_UNCLOSED_TOKEN,
    errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    errors.XML_ERROR_PARTIAL_CHAR,
)


@dataclass(frozen=True, slots=True)
class Formed:
    """A document within its limits. `truncated`: it ended early, and its open elements were closed.

    `sound` is the part before the first fault where the rest takes guessing: it is well-formed.
    """

    document: bytes
    truncated: bool = False
    sound: bytes = b""
    problems: tuple[Reason, ...] = ()
    deleted: tuple[str, ...] = ()  # ids in tombstones
    based: bool = False  # an element has a base; where that takes guessing, it may be a text that looks so


def form(document: bytes, limits: Limits) -> Formed:
    """Walk `document`, mend what needs no guessing, bound what is left to guess, and say what was wrong."""
    walked = walk(document, limits)
    if not walked.fault:
        return Formed(walked.kept, problems=walked.breaches, deleted=walked.deleted, based=walked.based)
    first = walked.fault
    if walked.fault.kind in _BAD_REFERENCE and walked.kept.count(b"&") <= limits.elements:
        walked = _again(walked, mend_references, limits)
    if walked.fault and walked.fault.kind == errors.XML_ERROR_UNBOUND_PREFIX:
        walked = _again(walked, declare_prefixes, limits)
    problems = walked.breaches
    if first.kind not in _EARLY_END:
        problems += (Reason(reasons.MALFORMED_XML, f"{first.kind}, line {first.line}"),)
    ended = _ended(walked, walked.fault, limits, problems)
    return replace(ended, deleted=walked.deleted, based=_ANY_BASE.search(ended.document) is not None)


def _again(walked: Walked, mend: Callable[[bytes], bytes], limits: Limits) -> Walked:
    mended = walk(mend(walked.kept), limits)
    return replace(mended, breaches=walked.breaches + mended.breaches)


def _ended(walked: Walked, fault: Fault | None, limits: Limits, problems: tuple[Reason, ...]) -> Formed:
    if fault is None:
        return Formed(walked.kept, problems=problems)
    sound = walked.kept[: fault.offset]
    closed = closing(fault.open)
    if fault.kind == errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
        return Formed(sound, problems=problems)
    if fault.kind in _EARLY_END:
        end = b"]]>" if fault.kind == errors.XML_ERROR_UNCLOSED_CDATA_SECTION else b""
        problems += (Reason(reasons.TRUNCATED, f"at byte {fault.offset}"),)
        return Formed(sound + end + closed, truncated=True, problems=problems)
    document, cut = bound(walked.kept, limits)
    truncated = not _END.search(walked.kept[-4096:])
    if truncated:
        problems += (Reason(reasons.TRUNCATED),)
    return Formed(document, truncated, sound + closed, problems + cut)


def mend_references(document: bytes) -> bytes:
    """Escape stray `&`, put characters for HTML's named entities, drop references to what XML can't carry."""
    pieces, at = [], 0
    while (start := document.find(b"<![CDATA[", at)) >= 0:
        pieces.append(_REFERENCE.sub(_mended, document[at:start]))
        end = document.find(b"]]>", start)
        at = end if end >= 0 else len(document)
        pieces.append(document[start:at])
    pieces.append(_REFERENCE.sub(_mended, document[at:]))
    return b"".join(pieces)


def _mended(reference: re.Match[bytes]) -> bytes:
    radix, digits, name = reference.groups()
    if digits:
        return reference[0] if _legal(radix, digits) else b""
    if name in _XML_ENTITIES:
        return reference[0]
    character = html.entities.html5.get(f"{name.decode()};") if name else None
    return character.encode() if character else b"&amp;" + reference[0][1:]


def _legal(radix: bytes, digits: bytes) -> bool:
    """XML 1.0, section 2.2: Char."""
    try:
        point = int(digits, 16 if radix else 10)
    except ValueError:
        return False
    return (
        point in (9, 10, 13)
        or 32 <= point < 0xD800
        or 0xE000 <= point < 0xFFFE
        or 0x10000 <= point < 0x110000
    )


def declare_prefixes(document: bytes) -> bytes:
    """Declare on the root what the document uses undeclared: well-known prefixes as they are known."""
    used = set(_PREFIX.findall(document)) - set(_DECLARED.findall(document)) - {b"xml", b"xmlns"}
    declarations = b"".join(
        b' xmlns:%s="%s"' % (prefix, _NAMESPACES.get(prefix, b"urn:undeclared:" + prefix))
        for prefix in sorted(used)[:_MOST_PREFIXES]
    )
    root = _ROOT_NAME.search(document)
    return document[: root.end()] + declarations + document[root.end() :] if root else document


# What follows is for documents that only the loose parser reads. It sees other comments, sections and ends of
# tags than we do, so each bound is lexical: it holds whatever the parser takes for a tag.

_ITEM = re.compile(rb"<(?:[\w.-]{1,64}:)?(?:item|entry)\b", re.IGNORECASE)
_TAG_LIST = re.compile(
    rb"(</?(?:[\w.-]{1,64}:)?)(?:keywords|tags|svg|valid|point|line|polygon|box|pos|poslist)\b", re.IGNORECASE
)
_CATEGORY = re.compile(rb"<(?:[\w.-]{1,64}:)?(?:category|subject)\b", re.IGNORECASE)
_MARKUP = re.compile(rb"[<&]")
_LONG_TAG = re.compile(rb"<[^<>]{65536,}>?")
_LONG_WORD = re.compile(rb"(?<![\w.+-])([\w.+-]{256})[\w.+-]+")
# A base that is neither absolute nor short: relative ones add up, and each link is written out with them.
_BASE = re.compile(
    rb"""(?<![\w.-])base(?=\s*=)(?!\s*=\s*(?:"https?://[^"'<>\s]{1,1000}"|'https?://[^"'<>\s]{1,1000}'))""",
    re.IGNORECASE,
)
_NUMBER = re.compile(rb"&#([xX]?)([0-9a-fA-F]+);")


def bound(document: bytes, limits: Limits) -> tuple[bytes, tuple[Reason, ...]]:
    """Cut `document` where it has more tags, entries or categories than `limits` let through."""
    document = _LONG_WORD.sub(
        rb"\1", _LONG_TAG.sub(b"", document)
    )  # e-mail addresses are sought in quadratic time
    document = _TAG_LIST.sub(
        rb"\1x", document
    )  # lists become thousands of values; an open svg, endless recursion
    document = _BASE.sub(b"no-base", document)
    document = _NUMBER.sub(lambda found: found[0] if _legal(found[1], found[2]) else b"", document)
    problems = []
    for pattern, most, breach in (
        (_ITEM, limits.entries, reasons.TOO_MANY_ENTRIES),
        (_CATEGORY, 2 * limits.entries, reasons.TOO_MANY_CATEGORIES),
        (_MARKUP, limits.elements, reasons.TOO_MANY_ELEMENTS),
    ):
        beyond = next(islice(pattern.finditer(document), most, None), None)
        if beyond:
            document = document[: beyond.start()]
            problems.append(Reason(breach, "the rest is cut"))
    return document, tuple(problems)
