"""From what feedparser finds in a document, or a quick pass in its stead, to `RawEntry`.

What feedparser gets wrong is put right here:

- it makes links of permalink guids that are none ("12345" becomes an address beside the feed);
- it resolves Atom ids, so that an entry's identity would depend on where its feed was fetched;
- it copies content to the summary, and calls dc:date an update.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from matrixsite.model import Enclosure, ParsedFeed, RawEntry

Node = dict[str, Any]

_HTML_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})
_KINDS: Final = dict.fromkeys(_HTML_TYPES, "html") | dict.fromkeys(("text/plain", "text/markdown"), "plain")
_ABSOLUTE = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_TITLE_MARKUP = re.compile(r"</?(?:a|b|br|em|font|i|img|p|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE)
_ALTERNATE = frozenset({"alternate", "http://www.iana.org/assignments/relation/alternate"})
MOST_VALUES: Final = 64  # authors, categories or enclosures of one entry
_STANDS_IN = ("canonical", "via", "related")  # relations that name a page where no alternate does

_NOTHING: Final[Node] = {}
_get = dict.get  # feedparser's own `get` looks for other keys too, and warns of it


def adapt(found: Node, url: str, ids: frozenset[str] = frozenset()) -> ParsedFeed:
    """Title, link and entries of what was found.

    `url` is where the document came from, `ids` the ids as written where some may have been resolved.
    """
    atom = found["version"].startswith("atom")
    return ParsedFeed(
        title=_get(found["feed"], "title") or "",
        link=_get(found["feed"], "link") or "",
        entries=tuple([_entry(node, atom, url, ids) for node in found["entries"]]),
    )


def _entry(node: Node, atom: bool, url: str, ids: frozenset[str]) -> RawEntry:
    title = _get(node, "title") or ""
    title_detail = _get(node, "title_detail") or _NOTHING
    summary, content, base = _bodies(node, _get(title_detail, "base") or "")
    guid = _get(node, "id") or ""
    if ids:
        guid = _as_written(guid, ids)
    permalink = guid if atom or _get(node, "guidislink") else ""
    links = _get(node, "links") or ()
    media = _get(node, "media_content") or ()
    authors, tags = _get(node, "authors"), _get(node, "tags")
    published, updated = _dates(node, atom)
    source = _get(node, "source") or _NOTHING
    return RawEntry(
        guid=guid,
        link=_link(links, permalink),
        title=title,
        title_is_html=_get(title_detail, "type") in _HTML_TYPES or (not atom and _has_markup(title)),
        summary=summary,
        content=content,
        base=base if base and base != url and _ABSOLUTE.match(base) else "",
        published=published,
        updated=updated,
        authors=_unique([_get(author, "name") for author in authors]) if authors else (),
        categories=_unique([_get(tag, "label") or _get(tag, "term") for tag in tags]) if tags else (),
        enclosures=_enclosures(links, media),
        image=_image(node),
        source_title=_get(source, "title") or "",
        source_url=str(_get(source, "link") or _get(source, "href") or ""),
        rights=_get(node, "rights") or "",
    )


def _as_written(resolved: str, ids: frozenset[str]) -> str:
    """An id as the source has it: feedparser resolves ids where an xml:base is in force."""
    if resolved in ids or len(resolved) > 4_096:
        return resolved
    tails = (resolved[at + skip :] for at, mark in enumerate(resolved) if mark == "/" for skip in (0, 1))
    return next((tail for tail in tails if tail in ids), resolved)


def _dates(node: Node, atom: bool) -> tuple[str, str]:
    """Published and updated as written. dc:date, an update to feedparser, is an RSS item's only date."""
    published = _get(node, "published") or _get(node, "created") or ""
    updated = _get(node, "updated") or ""
    return (published, updated) if published or atom else (updated, "")


def _has_markup(title: str) -> bool:
    return "<" in title and _TITLE_MARKUP.search(title) is not None


def _bodies(entry: Node, base: str) -> tuple[str, str, str]:
    """Summary and content as HTML, and the base in force for them."""
    best, kind = _NOTHING, ""
    for item in _get(entry, "content") or ():
        if not kind or kind == "plain":
            found = _kind(item) if _get(item, "value") else ""
            if found == "html" or (found and not kind):
                best, kind = item, found
    detail = _get(entry, "summary_detail")  # missing where the summary only copies the content
    if not detail:
        return "", _as_html(best), _get(best, "base") or base
    summary, content = _as_html(detail), _as_html(best)
    if kind == "plain" and _kind(detail) == "html" and len(summary) >= len(content):
        content = ""  # itunes:summary or media:description beside the real text
    if summary == content:
        summary = ""
    return summary, content, _get(best, "base") or _get(detail, "base") or base


def _kind(construct: Node) -> str:
    """What a text construct holds: html, plain, or nothing that can be shown (pictures, other XML)."""
    return _KINDS.get(_get(construct, "type") or "", "")


def _as_html(construct: Node) -> str:
    value: str = _get(construct, "value") or ""
    if value and _kind(construct) == "plain":
        return html.escape(value, quote=False).replace("\n", "<br>\n")
    return value


def _link(links: Sequence[Node], permalink: str) -> str:
    other = ""
    for link in links:
        href = _get(link, "href")
        if href and _get(link, "rel") in _ALTERNATE:
            if _get(link, "type") in _HTML_TYPES:
                return str(href)
            other = other or str(href)
    if other or _ABSOLUTE.match(permalink):
        return other or permalink
    named = [(_get(link, "rel"), _get(link, "href")) for link in links]
    return next((str(href) for wanted in _STANDS_IN for rel, href in named if href and rel == wanted), "")


def _enclosures(links: Sequence[Node], media: Sequence[Node]) -> tuple[Enclosure, ...]:
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
    return tuple(found.values())[:MOST_VALUES] if found else ()


def _octets(stated: str | None) -> int:
    return int(stated) if stated and stated.isascii() and stated.isdigit() and len(stated) < 16 else 0


def _image(entry: Node) -> str:
    for thumbnail in _get(entry, "media_thumbnail") or ():
        if url := _get(thumbnail, "url"):
            return str(url)
    return str(_get(_get(entry, "image") or {}, "href") or "")


def _unique(values: Iterable[str | None]) -> tuple[str, ...]:
    """In the order of the source, without blanks and repetitions."""
    found = [stripped for value in values if value and (stripped := value.strip())]
    return tuple(dict.fromkeys(found))[:MOST_VALUES] if len(found) > 1 else tuple(found)
