"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), and JSON as such."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from matrixsite.site.checking.dates import is_rfc_3339
from matrixsite.site.checking.elements import absolute_link, stated_link, unique
from matrixsite.site.checking.facts import Notes
from matrixsite.site.checking.findings import FEEDS

VERSION = "https://jsonfeed.org/version/1.1"


def check_json(content: bytes, notes: Notes) -> None:
    """Any JSON file; one that says it is a JSON Feed is held to its rules."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        notes.broken(FEEDS, f"it is no JSON: {error}")
        return
    if isinstance(document, dict) and "jsonfeed.org" in str(document.get("version", "")):
        _feed(document, notes)


def _feed(feed: dict[str, Any], notes: Notes) -> None:
    if feed["version"] != VERSION:
        notes.broken(FEEDS, f"its version is {feed['version']!r}, not {VERSION}")
    if not _is_text(feed.get("title")):
        notes.broken(FEEDS, "it has no title")
    _links(feed, ("home_page_url", "feed_url", "next_url", "icon", "favicon"), "the feed", notes)
    items = feed.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        notes.broken(FEEDS, "items is no list of objects")
        return
    for number, item in enumerate(items, 1):
        _item(item, f"item {number}", notes)
    unique((item["id"] for item in items if _is_text(item.get("id"))), notes)


def _item(item: dict[str, Any], where: str, notes: Notes) -> None:
    if not _is_text(item.get("id")):
        notes.broken(FEEDS, f"{where} has no id, or one that is no text")
    if not any(isinstance(item.get(name), str) for name in ("content_html", "content_text")):
        notes.broken(FEEDS, f"{where} has neither content_html nor content_text")
    _links(item, ("url", "external_url", "image", "banner_image"), where, notes, stated_link)
    for name in ("date_published", "date_modified"):
        if name in item and not is_rfc_3339(str(item[name])):
            notes.broken(FEEDS, f"{name} of {where} is {item[name]!r}, no date of RFC 3339")
    for attachment in item.get("attachments", ()):
        _links(attachment, ("url",), f"an attachment of {where}", notes, stated_link)
        if not (_is_text(attachment.get("url")) and _is_text(attachment.get("mime_type"))):
            notes.broken(FEEDS, f"an attachment of {where} lacks its url or mime_type")


def _links(
    part: dict[str, Any],
    names: tuple[str, ...],
    where: str,
    notes: Notes,
    check: Callable[[str, Notes, str], None] = absolute_link,
) -> None:
    for name in names:
        if name in part:
            check(str(part[name]), notes, f"{name} of {where}")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
