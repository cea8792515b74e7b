"""Files of the site for programs: values that know how to write themselves. Picklable, for any process."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import Any, Protocol

from matrixsite.site.syndication.items import Syndicated
from matrixsite.site.syndication.sitemaps import sitemapindex, urlset
from matrixsite.spreadsheet import csv_text


class Document(Protocol):
    """A file that needs no template."""

    def to_bytes(self) -> bytes:
        """Its content; the same for equal values."""


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed in one format: rss, atom or json."""

    format: str
    feed: Syndicated

    def to_bytes(self) -> bytes:
        from matrixsite.site.syndication.json_feed import json_feed  # feedgen is slow to import
        from matrixsite.site.syndication.xml_feeds import atom, rss

        return {"rss": rss, "atom": atom, "json": json_feed}[self.format](self.feed)


@dataclass(frozen=True, slots=True)
class SitemapDocument:
    """Addresses of pages, each with when it last changed (empty: not known)."""

    addresses: tuple[tuple[str, str], ...]

    def to_bytes(self) -> bytes:
        return urlset(self.addresses)


@dataclass(frozen=True, slots=True)
class SitemapIndexDocument:
    """Addresses of sitemaps."""

    addresses: tuple[str, ...]

    def to_bytes(self) -> bytes:
        return sitemapindex(self.addresses)


@dataclass(frozen=True, slots=True)
class TextDocument:
    """Plain text, XML that is ready, and the like."""

    text: str

    def to_bytes(self) -> bytes:
        return self.text.encode("utf-8", "xmlcharrefreplace")


@dataclass(frozen=True, slots=True)
class TableDocument:
    """Rows of cells, for spreadsheets."""

    rows: tuple[tuple[str, ...], ...]

    def to_bytes(self) -> bytes:
        return csv_text(self.rows).encode("utf-8", "xmlcharrefreplace")


@dataclass(frozen=True, slots=True)
class PackedDocument:
    """Bytes that our own scripts read: as zlib packs them (RFC 1950), which browsers undo by themselves."""

    content: bytes

    def to_bytes(self) -> bytes:
        return zlib.compress(self.content)


@dataclass(frozen=True, slots=True)
class FileDocument:
    """Bytes as they are."""

    content: bytes

    def to_bytes(self) -> bytes:
        return self.content


@dataclass(frozen=True, slots=True)
class JsonDocument:
    """A value of lists, mappings, texts and numbers."""

    content: Any

    def to_bytes(self) -> bytes:
        text = json.dumps(self.content, ensure_ascii=False, indent=1)
        return (text + "\n").encode("utf-8", "xmlcharrefreplace")
