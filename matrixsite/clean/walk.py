"""The walk over a feed's markup: what stands in the tree, written flat in its order."""

from __future__ import annotations

import re
from collections import deque
from enum import Enum, auto
from typing import Any

from lxml import etree

from matrixsite.clean.allow_list import BLOCKS, HEADINGS, INLINE, LINK_REL, MEDIA_LINK, sanitised
from matrixsite.clean.body import Body
from matrixsite.clean.flat_html import FlatWriter, Mark, leaf_within, quoted
from matrixsite.clean.html_tree import DEPTH_LIMIT, html_tree
from matrixsite.clean.images import Element, is_hidden, picture_of
from matrixsite.clean.media import Embeds, Image
from matrixsite.clean.players import LISTEN, PLAYERS, WATCH, player_of
from matrixsite.clean.regular import IrregularMarkupError, Tag, may_stand, tag_of, text_of, tokens
from matrixsite.clean.structure import has_place, holds_facts, kept_attributes
from matrixsite.clean.urls import absolute

_MAILTO = re.compile(r"mailto:[^\s\x00-\x20<>\"']{3,254}", re.IGNORECASE)
_UNREAD = frozenset(
    (
        *("script", "style", "template", "title", "noembed", "noframes", "textarea", "select", "datalist"),
        *("button", "input", "canvas", "map", "area", "math", "rt", "rp", "desc", "defs", "metadata"),
        *("symbol", "frame", "applet", "link", "meta", "base", "progress", "meter"),
    )
)
_SOURCES = 8  # before an image, in which its address is looked for
_SAME = {"strike": "s", "tt": "code", "image": "img"}
_PHRASES = INLINE | {
    *("span", "font", "label", "ruby", "rb", "abbr", "bdi", "bdo", "big", "nobr", "time", "wbr", "acronym")
}


class _Act(Enum):
    """What an element of some tag asks for."""

    UNREAD = auto()
    PLAYER = auto()
    IMAGE = auto()
    BREAK = auto()
    RULE = auto()
    LINK = auto()
    PHRASE = auto()
    NOTHING = auto()
    BORDER = auto()  # of paragraphs
    BLOCK = auto()


_ACTS = {
    **dict.fromkeys(("html", "body", "svg", "g", "picture", "noscript"), _Act.NOTHING),
    **dict.fromkeys(_PHRASES, _Act.NOTHING),
    **dict.fromkeys(INLINE, _Act.PHRASE),
    "a": _Act.LINK,
    "br": _Act.BREAK,
    "img": _Act.IMAGE,
    **dict.fromkeys(PLAYERS, _Act.PLAYER),
    **dict.fromkeys(_UNREAD, _Act.UNREAD),
    **dict.fromkeys((*BLOCKS, *HEADINGS, "h1", "pre", "xmp", "listing", "table", "source"), _Act.BLOCK),
    "p": _Act.BORDER,
    "hr": _Act.RULE,
}
_LEAVES = {"container": 1, "table": 2}  # containers that end with it


class Walk:
    """One pass over a body, in document order and without recursion."""

    def __init__(self, base: str, page: str, *, room: int) -> None:
        self._base, self._page = base, page
        self._writer = FlatWriter(room)
        self._images: list[Image] = []
        self._sources: deque[Element] = deque(maxlen=_SOURCES)  # since the last image
        self._video = self._audio = False
        self._shift = 0
        # how each open element ends: (act, leaf before, mark); None where nothing is to be done
        self._ends: list[tuple[str, str, Mark | None] | None] = []

    def of_regular(self, markup: str) -> Body:
        """The body, of markup that takes no parser. Raises `IrregularMarkupError`: then this walk is void."""
        found = tokens(markup)
        words, ends = self._writer.words, self._ends
        open_tags: list[Tag] = []
        unread = 0  # depth of the element that is not read
        if found[0]:
            words(text_of(found[0]))
        for token, text in zip(found[1::2], found[2::2], strict=True):
            if token[1] == "/":
                if not open_tags or open_tags[-1].end != token:
                    raise IrregularMarkupError
                open_tags.pop()
                if unread > len(open_tags):
                    unread = 0
                if not unread:
                    self._end()
            else:
                tag = tag_of(token)
                if len(open_tags) >= DEPTH_LIMIT or not may_stand(
                    tag.tag, open_tags[-1].tag if open_tags else ""
                ):
                    raise IrregularMarkupError
                if not tag.void:
                    open_tags.append(tag)
                if not unread:
                    act = _ACTS.get(tag.tag, _Act.BORDER)
                    if act is _Act.NOTHING and not tag.hidden:
                        ends.append(None)
                    elif not self._start(tag, tag.tag, act, hidden=tag.hidden) and not tag.void:
                        unread = len(open_tags)
                    if tag.void:
                        self._end()
            if text and not unread:
                words(text_of(text))
        if open_tags:
            raise IrregularMarkupError
        return self._body()

    def of_tree(self, markup: str) -> Body:
        """The body, of any markup. Raises `UnreadableMarkupError`."""
        root = html_tree(markup)
        if root is None:
            return Body()
        self._shift = 1 if root.find(".//h1") is not None else 0
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                tag = element.tag.lower() if isinstance(element.tag, str) else "script"
                tag = _SAME.get(tag, tag)
                if self._start(element, tag, _ACTS.get(tag, _Act.BORDER), hidden=is_hidden(element)):
                    if element.text:
                        self._writer.words(element.text)
                else:
                    walker.skip_subtree()
            else:
                self._end()
                if element.tail:
                    self._writer.words(element.tail)
        return self._body()

    def _body(self) -> Body:
        html = sanitised(self._writer.html())
        text = "\n".join(self._writer.lines())
        return Body(html, text, Embeds(tuple(self._images), self._video, self._audio))

    def _start(self, element: etree._Element | Tag, tag: str, act: _Act, *, hidden: bool) -> bool:
        """Begins an element; False where nothing inside it is to be read."""
        writer = self._writer
        end: tuple[str, str, Mark | None] | None = None
        read = not hidden and act is not _Act.UNREAD
        if not read:
            pass
        elif act is _Act.BORDER:
            end = "border", writer.leaf, None
            writer.boundary()
            if writer.leaf == "":
                writer.leaf = "p"
        elif act is _Act.PHRASE:
            if writer.open_inline(tag):
                end = "inline", "", None
        elif act is _Act.IMAGE:
            self._picture(element)
        elif act is _Act.BREAK:
            writer.line_break()
        elif act is _Act.LINK:
            read, end = self._link(element)
        elif act is _Act.RULE:
            writer.rule()
        elif act is _Act.BLOCK:
            if tag == "source":  # libxml2 knows no void one: what follows it stands inside it
                self._sources.appendleft(element)
            leaf = writer.leaf
            kind, mark = self._block(element, tag)
            end = kind, leaf, mark
        elif act is _Act.PLAYER:
            self._player(element, tag)
            read = False
        elif tag == "svg":
            self._picture(element)
        elif tag == "picture":
            self._sources.clear()
        self._ends.append(end)
        return read

    def _end(self) -> None:
        end = self._ends.pop()
        if end is None:
            return
        act, leaf, mark = end
        writer = self._writer
        if act == "inline":
            writer.close_inline()
            return
        for _ in range(_LEAVES.get(act, 0)):
            writer.leave()
        writer.boundary()
        if mark is not None:
            writer.take_back(mark)
        writer.leaf = leaf

    def _link(self, element: Any) -> tuple[bool, tuple[str, str, None] | None]:
        """A link, or our own words where a player was (these are no `Tag`: whether they are takes their text)."""
        if element.get("class") == MEDIA_LINK and element.text in (WATCH, LISTEN):
            self._media_link(element.text, self._target(element.get("href") or ""))
            return False, None
        href = self._target(element.get("href") or "")
        attributes = f' href="{quoted(href)}" rel="{LINK_REL}"'
        return True, ("inline", "", None) if href and self._writer.open_inline("a", attributes) else None

    def _target(self, href: str) -> str:
        if href.lstrip().startswith("#"):
            return ""  # our pages don't carry the feed's ids
        return absolute(href, self._base) or (href.strip() if _MAILTO.fullmatch(href.strip()) else "")

    def _block(self, element: Any, tag: str) -> tuple[str, Mark | None]:
        """Begins a block: a heading, a container that has its place here, or the border of a paragraph."""
        writer = self._writer
        writer.boundary()
        heading = tag == "h1" or tag in HEADINGS
        if heading or tag in ("pre", "xmp", "listing"):
            if writer.leaf in ("p", ""):
                writer.leaf = f"h{min(int(tag[1]) + self._shift, 6)}" if heading else "pre"
            return "border", None
        if tag == "table":
            return self._table(element)
        if tag in BLOCKS and tag != "p" and has_place(tag, writer.container):
            if writer.enter(tag, kept_attributes(element, tag)):
                if tag in ("td", "th"):
                    writer.force()
                writer.leaf = leaf_within(tag, writer.leaf)
                return "container", None
        elif writer.leaf == "":
            writer.leaf = "p"
        return "border", None

    def _table(self, table: etree._Element) -> tuple[str, Mark | None]:
        """A table of facts stays one; one that lays a page out, or is broken, is written as paragraphs."""
        caption = table.find("caption")
        if caption is not None:
            self._writer.words("".join(caption.itertext()))
            self._writer.boundary()
            tail = caption.tail
            table.remove(caption)
            if tail and tail.strip():
                table.text = (table.text or "") + tail
        if not holds_facts(table):
            return "border", None
        mark = self._writer.mark()
        if not self._writer.enter("table"):
            return "border", None
        if not self._writer.enter("tbody"):
            self._writer.leave()
            return "border", None
        self._writer.leaf = "p"
        return "table", mark

    def _picture(self, element: Element) -> None:
        picture = picture_of(element, self._sources, self._base)
        self._sources.clear()  # each is looked at once, however many images follow
        if picture is None:
            return
        if picture.word:
            self._writer.words(picture.word)
            return
        self._images.append(Image(picture.url, picture.small))
        self._writer.picture(picture.url, picture.markup)

    def _player(self, element: Any, tag: str) -> None:
        player = player_of(element, tag, self._base)
        if player is not None:
            self._audio |= player.audio
            self._video |= player.video
            self._media_link(player.words, self._page or player.address)

    def _media_link(self, words: str, target: str) -> None:
        """Our own words, which are no part of the text."""
        if target:
            link = f'<a class="{MEDIA_LINK}" href="{quoted(target)}" rel="{LINK_REL}">{words}</a>'
            self._writer.paragraph(link)
