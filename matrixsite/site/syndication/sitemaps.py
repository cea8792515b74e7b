"""Sitemaps in XML (sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def urlset(addresses: Iterable[tuple[str, str]]) -> bytes:
    """Pages: each with its address, and when it last changed where that is known."""
    return _document("urlset", "url", addresses)


def sitemapindex(addresses: Iterable[str]) -> bytes:
    """Sitemaps."""
    return _document("sitemapindex", "sitemap", ((address, "") for address in addresses))


def _document(root: str, item: str, addresses: Iterable[tuple[str, str]]) -> bytes:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_NAMESPACE}">']
    for address, changed in addresses:
        when = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines.append(f"<{item}><loc>{escape(address)}</loc>{when}</{item}>")
    return "\n".join([*lines, f"</{root}>", ""]).encode()
