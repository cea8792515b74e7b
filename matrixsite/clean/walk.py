"""The walk over a feed's markup: what stands in it, tag by tag or in a tree, written flat in its order."""

from __future__ import annotations

import re
from collections import deque
from typing import Any

from lxml import etree

from matrixsite.clean.acts import SAME, Act, act_of
from matrixsite.clean.allow_list import BLOCKS, HEADINGS, LINK_REL, MEDIA_LINK
from matrixsite.clean.body import Draft
from matrixsite.clean.flat_html import FlatWriter, Mark, leaf_within, quoted
from matrixsite.clean.html_tree import html_tree
from matrixsite.clean.images import Element, is_hidden, picture_of
from matrixsite.clean.media import Embeds, Image
from matrixsite.clean.players import LISTEN, WATCH, player_of
from matrixsite.clean.regular import SEEN, IrregularMarkupError, Tag, pieces_of, read_piece, text_of
from matrixsite.clean.structure import has_place, holds_facts, kept_attributes
from matrixsite.clean.urls import absolute

_MAILTO = re.compile(r"mailto:[^\s\x00-\x20<>\"']{3,254}", re.IGNORECASE)
_REGULAR_DEPTH = 100  # elements within each other
_SOURCES = 8  # before an image, in which its address is looked for
_End = tuple[str, str, Mark | None]  # act, leaf before, mark
_PARAGRAPH: _End = ("border", "p", None)  # the usual one
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
        # how each open element ends; None where nothing is to be done
        self._ends: list[_End | None] = []

    def of_regular(self, markup: str) -> Draft:
        """The body, of markup that takes no parser. Raises `IrregularMarkupError`: then this walk is void."""
        first, *pieces = pieces_of(markup)
        writer, ends = self._writer, self._ends
        outer, around = "", [""]  # the tag of the innermost element, and those around it
        unread = 0  # how many are open where nothing is read
        if first:
            writer.words(text_of(first))
        for piece in pieces:
            tag = SEEN.get(piece)
            if tag is None:
                tag, text = read_piece(piece)
            else:
                text = ""
            act = tag.act
            if act is Act.END:
                if tag.tag != outer:
                    raise IrregularMarkupError
                outer = around.pop()
                if unread > len(around):
                    unread = 0
                if unread:
                    pass
                elif (end := ends.pop()) is _PARAGRAPH:
                    writer.boundary()
                    writer.leaf = "p"
                elif end is not None:
                    self._end(end)
            elif outer not in tag.rooms:
                raise IrregularMarkupError
            elif tag.void:
                if not unread:
                    self._start(tag, tag.tag, act)
                    ends.pop()
            else:
                around.append(outer)
                outer = tag.tag
                if unread:
                    pass
                elif act is Act.NOTHING:
                    ends.append(None)
                elif act is Act.BORDER and writer.leaf == "p":
                    ends.append(_PARAGRAPH)
                    writer.boundary()
                elif not self._start(tag, outer, act):
                    unread = len(around)
                if len(around) > _REGULAR_DEPTH:
                    raise IrregularMarkupError
            if text and not unread:
                writer.words(text)
        if outer:
            raise IrregularMarkupError
        return self._draft()

    def of_tree(self, markup: str) -> Draft:
        """The body, of any markup. Raises `UnreadableMarkupError`."""
        root = html_tree(markup)
        if root is None:
            return Draft()
        self._shift = 1 if root.find(".//h1") is not None else 0
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                tag = element.tag.lower() if isinstance(element.tag, str) else "script"
                tag = SAME.get(tag, tag)
                if self._start(element, tag, Act.UNREAD if is_hidden(element) else act_of(tag)):
                    if element.text:
                        self._writer.words(element.text)
                else:
                    walker.skip_subtree()
            else:
                if (end := self._ends.pop()) is not None:
                    self._end(end)
                if element.tail:
                    self._writer.words(element.tail)
        return self._draft()

    def _draft(self) -> Draft:
        html = self._writer.html()
        text = "\n".join(self._writer.lines())
        return Draft((html,), text, Embeds(tuple(self._images), self._video, self._audio))

    def _start(self, element: etree._Element | Tag, tag: str, act: Act) -> bool:
        """Begins an element; False where nothing inside it is to be read."""
        writer = self._writer
        end: _End | None = None
        read = act is not Act.UNREAD
        if act is Act.BORDER:
            end = "border", writer.leaf, None
            writer.boundary()
            if writer.leaf == "":
                writer.leaf = "p"
        elif act is Act.PHRASE:
            if writer.open_inline(tag):
                end = "inline", "", None
        elif act is Act.IMAGE:
            self._picture(element)
        elif act is Act.BREAK:
            writer.line_break()
        elif act is Act.LINK:
            read, end = self._link(element)
        elif act is Act.RULE:
            writer.rule()
        elif act is Act.BLOCK:
            if tag == "source":  # libxml2 knows no void one: what follows it stands inside it
                self._sources.appendleft(element)
            leaf = writer.leaf
            kind, mark = self._block(element, tag)
            end = kind, leaf, mark
        elif act is Act.PLAYER:
            self._player(element, tag)
            read = False
        elif tag == "svg":
            self._picture(element)
        elif tag == "picture":
            self._sources.clear()
        self._ends.append(end)
        return read

    def _end(self, end: _End) -> None:
        act, leaf, mark = end
        writer = self._writer
        if act == "inline":
            writer.close_inline()
            return
        if act != "border":
            for _ in range(_LEAVES[act]):
                writer.leave()
        writer.boundary()
        if mark is not None:
            writer.take_back(mark)
        writer.leaf = leaf

    def _link(self, element: Any) -> tuple[bool, _End | None]:
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
