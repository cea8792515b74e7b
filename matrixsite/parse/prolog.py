"""Where the document's own element begins, and what it is: everything before it is dropped.

So no DTD, no entity definition and no encoding declaration reaches a parser: none can be expanded or fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

DECLARATION: Final = b'<?xml version="1.0" encoding="utf-8"?>\n'
_SURE_ROOTS: Final = frozenset({"rss", "rdf", "feed"})
FEED_ROOTS: Final = _SURE_ROOTS | {"channel"}

_NAME = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,64}:)?([A-Za-z_][\w.-]{0,64})")
_MARKUP = re.compile(rb"<(?:[A-Za-z_?]|!--|!DOCTYPE)", re.IGNORECASE)
_FEED = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,64}:)?(?:rss|rdf|feed)(?=[\s>])", re.IGNORECASE)
_DOCTYPE_TOKEN = re.compile(rb"""[\[\]>]|"[^"]*"|'[^']*'""")
_HTML = frozenset(
    {"html", "head", "body", "title", "meta", "script", "style", "link", "div", "p", "br", "b"}
) | {"center", "h1", "iframe", "pre", "table", "span"}


@dataclass(frozen=True, slots=True)
class Prolog:
    """`start` is the offset of the root element, -1 where there is none."""

    start: int = -1
    root: str = ""  # local name, lower case
    html: bool = False  # a web page, or a piece of one
    junk: bool = False  # text or foreign elements stood before the feed
    entities: bool = False  # the document defines entities of its own


def read_prolog(document: bytes) -> Prolog:
    """Find the root of a feed; a web page's warnings before it are skipped, a whole web page is not."""
    start, doctype = _first_element(document)
    root = _root(document, start)
    html = doctype.startswith("html") or root == "html"
    if root not in _SURE_ROOTS and not html and (found := _FEED.search(document)):
        start, root = found.start(), _root(document, found.start())
    head = document[: max(start, 0)]
    blank = head.lstrip()
    return Prolog(
        start=start,
        root=root,
        html=root not in FEED_ROOTS and (html or root in _HTML),
        junk=bool(blank) and not blank.startswith((b"<?xml", b"<!")),
        entities=b"<!ENTITY" in head,
    )


def _root(document: bytes, start: int) -> str:
    found = _NAME.match(document, start) if start >= 0 else None
    return found[1].decode("ascii", "replace").lower() if found else ""


def _first_element(document: bytes) -> tuple[int, str]:
    """Offset of the first start tag after declaration, comments and DOCTYPE, and the name in the DOCTYPE."""
    at, doctype = 0, ""
    while found := _MARKUP.search(document, at):
        at = found.start()
        if _NAME.match(document, at):
            return at, doctype
        if document[at : at + 9].upper() == b"<!DOCTYPE":
            doctype = document[at + 9 : at + 64].decode("ascii", "replace").strip().lower()
            at = _end_of_doctype(document, at + 9)
        else:
            at = document.find(b"?>" if found[0] == b"<?" else b"-->", at)
        if at < 0:
            break
    return -1, doctype


def _end_of_doctype(document: bytes, at: int) -> int:
    inside = False
    for token in _DOCTYPE_TOKEN.finditer(document, at):
        if token[0] == b"[":
            inside = True
        elif token[0] == b"]":
            inside = False
        elif token[0] == b">" and not inside:
            return token.end()
    return -1
