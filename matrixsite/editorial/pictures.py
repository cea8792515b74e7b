"""The pictures in a sanitised body: where they lie, and the body without them or with copies in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

_IMAGE = re.compile(r'<img\b(?:[^>"]|"[^"]*")*>')  # as the sanitiser writes it: attributes in double quotes
_ADDRESS = re.compile(r'\ssrc="([^"]*)"')
_EXTENT = re.compile(r'\s(?:width|height)="[^"]*"')

Copy = tuple[str, int, int]  # address, width and height in pixels


def picture_addresses(html: str) -> Iterator[str]:
    """The addresses of its pictures, in order."""
    for tag in _IMAGE.findall(html):
        if found := _ADDRESS.search(tag):
            yield unescape(found[1])


def without_pictures(html: str) -> str:
    """The words alone."""
    return _IMAGE.sub("", html)


def with_copies(html: str, copy_of: Callable[[str], Copy | None]) -> str:
    """The body with the copies that `copy_of` gives for addresses of pictures, each with its size."""

    def replaced(match: re.Match[str]) -> str:
        tag = match[0]
        found = _ADDRESS.search(tag)
        copy = copy_of(unescape(found[1])) if found else None
        if found is None or copy is None:
            return tag
        address, width, height = copy
        placed = f' src="{escape(address)}" width="{width}" height="{height}"'
        return _EXTENT.sub("", tag[: found.start()]) + placed + _EXTENT.sub("", tag[found.end() :])

    return _IMAGE.sub(replaced, html)
