"""RSS and Atom: feedparser reads, this adapts what it found to `RawEntry`.

feedparser runs with its sanitiser and its resolver off (the sanitiser drops WeChat's pictures and leaves
scripts in SVG links), on bytes that are UTF-8 and within their limits. What it gets wrong is put right here:

- it makes links of permalink guids that are none ("12345" becomes an address beside the feed);
- it resolves Atom ids, so that an entry's identity would depend on where its feed was fetched;
- it copies content to the summary, and calls dc:date an update;
- it keeps elements that it doesn't know under their names, so that <authors> or <title_detail> would stand where it
  (and we) look for its own findings.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from matrixsite.model import Enclosure, ParsedFeed, RawEntry, Reason
from matrixsite.parse import reasons
from matrixsite.parse.limits import Limits
from matrixsite.parse.prolog import DECLARATION, FEED_ROOTS, Prolog, read_prolog
from matrixsite.parse.wellformed import form

Node = dict[str, Any]

_HTML_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})
_PLAIN_TYPES: Final = frozenset({"text/plain", "text/markdown"})
_BASE = re.compile(rb"\sbase\s*=|xml:base\s*=", re.IGNORECASE)
_ID = re.compile(rb"<(?:[\w.-]{1,64}:)?(?:guid|id)\b[^<>]*>([^<]{1,2000})<", re.IGNORECASE)
_RESERVED = re.compile(
    rb"<(/?)((?:[^\s<>/:]*:)?(?:authors|contributors|enclosures|links|[^\s<>/]*detail)(?=[\s/>]))",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_TITLE_MARKUP = re.compile(r"</?(?:a|b|br|em|font|i|img|p|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE)
_ALTERNATE = frozenset({"alternate", "http://www.iana.org/assignments/relation/alternate"})
_LONGEST_BASE: Final = 1_000  # characters
MOST_VALUES: Final = 64  # authors, categories or enclosures of one entry
_STANDS_IN = ("canonical", "via", "related")  # relations that name a page where no alternate does


def parse_xml(document: bytes, *, url: str, limits: Limits) -> ParsedFeed:
    """Read clean UTF-8 bytes. `url`, where they came from, resolves a relative xml:base and nothing else."""
    prolog = read_prolog(document)
    if prolog.html:
        return ParsedFeed(error=Reason(reasons.HTML_PAGE))
    if prolog.root not in FEED_ROOTS:
        return _not_a_feed(prolog.root)
    formed = form(DECLARATION + document[prolog.start :], limits)
    found = _feedparser(formed.document, url)
    if isinstance(found, Reason) and formed.sound:
        formed = replace(formed, document=formed.sound, truncated=True, problems=(*formed.problems, found))
        found = _feedparser(formed.document, url)
    if isinstance(found, Reason):
        return ParsedFeed(error=found, problems=formed.problems)
    if not found["version"] and not found["entries"]:
        return _not_a_feed(prolog.root)
    return replace(
        _Adapter(found, url, formed.document).feed(),
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


def _feedparser(document: bytes, url: str) -> Any:
    import feedparser

    document = _RESERVED.sub(rb"<\1no-\2", document)
    headers = {"content-type": "application/xml; charset=utf-8"}
    if _has_base(document) and len(url) <= _LONGEST_BASE:
        headers["content-location"] = url  # else nothing is resolved, and guids stay as they are
    try:
        return feedparser.parse(
            document, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # its loose parser raises what it likes on tag soup: that is the feed's fault
        return Reason(reasons.UNREADABLE, type(error).__name__)


def _get(node: Node, key: str, default: Any = None) -> Any:
    """feedparser's own `get` looks for other keys too, and warns of it."""
    return dict.get(node, key, default)


class _Adapter:
    """From feedparser's dictionaries to `RawEntry`, for one document."""

    def __init__(self, found: Node, url: str, document: bytes) -> None:
        self.found = found
        self.atom = found["version"].startswith("atom")
        self.url = url
        self.ids = frozenset(map(_as_text, _ID.findall(document))) if _has_base(document) else frozenset()

    def feed(self) -> ParsedFeed:
        return ParsedFeed(
            title=_get(self.found["feed"], "title") or "",
            link=_get(self.found["feed"], "link") or "",
            entries=tuple(map(self.entry, self.found["entries"])),
        )

    def entry(self, entry: Node) -> RawEntry:
        title = _get(entry, "title") or ""
        title_detail = _get(entry, "title_detail") or {}
        summary, content, base = _bodies(entry, _get(title_detail, "base") or "")
        guid = self.guid(_get(entry, "id") or "")
        permalink = guid if self.atom or _get(entry, "guidislink") else ""
        links = _get(entry, "links") or ()
        published, updated = self.dates(entry)
        return RawEntry(
            guid=guid,
            link=_link(links, permalink),
            title=title,
            title_is_html=_get(title_detail, "type") in _HTML_TYPES or (not self.atom and _has_markup(title)),
            summary=summary,
            content=content,
            base=base if base != self.url and _ABSOLUTE.match(base) else "",
            published=published,
            updated=updated,
            authors=_unique(_get(author, "name") for author in _get(entry, "authors") or ()),
            categories=_unique(_get(tag, "label") or _get(tag, "term") for tag in _get(entry, "tags") or ()),
            enclosures=_enclosures(links, _get(entry, "media_content") or ()),
            image=_image(entry),
            source_title=_get(_get(entry, "source") or {}, "title") or "",
            source_url=_source_url(_get(entry, "source") or {}),
            rights=_get(entry, "rights") or "",
        )

    def guid(self, resolved: str) -> str:
        """As the source has it: feedparser resolves ids where an xml:base is in force."""
        if not self.ids or resolved in self.ids or len(resolved) > 4_096:
            return resolved
        tails = (resolved[at + skip :] for at, mark in enumerate(resolved) if mark == "/" for skip in (0, 1))
        return next((tail for tail in tails if tail in self.ids), resolved)

    def dates(self, entry: Node) -> tuple[str, str]:
        """Published and updated as written. dc:date, an update to feedparser, is an RSS item's only date."""
        published = _get(entry, "published") or _get(entry, "created") or ""
        updated = _get(entry, "updated") or ""
        return (published, updated) if published or self.atom else (updated, "")


def _has_base(document: bytes) -> bool:
    return b"base" in document and _BASE.search(document) is not None


def _as_text(markup: bytes) -> str:
    return html.unescape(markup.decode("utf-8", "replace")).strip()


def _has_markup(title: str) -> bool:
    return "<" in title and _TITLE_MARKUP.search(title) is not None


def _bodies(entry: Node, base: str) -> tuple[str, str, str]:
    """Summary and content as HTML, and the base in force for them."""
    contents = [item for item in _get(entry, "content") or () if _get(item, "value") and _kind(item)]
    best = next((item for item in contents if _kind(item) == "html"), contents[0] if contents else {})
    detail = _get(entry, "summary_detail") or {}  # missing where the summary only copies the content
    summary, content = _as_html(detail), _as_html(best)
    if _kind(best) == "plain" and _kind(detail) == "html" and len(summary) >= len(content):
        content = ""  # itunes:summary or media:description beside the real text
    if summary == content:
        summary = ""
    return summary, content, _get(best, "base") or _get(detail, "base") or base


def _kind(construct: Node) -> str:
    """What a text construct holds: html, plain, or nothing that can be shown (pictures, other XML)."""
    media_type = _get(construct, "type") or ""
    return "html" if media_type in _HTML_TYPES else "plain" if media_type in _PLAIN_TYPES else ""


def _as_html(construct: Node) -> str:
    value: str = _get(construct, "value") or ""
    return html.escape(value, quote=False).replace("\n", "<br>\n") if _kind(construct) == "plain" else value


def _link(links: Iterable[Node], permalink: str) -> str:
    named = [
        (_get(link, "rel"), _get(link, "type"), _get(link, "href")) for link in links if _get(link, "href")
    ]
    alternates = [(media_type, href) for rel, media_type, href in named if rel in _ALTERNATE]
    pages = [href for media_type, href in alternates if media_type in _HTML_TYPES]
    if pages or alternates:
        return str(pages[0] if pages else alternates[0][1])
    if _ABSOLUTE.match(permalink):
        return permalink
    return next((str(href) for stand_in in _STANDS_IN for rel, _, href in named if rel == stand_in), "")


def _enclosures(links: Iterable[Node], media: Iterable[Node]) -> tuple[Enclosure, ...]:
    """Files of enclosures and media:content; where only a medium is stated, the type is `<medium>/*`."""
    found: dict[str, Enclosure] = {}
    for link in links:
        if _get(link, "rel") == "enclosure" and (url := _get(link, "href")):
            found.setdefault(url, Enclosure(url, _get(link, "type") or "", _octets(_get(link, "length"))))
    for item in media:
        if url := _get(item, "url"):
            medium = _get(item, "medium")
            media_type = _get(item, "type") or (f"{medium}/*" if medium else "")
            found.setdefault(url, Enclosure(url, media_type, _octets(_get(item, "filesize"))))
    return tuple(found.values())[:MOST_VALUES]


def _octets(stated: str | None) -> int:
    return int(stated) if stated and stated.isascii() and stated.isdigit() and len(stated) < 16 else 0


def _image(entry: Node) -> str:
    for thumbnail in _get(entry, "media_thumbnail") or ():
        if url := _get(thumbnail, "url"):
            return str(url)
    return str(_get(_get(entry, "image") or {}, "href") or "")


def _source_url(source: Node) -> str:
    return str(_get(source, "link") or _get(source, "href") or "")


def _unique(values: Iterable[str | None]) -> tuple[str, ...]:
    """In the order of the source, without blanks and repetitions."""
    return tuple(dict.fromkeys(value.strip() for value in values if value and value.strip()))[:MOST_VALUES]
