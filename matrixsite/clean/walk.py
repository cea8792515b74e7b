"""The walk over a feed's markup: what stands in the tree, written flat in its order."""

from __future__ import annotations

import re
from collections import deque

from lxml import etree

from matrixsite.clean.allow_list import BLOCKS, HEADINGS, INLINE, LINK_REL, MEDIA_LINK, sanitised
from matrixsite.clean.body import Body
from matrixsite.clean.flat_html import FlatWriter, Mark, leaf_within, quoted
from matrixsite.clean.html_tree import html_tree
from matrixsite.clean.images import is_hidden, picture_of
from matrixsite.clean.media import Embeds, Image
from matrixsite.clean.players import LISTEN, PLAYERS, WATCH, player_of
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


class Walk:
    """One pass over a tree, in document order and without recursion."""

    def __init__(self, base: str, page: str, *, room: int) -> None:
        self._base, self._page = base, page
        self._writer = FlatWriter(room)
        self._images: list[Image] = []
        self._sources: deque[etree._Element] = deque(maxlen=_SOURCES)  # since the last image
        self._video = self._audio = False
        self._shift = 0
        # how each open element ends: (act, leaf before, mark)
        self._ends: list[tuple[str, str, Mark | None]] = []

    def body(self, markup: str) -> Body:
        root = html_tree(markup)
        if root is None:
            return Body()
        self._shift = 1 if root.find(".//h1") is not None else 0
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                if self._start(element):
                    if element.text:
                        self._writer.words(element.text)
                else:
                    walker.skip_subtree()
            else:
                self._end()
                if element.tail:
                    self._writer.words(element.tail)
        html = sanitised(self._writer.html())
        text = "\n".join(self._writer.lines())
        return Body(html, text, Embeds(tuple(self._images), self._video, self._audio))

    def _start(self, element: etree._Element) -> bool:
        """Begins an element; False where nothing inside it is to be read."""
        tag = element.tag.lower() if isinstance(element.tag, str) else "script"
        tag = _SAME.get(tag, tag)
        act, mark, read = "", None, True
        leaf = self._writer.leaf
        if tag in _UNREAD or is_hidden(element):
            read = False
        elif tag in PLAYERS:
            self._player(element, tag)
            read = False
        elif tag == "img":
            self._picture(element)
        elif tag == "br":
            self._writer.line_break()
        elif tag == "a" and element.get("class") == MEDIA_LINK and element.text in (WATCH, LISTEN):
            self._media_link(element.text, self._target(element.get("href") or ""))
            read = False
        elif tag in _PHRASES:
            act = self._phrase(element, tag)
        elif tag == "hr":
            self._writer.rule()
        elif tag in ("html", "body", "svg", "g", "picture", "noscript"):
            if tag == "svg":
                self._picture(element)
            elif tag == "picture":
                self._sources.clear()
        else:
            if tag == "source":  # libxml2 knows no void one: what follows it stands inside it
                self._sources.appendleft(element)
            act, mark = self._block(element, tag)
        self._ends.append((act, leaf, mark))
        return read

    def _end(self) -> None:
        act, leaf, mark = self._ends.pop()
        if act == "inline":
            self._writer.close_inline()
        elif act:
            for _ in range({"border": 0, "container": 1, "table": 2}[act]):
                self._writer.leave()
            self._writer.boundary()
            if mark is not None:
                self._writer.take_back(mark)
            self._writer.leaf = leaf

    def _phrase(self, element: etree._Element, tag: str) -> str:
        if tag not in INLINE:
            return ""
        attributes = ""
        if tag == "a":
            href = self._target(element.get("href") or "")
            if not href:
                return ""
            attributes = f' href="{quoted(href)}" rel="{LINK_REL}"'
        return "inline" if self._writer.open_inline(tag, attributes) else ""

    def _target(self, href: str) -> str:
        if href.lstrip().startswith("#"):
            return ""  # our pages don't carry the feed's ids
        return absolute(href, self._base) or (href.strip() if _MAILTO.fullmatch(href.strip()) else "")

    def _block(self, element: etree._Element, tag: str) -> tuple[str, Mark | None]:
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

    def _picture(self, element: etree._Element) -> None:
        picture = picture_of(element, self._sources, self._base)
        self._sources.clear()  # each is looked at once, however many images follow
        if picture is None:
            return
        if picture.word:
            self._writer.words(picture.word)
            return
        self._images.append(Image(picture.url, picture.small))
        self._writer.picture(picture.url, picture.markup)

    def _player(self, element: etree._Element, tag: str) -> None:
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
