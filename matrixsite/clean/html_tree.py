"""HTML to a tree by lxml, bounded by construction.

libxml2's own tree builder is no match for hostile input: beyond 256 levels it drops what follows without a
word, and 100,000 attributes on one tag take it 100 seconds (each is appended to a linked list). So its events
come to us first.
"""

from __future__ import annotations

import threading

from lxml import etree

from matrixsite.clean.text import without_unsafe

DEPTH_LIMIT = 200  # elements within each other
_ATTRIBUTES = 24  # on one element; of more, only those that cleaning reads are kept

READ_ATTRIBUTES = frozenset(
    (
        *(
            "href",
            "src",
            "srcset",
            "alt",
            "width",
            "height",
            "style",
            "class",
            "type",
            "data",
            "hidden",
            "start",
        ),
        *(
            "colspan",
            "rowspan",
            "data-src",
            "data-original",
            "data-lazy-src",
            "data-actualsrc",
            "data-original-src",
        ),
        *("data-lazyload", "data-echo", "data-srcset", "data-lazy-srcset", "data-w", "data-ratio"),
    )
)


class UnreadableMarkupError(Exception):
    """The markup makes no tree, or one deeper than a text can be."""


class _BoundedBuilder:
    """A parser target that builds the tree; comments and processing instructions don't reach it."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._tree = etree.TreeBuilder()
        self._depth = 0
        self.elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self.elements += 1
        if self._depth > DEPTH_LIMIT:
            raise UnreadableMarkupError
        if len(attributes) > _ATTRIBUTES:
            attributes = {name: value for name, value in attributes.items() if name in READ_ATTRIBUTES}
        self._tree.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._tree.end(tag)

    def data(self, text: str) -> None:
        self._tree.data(without_unsafe(text))  # references may stand for what no text can carry

    def close(self) -> etree._Element:
        root: etree._Element = self._tree.close()
        return root


class _Reader(threading.local):
    """A parser for each thread: making one costs more than parsing an excerpt with it."""

    def __init__(self) -> None:
        self.builder = _BoundedBuilder()
        self.parser = etree.HTMLParser(target=self.builder, encoding="utf-8", no_network=True)


_READER = _Reader()


def html_tree(markup: str) -> etree._Element | None:
    """The root of the tree; None where there is nothing in it. Raises `UnreadableMarkupError`."""
    builder = _READER.builder
    builder.reset()
    try:
        root: etree._Element | None = etree.fromstring(markup.encode("utf-8"), _READER.parser)
    except etree.XMLSyntaxError as error:  # lxml's word for what `start` raised, too
        if builder.elements:
            raise UnreadableMarkupError from error
        return None
    return root
