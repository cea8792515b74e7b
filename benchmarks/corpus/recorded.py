"""Articles of real accounts, from recorded feed documents; they stay where they are, nothing of them is kept here."""

from __future__ import annotations

import random
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import feedparser
import lxml.html

from .articles import Article

LEAST, MOST = 150, 900  # characters of an article put together from excerpts
WINDOW = 8  # characters
KNOWN = 0.2  # of a line's windows: with more of them seen before it is a repost or furniture itself


def recorded_articles(folder: Path, rng: random.Random) -> Iterator[Article]:
    """Articles from the feed documents in a folder, shuffled, no two of one title.

    An item with a full text is an article. Bridges that cut texts to an excerpt leave too little to cut again, so
    excerpts of one account are put together under the title of the first, each used once. Lines that real accounts
    repeat or carry from each other are left out, so that what is known of the corpus stays true.
    """
    found: dict[str, Article] = {}
    seen: set[str] = set()
    for file in sorted(folder.rglob("*.xml")):
        title, lines, wanted = "", list[str](), rng.randint(LEAST, MOST)
        for item in feedparser.parse(file.read_bytes(), sanitize_html=False).entries:
            body = item.content[0].value if "content" in item else item.get("summary", "")
            new = [line for line in _lines(body) if _is_new(line, seen)]
            if new:
                title, lines = title or " ".join(item.get("title", "").split()), lines + new
            if sum(map(len, lines)) >= wanted or sum(map(len, new)) >= 3 * LEAST:
                found.setdefault(title, Article(title, tuple(lines)))
                title, lines, wanted = "", [], rng.randint(LEAST, MOST)
    articles = [article for article in found.values() if article.title]
    rng.shuffle(articles)
    return iter(articles)


def _is_new(line: str, seen: set[str]) -> bool:
    """Whether a line says what none before it did; it is remembered either way."""
    windows = {line[at : at + WINDOW] for at in range(len(line) - WINDOW + 1)}
    known = len(windows & seen)
    seen |= windows
    return bool(windows) and known <= KNOWN * len(windows)


def _lines(markup: str) -> list[str]:
    if not markup.strip():
        return []
    tree = lxml.html.fromstring(f"<div>{markup}</div>")
    for block in tree.iter("p", "section", "br", "div", "li", "h1", "h2", "h3"):
        block.tail = "\n" + (block.tail or "")
    return [line.strip() for line in unescape(tree.text_content()).splitlines() if line.strip()]
