"""What elements ask of the walk, by their tag."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from matrixsite.clean.allow_list import BLOCKS, HEADINGS, INLINE
from matrixsite.clean.players import PLAYERS

_UNREAD = (
    *("script", "style", "template", "title", "noembed", "noframes", "textarea", "select", "datalist"),
    *("button", "input", "canvas", "map", "area", "math", "rt", "rp", "desc", "defs", "metadata"),
    *("symbol", "frame", "applet", "link", "meta", "base", "progress", "meter"),
)
_TRANSPARENT = (
    *("span", "font", "label", "ruby", "rb", "abbr", "bdi", "bdo", "big", "nobr", "time", "wbr", "acronym"),
    *("html", "body", "svg", "g", "picture", "noscript"),
)
SAME: Final = {"strike": "s", "tt": "code", "image": "img"}


class Act(Enum):
    """What is done where an element begins."""

    NOTHING = auto()
    BORDER = auto()  # a paragraph ends and another may begin
    BLOCK = auto()  # a heading, a container
    PHRASE = auto()
    LINK = auto()
    IMAGE = auto()
    BREAK = auto()
    RULE = auto()
    PLAYER = auto()
    UNREAD = auto()  # nothing inside it is read
    END = auto()  # no element begins here, one ends


ACTS: Final = {
    **dict.fromkeys(INLINE, Act.PHRASE),
    **dict.fromkeys(_TRANSPARENT, Act.NOTHING),
    "a": Act.LINK,
    "br": Act.BREAK,
    "img": Act.IMAGE,
    **dict.fromkeys(PLAYERS, Act.PLAYER),
    **dict.fromkeys(_UNREAD, Act.UNREAD),
    **dict.fromkeys((*BLOCKS, *HEADINGS, "h1", "xmp", "listing", "table", "source"), Act.BLOCK),
    "p": Act.BORDER,
    "hr": Act.RULE,
}


def act_of(tag: str) -> Act:
    """The act of a tag in lower case; what nobody knows is a border between paragraphs."""
    return ACTS.get(tag, Act.BORDER)
