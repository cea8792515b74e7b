"""Regular markup, read without a parser: what editors' and platforms' tools write.

Every `<` begins a tag and every `>` ends one, tags are lower case, attributes stand in double quotes, elements end in
the order in which they began, and none stands where HTML would move it. Such markup is the same tree to every parser,
so its tags may be read one by one; most of them come again and again, and are taken apart once. All other markup is
`html_tree`'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Final

from matrixsite.clean.acts import Act, act_of
from matrixsite.clean.allow_list import MEDIA_LINK
from matrixsite.clean.images import is_hidden
from matrixsite.clean.text import without_unsafe

_REMEMBERED, _MOST_SEEN = 400, 4096  # characters of a tag that is remembered, and how many are

_START = re.compile(r'([a-z][a-z0-9]*)((?: +[a-z][a-z0-9_-]*="[^"<>]*")*) *(/?)')
_ATTRIBUTE = re.compile(r'([a-z][a-z0-9_-]*)="([^"]*)"')
_ODD_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp);)")  # what parsers may read differently

_VOID = frozenset({"img", "br", "hr"})
_INLINE = {"span", "strong", "em", "b", "i", "u", "s", "sub", "sup", "a", "font", "code", "small", "label"}
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_SECTIONS = frozenset({"", "section", "div", "blockquote"})
_ANYWHERE = _SECTIONS | _INLINE | _HEADINGS | {"p", "li"}
# Where elements may stand ('': at the top) so that no parser ends for them what is open, or moves them.
_ROOMS = {
    **dict.fromkeys((*_INLINE, "section", "img", "br"), _ANYWHERE),
    "a": _ANYWHERE - {"a"},
    **dict.fromkeys(("p", "div", "blockquote", "hr", "ul", "ol", *_HEADINGS), _SECTIONS),
    "li": frozenset({"ul", "ol"}),
}


class IrregularMarkupError(Exception):
    """The markup takes a parser."""


class Tag:
    """A tag, with lxml's names for what cleaning asks of its elements."""

    __slots__ = ("act", "get", "rooms", "tag", "void")

    def __init__(self, tag: str, attributes: dict[str, str], act: Act | None = None) -> None:
        self.tag: Final = tag
        self.get: Final[Callable[[str], str | None]] = attributes.get
        self.void = tag in _VOID
        self.rooms = _ROOMS[tag]
        self.act = act or (Act.UNREAD if is_hidden(self) else act_of(tag))


_ENDS = {f"/{tag}": Tag(tag, {}, Act.END) for tag in _ROOMS if tag not in _VOID}


SEEN: Final[dict[str, Tag]] = {}  # tags that were met before, by what stands after the `<`


def pieces_of(markup: str) -> list[str]:
    """What stands before the first `<`, then what comes after each. Raises `IrregularMarkupError`."""
    pieces = markup.split("<")
    odd = "\r" in markup or "\f" in markup or ("&" in markup and _ODD_REFERENCE.search(markup))
    if odd or markup.count(">") != len(pieces) - 1:
        raise IrregularMarkupError
    return pieces


def read_piece(piece: str) -> tuple[Tag, str]:
    """The tag that a piece begins with, and the text behind it. Raises `IrregularMarkupError`."""
    end = piece.find(">") + 1
    text = piece[end:]
    return _tag(piece[:end]), text_of(text) if text else ""


def text_of(written: str) -> str:
    """A text as it is read: references decoded, without characters that no text can carry."""
    if not written.isprintable():
        written = without_unsafe(written)
    return unescape(written) if "&" in written else written


def _tag(written: str) -> Tag:
    tag = SEEN.get(written)
    if tag is None:
        tag = _read(written[:-1])
        if len(written) <= _REMEMBERED:
            if len(SEEN) >= _MOST_SEEN:
                SEEN.clear()
            SEEN[written] = tag
    return tag


def _read(written: str) -> Tag:
    if end := _ENDS.get(written):
        return end
    match = _START.fullmatch(written)
    if match is None or not written.isprintable():
        raise IrregularMarkupError
    tag, given, closed = match.groups()
    attributes = {name: text_of(value) for name, value in _ATTRIBUTE.findall(given)} if given else {}
    strange = tag not in _ROOMS or (closed and tag not in _VOID)
    if strange or attributes.get("class") == MEDIA_LINK or len(attributes) != given.count('="'):
        raise IrregularMarkupError
    return Tag(tag, attributes)
