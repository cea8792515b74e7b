"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from matrixsite.site.syndication.items import Item, Syndicated


def json_feed(feed: Syndicated) -> bytes:
    """The feed as JSON Feed 1.1; `_matrix` names the account's feed and how many carry the story."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "language": feed.language,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        **({"hubs": [{"type": "WebSub", "url": feed.hub}]} if feed.hub else {}),
        "items": [_item(item) for item in feed.items],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _item(item: Item) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "external_url": item.original if item.original != item.url else "",
        "title": item.title,
        "content_html": item.html,
        "content_text": "" if item.html else item.excerpt or item.title or item.url,
        "summary": item.excerpt,
        "image": item.cover,
        "date_published": item.published.isoformat(timespec="seconds"),
        "date_modified": item.updated.isoformat(timespec="seconds"),
        "authors": [{"name": name} for name in item.authors],
        "tags": list(item.tags),
        "attachments": [{"url": file.url, "mime_type": file.type} for file in item.enclosures],
        "_matrix": {
            "account": item.source.title,
            "account_url": item.source.page,
            "source_url": item.source.feed,
            "rights": item.rights,
            "carriers": item.carriers,
        },
    }
    return {name: value for name, value in fields.items() if value != "" and value != []}
