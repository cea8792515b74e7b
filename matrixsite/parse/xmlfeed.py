"""RSS and Atom by one of two roads: usual feeds in one quick pass (`onepass`), all others by feedparser.

feedparser runs with its sanitiser and its resolver off (the sanitiser drops WeChat's pictures and leaves
scripts in SVG links), on bytes that are UTF-8 and within their limits. It keeps elements that it doesn't know under
their names, so that <authors> or <title_detail> would stand where it (and `adapter`) look for its own findings: these
are renamed first.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any, Final

from matrixsite.model import ParsedFeed, Reason
from matrixsite.parse import reasons
from matrixsite.parse.adapter import adapt
from matrixsite.parse.limits import Limits
from matrixsite.parse.onepass import read
from matrixsite.parse.prolog import DECLARATION, FEED_ROOTS, Prolog, read_prolog
from matrixsite.parse.wellformed import Formed, form

_ID = re.compile(rb"<(?:[\w.-]{1,64}:)?(?:guid|id)\b[^<>]*>([^<]{1,2000})<", re.IGNORECASE)
_RESERVED = re.compile(
    rb"<(/?)((?:[^\s<>/:]*:)?(?:authors|contributors|enclosures|links|[^\s<>/]*detail)(?=[\s/>]))",
    re.IGNORECASE,
)
_LITERAL = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<\?.*?\?>", re.DOTALL)  # holds no elements
_LONGEST_BASE: Final = 1_000  # characters


def parse_usual(document: bytes, *, url: str, limits: Limits) -> ParsedFeed | None:
    """Read a usual feed in one pass; None for what takes more. The bytes need be neither clean nor UTF-8."""
    prolog = read_prolog(document)
    if prolog.html or prolog.root not in FEED_ROOTS:
        return None
    found = read(document[prolog.start :], limits)
    return replace(adapt(found, url), format=found["version"], problems=_of_prolog(prolog)) if found else None


def parse_xml(document: bytes, *, url: str, limits: Limits) -> ParsedFeed:
    """Read clean UTF-8 bytes. `url`, where they came from, resolves a relative xml:base and nothing else."""
    return parse_usual(document, url=url, limits=limits) or parse_with_care(document, url=url, limits=limits)


def parse_with_care(document: bytes, *, url: str, limits: Limits) -> ParsedFeed:
    """Read clean UTF-8 bytes, whatever they are, by feedparser."""
    prolog = read_prolog(document)
    if prolog.html:
        return ParsedFeed(error=Reason(reasons.HTML_PAGE))
    if prolog.root not in FEED_ROOTS:
        return _not_a_feed(prolog.root)
    formed = form(DECLARATION + document[prolog.start :], limits)
    found = _feedparser(formed, url)
    if isinstance(found, Reason) and formed.sound:
        formed = replace(formed, document=formed.sound, truncated=True, problems=(*formed.problems, found))
        found = _feedparser(formed, url)
    if isinstance(found, Reason):
        return ParsedFeed(error=found, problems=formed.problems)
    if not found["version"] and not found["entries"]:
        return _not_a_feed(prolog.root)
    ids = frozenset(map(_as_text, _ID.findall(formed.document))) if formed.based else frozenset()
    return replace(
        adapt(found, url, ids),
        format=found["version"] or prolog.root,
        deleted=tuple(ref for ref in dict.fromkeys(formed.deleted) if ref),
        truncated=formed.truncated,
        problems=_of_prolog(prolog) + formed.problems,
    )


def _not_a_feed(root: str) -> ParsedFeed:
    return ParsedFeed(error=Reason(reasons.NOT_A_FEED, f"root {root}" if root else ""))


def _of_prolog(prolog: Prolog) -> tuple[Reason, ...]:
    junk = (Reason(reasons.JUNK_BEFORE_PROLOG),) if prolog.junk else ()
    return (*junk, Reason(reasons.ENTITIES_REFUSED)) if prolog.entities else junk


def _feedparser(formed: Formed, url: str) -> Any:
    import feedparser

    document = _without_reserved(formed)
    headers = {"content-type": "application/xml; charset=utf-8"}
    if formed.based and len(url) <= _LONGEST_BASE:
        headers["content-location"] = url  # else nothing is resolved, and guids stay as they are
    try:
        return feedparser.parse(
            document, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # its loose parser raises what it likes on tag soup: that is the feed's fault
        return Reason(reasons.UNREADABLE, type(error).__name__)


def _without_reserved(formed: Formed) -> bytes:
    """With reserved names changed; in a document without a fault, texts stay as they are."""
    document = formed.document
    if formed.problems or formed.truncated:
        return _RESERVED.sub(rb"<\1no-\2", document)
    pieces: list[bytes] = []
    at = 0
    for literal in _LITERAL.finditer(document):
        pieces += _RESERVED.sub(rb"<\1no-\2", document[at : literal.start()]), literal[0]
        at = literal.end()
    return b"".join((*pieces, _RESERVED.sub(rb"<\1no-\2", document[at:])))


def _as_text(markup: bytes) -> str:
    return html.unescape(markup.decode("utf-8", "replace")).strip()
