"""A link checker over a built tree: every internal link must name a file that is there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from lxml import html


def broken_links(tree: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """(page, link) for each that leads nowhere. 404.html links from the root of its host."""
    return [
        (page, link)
        for page, content in tree.items()
        if page.endswith(".html")
        for link in internal_links(content)
        if _target(page, link) not in tree
    ]


def internal_links(page: bytes) -> Iterator[str]:
    for _, attribute, link, _ in html.fromstring(page).iterlinks():
        parts = urlsplit(link)
        if attribute in ("href", "src") and not parts.scheme and not parts.netloc and parts.path:
            yield link


def _target(page: str, link: str) -> str:
    path = unquote(urlsplit(link).path)
    if path.startswith("/"):
        return path[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
