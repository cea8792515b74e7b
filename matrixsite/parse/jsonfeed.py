"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), read leniently: one bad item harms only itself."""

from __future__ import annotations

import html
from collections.abc import Mapping
from math import isfinite
from typing import Any

from matrixsite.model import Enclosure, ParsedFeed, RawEntry, Reason
from matrixsite.parse.charset import carriable
from matrixsite.parse.limits import Limits
from matrixsite.parse.reasons import BAD_ITEMS, NOT_A_FEED, TOO_MANY_ENTRIES


def is_json_feed(document: object) -> bool:
    """True for an object that says so in `version`."""
    return isinstance(document, Mapping) and "jsonfeed.org/version/1" in text(document.get("version"))


def parse_json_feed(document: Mapping[str, Any], *, limits: Limits) -> ParsedFeed:
    """Adapt a decoded JSON Feed."""
    items = document.get("items")
    if not isinstance(items, list):
        return ParsedFeed(error=Reason(NOT_A_FEED, "no items"))
    entries = [_entry(item) for item in items[: limits.entries] if isinstance(item, Mapping)]
    problems = []
    if bad := min(len(items), limits.entries) - len(entries):
        problems.append(Reason(BAD_ITEMS, f"{bad} left out"))
    if len(items) > limits.entries:
        problems.append(Reason(TOO_MANY_ENTRIES, f"{len(items) - limits.entries} left out"))
    return ParsedFeed(
        format="json11" if text(document.get("version")).rstrip("/").endswith("1.1") else "json10",
        title=text(document.get("title")),
        link=text(document.get("home_page_url")),
        entries=tuple(entries),
        problems=tuple(problems),
    )


def text(value: object) -> str:
    """A JSON value as text: numbers too (ids often are), all else, NaN and infinities among it, is blank."""
    if isinstance(value, str):
        return carriable(value).strip()
    number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if number or (isinstance(value, float) and isfinite(value)) else ""


def texts(values: object) -> tuple[str, ...]:
    """The texts of a list, or of one value, without blanks and repetitions."""
    found = [text(value) for value in (values if isinstance(values, list) else [values])[:64]]
    return tuple(dict.fromkeys(value for value in found if value))


def plain_as_html(plain: str) -> str:
    """Plain text for a field that holds HTML."""
    return html.escape(plain, quote=False).replace("\n", "<br>\n")


def _entry(item: Mapping[str, Any]) -> RawEntry:
    markup, plain, summary = (text(item.get(name)) for name in ("content_html", "content_text", "summary"))
    return RawEntry(
        guid=text(item.get("id")),
        link=text(item.get("url")) or text(item.get("external_url")),
        title=text(item.get("title")),
        summary=plain_as_html(summary),
        content=markup or plain_as_html(plain),
        published=text(item.get("date_published")),
        updated=text(item.get("date_modified")),
        authors=_authors(item),
        categories=texts(item.get("tags") or []),
        enclosures=_attachments(item.get("attachments")),
        image=text(item.get("image")) or text(item.get("banner_image")),
    )


def _authors(item: Mapping[str, Any]) -> tuple[str, ...]:
    """`authors` of 1.1, or the single `author` of 1.0."""
    authors = item.get("authors") or [item.get("author")]
    listed = authors if isinstance(authors, list) else []
    return texts([author.get("name") for author in listed if isinstance(author, Mapping)])


def _attachments(attachments: object) -> tuple[Enclosure, ...]:
    found = (
        [item for item in attachments if isinstance(item, Mapping)] if isinstance(attachments, list) else []
    )
    return tuple(
        Enclosure(url, text(item.get("mime_type")), octets(item.get("size_in_bytes")))
        for item in found[:64]
        if (url := text(item.get("url")))
    )


def octets(value: object) -> int:
    """A size as stated, 0 where it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15 else 0
