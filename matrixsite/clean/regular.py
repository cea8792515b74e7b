"""Regular markup, read without a parser: what editors' and platforms' tools write.

Every `<` begins a tag and every `>` ends one, tags are lower case, attributes stand in double quotes, elements end in the
order in which they began, and none stands where HTML would move it. Such markup is the same tree to every parser, so
its tags may be read one by one; most of them come again and again and are taken apart once. All other markup is
`html_tree`'s.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from matrixsite.clean.allow_list import MEDIA_LINK
from matrixsite.clean.images import is_hidden

_REMEMBERED = 400  # characters of a tag that is worth remembering: not the address of a picture

_TAG = re.compile(r"(<[^<>]*>)")
_START = re.compile(r'<([a-z][a-z0-9]*(?:-[a-z0-9]+)*)((?:\s+[a-z][a-z0-9_-]*="[^"<>]*")*)\s*(/?)>')
_ATTRIBUTE = re.compile(r'([a-z][a-z0-9_-]*)="([^"]*)"')
_ODD_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp);)")  # what parsers may read differently
_ODD_BLANK = re.compile("[\r\f\0]")

_VOID = frozenset({"img", "br", "hr"})
_INLINE = frozenset(
    {"span", "strong", "em", "b", "i", "u", "s", "sub", "sup", "a", "font", "code", "small", "label"}
)
_SECTIONS = frozenset({"", "section", "div", "blockquote"})
_ROOMS = {  # where blocks may stand so that no parser ends what is open around them; a section may stand anywhere
    **dict.fromkeys(("p", "div", "blockquote", "hr", "ul", "ol"), _SECTIONS),
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), _SECTIONS),
    "li": frozenset({"ul", "ol"}),
}


class IrregularMarkupError(Exception):
    """The markup takes a parser."""


class Tag:
    """A start tag, in the terms of lxml's elements as far as cleaning asks for them."""

    __slots__ = ("end", "get", "hidden", "tag", "void")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.void = tag in _VOID
        self.end = f"</{tag}>"
        self.get = attributes.get
        self.hidden = is_hidden(self)


def tokens(markup: str) -> list[str]:
    """Text, tag, text, tag … text. Raises `IrregularMarkupError`."""
    found = _TAG.split(markup)
    tags = len(found) // 2
    odd = _ODD_BLANK.search(markup) or ("&" in markup and _ODD_REFERENCE.search(markup))
    if odd or markup.count("<") != tags or markup.count(">") != tags:
        raise IrregularMarkupError
    return found


def text_of(token: str) -> str:
    """A text with its references decoded."""
    return unescape(token) if "&" in token else token


def tag_of(token: str) -> Tag:
    """A start tag taken apart. Raises `IrregularMarkupError`."""
    return _remembered(token) if len(token) <= _REMEMBERED else _read(token)


def may_stand(tag: str, outer: str) -> bool:
    """Whether an element stays where it is written, right inside `outer` ('' at the top), whoever reads it."""
    rooms = _ROOMS.get(tag)
    if rooms is not None:
        return outer in rooms
    return outer not in ("ul", "ol") and not (tag == outer == "a")


def _read(token: str) -> Tag:
    match = _START.fullmatch(token)
    if match is None:
        raise IrregularMarkupError
    tag, written, closed = match.groups()
    known = tag in _INLINE or tag in _VOID or tag in _ROOMS or tag == "section"
    attributes = {name: text_of(value) for name, value in _ATTRIBUTE.findall(written)} if written else {}
    if not known or (closed and tag not in _VOID) or attributes.get("class") == MEDIA_LINK:
        raise IrregularMarkupError
    if written and len(attributes) != written.count('="'):
        raise IrregularMarkupError
    return Tag(tag, attributes)


_remembered = lru_cache(maxsize=4096)(_read)
