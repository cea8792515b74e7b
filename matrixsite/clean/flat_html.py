"""Writes bodies in one flat form: paragraphs, headings, lists, quotes, tables and pictures, no wrappers.

Elements open when something stands in them and close at the next block, so that empty ones never come to be
and the result reads the same to every HTML parser. Knows nothing of feeds or of trust: the allow-list has the
last word.
"""

from __future__ import annotations

from dataclasses import dataclass

from matrixsite.clean.text import BLANKS

_MAX_NESTING = 24  # lists in quotes in lists …; deeper ones are written flat
_BARE = frozenset({"li", "dt", "dd", "td", "th", "figcaption", "figure"})  # their text needs no paragraph

_ITEMS = {"ul": "li", "ol": "li", "dl": "dd"}


def escaped(text: str) -> str:
    """Text between tags."""
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def quoted(value: str) -> str:
    """An attribute's value, for double quotes."""
    return escaped(value).replace('"', "&quot;")


class OverlongMarkupError(Exception):
    """What is written outgrows its room: phrases or addresses are repeated without end."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a table began, to take it back should nothing come to stand in it."""

    written: int
    things: int
    opened: int


class FlatWriter:
    """Takes words, pictures and the borders of elements in document order; gives `html()` and `lines()`.

    Raises `OverlongMarkupError` beyond `room` characters: a phrase around a thousand paragraphs is written in each.
    """

    def __init__(self, room: int) -> None:
        self._room = room  # characters that may still be written
        self.things = 0  # words and pictures written so far
        self.leaf = "p"  # the element that words stand in here; "" for none of their own
        self._out: list[str] = []
        self._lines: list[str] = []
        self._line: list[str] = []
        self._containers: list[tuple[str, str]] = []  # (tag, opening tag)
        self._opened = 0  # how many of them are written
        self._inlines: list[tuple[str, str]] = []
        self._inlines_open = 0
        self._leaf_open = False
        self._open_leaf = ""
        self._space = False
        self._breaks = 0
        self._rule = False
        self._bare_before = False  # words without an element of their own stand right before
        self._last_image = ""

    def html(self) -> str:
        """What was written; no more may follow."""
        self.boundary()
        return "".join(self._out)

    def lines(self) -> list[str]:
        """The words without markup, one line a block."""
        return self._lines

    # --- borders ---

    @property
    def container(self) -> str:
        """The innermost container, '' at the top."""
        return self._containers[-1][0] if self._containers else ""

    def enter(self, tag: str, attributes: str = "") -> bool:
        """Begins a container; False where it is too deep to be one."""
        self.boundary()
        if len(self._containers) >= _MAX_NESTING:
            return False
        self._containers.append((tag, f"<{tag}{attributes}>"))
        return True

    def leave(self) -> None:
        """Ends the innermost container."""
        self.boundary()
        tag, _ = self._containers.pop()
        if self._opened > len(self._containers):
            self._out.append(f"</{tag}>")
            self._opened -= 1
            self._bare_before = False

    def mark(self) -> Mark:
        """The present place, for `take_back`."""
        return Mark(len(self._out), self.things, self._opened)

    def take_back(self, mark: Mark) -> bool:
        """Unwrites everything since `mark` if no words or pictures came; says whether it did."""
        if self.things != mark.things:
            return False
        del self._out[mark.written :]
        self._opened = mark.opened
        return True

    def force(self) -> None:
        """Opens the containers though nothing stands in them yet: an empty cell holds its place."""
        while self._opened < len(self._containers):
            self._out.append(self._containers[self._opened][1])
            self._opened += 1
            self._bare_before = False

    def boundary(self) -> None:
        """Ends the present paragraph, if one is open."""
        if self._leaf_open:
            if self._inlines_open:
                self._close_inlines(0)
            leaf = self._open_leaf
            if leaf:
                self._out.append(f"</{leaf}>")
            self._leaf_open, self._bare_before = False, not leaf
            self._end_line()
        self._space = False
        self._breaks = 0

    def open_inline(self, tag: str, attributes: str = "") -> bool:
        """Begins a phrase; False if one of the kind is open already (links don't nest, bold is bold)."""
        if any(tag == open_tag for open_tag, _ in self._inlines):
            return False
        self._inlines.append((tag, f"<{tag}{attributes}>"))
        return True

    def close_inline(self) -> None:
        """Ends the innermost phrase."""
        self._close_inlines(len(self._inlines) - 1)
        self._inlines.pop()

    # --- what stands in them ---

    def words(self, text: str) -> None:
        """Adds text; blanks collapse as in HTML, and those at the ends of a paragraph go."""
        if self.leaf == "pre" and self._leaf_here() == "pre":
            self._preformatted(text)
            return
        if not text:
            return
        if not text.isprintable() or "  " in text:
            text = BLANKS.sub(" ", text)
        if not self._leaf_open or self._breaks > 0:
            text = text.lstrip()  # indents by U+3000 and no-break spaces too
        elif text[0] == " ":
            self._space, text = True, text[1:]
        if not text:
            return
        trailing = text[-1] == " "
        text = text[:-1] if trailing else text
        if text:
            self._begin()
            self._put(escaped(text))
            self._line.append(text)
            self._last_image = ""
            self.things += 1
        self._space = trailing

    def line_break(self) -> None:
        """One starts a new line; two or more, a new paragraph."""
        if self._leaf_here() == "pre":
            self._preformatted("\n")
        elif self._leaf_open:
            self._breaks += 1
            self._space = False

    def picture(self, url: str, markup: str) -> None:
        """Adds an image, unless the very same stands right before it (a lazy image and its fallback)."""
        if self._last_image != url:
            self._begin()
            self._write(markup, "")
            self._last_image = url

    def rule(self) -> None:
        """A dividing line: written once something follows it, and only between things."""
        self.boundary()
        self._rule = self.things > 0

    def paragraph(self, markup: str) -> None:
        """Adds a paragraph of its own that is no part of the text, unless the last one was the same."""
        self.boundary()
        inlines, self._inlines = self._inlines, []
        leaf, self.leaf = self.leaf, self.leaf and "p"
        if self._out[-2:-1] != [markup]:
            self._begin()
            self._write(markup, "")
            self.boundary()
        self._inlines, self.leaf = inlines, leaf

    # --- inside ---

    def _begin(self) -> None:
        """Opens all that has to be open before something is written."""
        if self._breaks:
            self._flush_breaks()
        if not self._leaf_open:
            if self._rule and not self._containers:
                self._out.append("<hr>")
            self._rule = False
            leaf = self.leaf
            if self._containers:
                self.force()
                leaf = self._leaf_here()
            self._open_leaf, self._leaf_open = leaf, True
            if leaf:
                self._out.append(f"<{leaf}>")
            elif self._bare_before:
                self._out.append("<br>")
        elif self._space:
            self._out.append(" ")
            self._line.append(" ")
        self._space = False
        if self._inlines_open < len(self._inlines):
            for _, markup in self._inlines[self._inlines_open :]:
                self._put(markup)
            self._inlines_open = len(self._inlines)

    def _leaf_here(self) -> str:
        """What stands directly in a list is an item of it; libxml2 ends lists before other blocks."""
        return _ITEMS.get(self._containers[-1][0], self.leaf) if self._containers else self.leaf

    def _flush_breaks(self) -> None:
        if self._breaks > 1 and self._open_leaf == "p":
            self.boundary()
        else:
            self._out.append("<br>")
            self._end_line()
        self._breaks, self._space = 0, False

    def _write(self, markup: str, text: str) -> None:
        self._put(markup)
        if text:
            self._line.append(text)
        self._last_image = ""
        self.things += 1

    def _put(self, markup: str) -> None:
        self._room -= len(markup)
        if self._room < 0:
            raise OverlongMarkupError
        self._out.append(markup)

    def _preformatted(self, text: str) -> None:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not self._leaf_open:
            text = text.lstrip("\n")  # HTML drops the first one
            if not text.strip():
                return
        if text:
            self._begin()
            self._write(escaped(text), text)

    def _close_inlines(self, down_to: int) -> None:
        while self._inlines_open > down_to:
            self._inlines_open -= 1
            self._out.append(f"</{self._inlines[self._inlines_open][0]}>")

    def _end_line(self) -> None:
        line = "".join(self._line)
        for part in line.split("\n") if "\n" in line else (line,):
            if stripped := part.strip():
                self._lines.append(stripped)
        self._line.clear()


def leaf_within(tag: str, outer: str) -> str:
    """The element that words stand in directly inside a container."""
    return "" if tag in _BARE else ("p" if outer != "pre" else outer)
