"""What reposting does to an article: every kind as a function from an article to the text another account has of it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from .articles import Article
from .corrections import marked
from .gold import MARKED
from .grammar import Writer
from .pollution import polluted, shifted, traditional

Change = Callable[[Article, Writer], Article]

_NUMBER = re.compile(r"\d+(?:,\d{3})*")
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_HALF = str.maketrans({"，": ",", "：": ":", "；": ";", "（": "(", "）": ")", "！": "!", "？": "?"})
_SYNONYMS = (
    ("举行", "举办"),
    ("开展", "组织开展"),
    ("进一步", "更好地"),
    ("介绍", "表示"),
    ("据", "根据"),
    ("目前", "现在"),
    ("的", ""),
    ("将", "会"),
    ("和", "以及"),
    ("为", "为了"),
    ("记者", "本报记者"),
    ("群众", "广大群众"),
    ("参加", "参与"),
    ("已经", "已"),
    ("，", "、"),
    ("了", ""),
    ("有关", "相关"),
    ("对", "针对"),
    ("近日", "日前"),
    ("市民", "居民"),
)


def verbatim(article: Article, _: Writer) -> Article:
    return article


def decorated(article: Article, writer: Writer) -> Article:
    """The title with a call before or behind it."""
    return replace(article, title=writer.say("decoration").replace("{}", article.title))


def retitled(article: Article, writer: Writer) -> Article:
    """A wholly new title."""
    return replace(article, title=writer.say("retitle"))


def shortened(article: Article, writer: Writer) -> Article:
    """A part of the title only."""
    parts = [part for part in re.split(r"[，！：:｜| ]", article.title) if len(part) >= 6]
    part = (
        writer.rng.choice(parts) if len(parts) > 1 else article.title[: max(6, len(article.title) * 2 // 3)]
    )
    return replace(article, title=part)


def excerpt(article: Article, writer: Writer) -> Article:
    """The first 20 to 60 %."""
    return _cut(article, 0.0, writer.rng.uniform(0.2, 0.6))


def middle(article: Article, writer: Writer) -> Article:
    """A stretch from within, 30 to 60 %."""
    share = writer.rng.uniform(0.3, 0.6)
    return _cut(article, writer.rng.uniform(0.1, 1 - share), share)


def _cut(article: Article, start: float, share: float) -> Article:
    """Whole sentences; never less than 60 characters."""
    text = "\n".join(article.paragraphs)
    begin = int(len(text) * start)
    if begin:
        begin = max((text.find(mark, begin) + 1 for mark in "。\n"), default=0)
    end = min(len(text), begin + max(60, int(len(text) * share)))
    found = text.find("。", end - 1)
    piece = text[begin : found + 1 if found >= 0 else len(text)]
    return replace(article, paragraphs=tuple(piece.strip().split("\n")))


def added(article: Article, writer: Writer) -> Article:
    """A local paragraph in front or at the end."""
    note = (writer.say("local_note"),)
    front = writer.rng.random() < 0.5
    return replace(article, paragraphs=note + article.paragraphs if front else article.paragraphs + note)


def dropped(article: Article, writer: Writer) -> Article:
    """A paragraph less."""
    lines = list(article.paragraphs)
    if len(lines) > 1:
        del lines[writer.rng.randrange(len(lines))]
    return replace(article, paragraphs=tuple(lines))


def punctuated(article: Article, writer: Writer) -> Article:
    """Other widths, blanks and breaks."""
    how = writer.rng.randrange(4)

    def line(text: str) -> str:
        if how == 0:
            return text.translate(_HALF)
        if how == 1:
            return "　　" + re.sub(r"(\d+)", r" \1 ", text)
        if how == 2:
            return text.replace("“", "「").replace("”", "」").replace("、", "，")
        return re.sub("([，。])", "\\1\u200b", text)

    lines = [line(text) for text in article.paragraphs]
    if writer.rng.random() < 0.3:
        lines = [part + "。" for text in lines for part in text.split("。") if part]
    return replace(article, paragraphs=tuple(lines), title=line(article.title).strip())


def renumbered(article: Article, writer: Writer) -> Article:
    """Numerals in another format: full width, or with and without thousands separators."""
    wide = writer.rng.random() < 0.5

    def number(match: re.Match[str]) -> str:
        if wide:
            return match[0].translate(_FULL)
        if "," in match[0]:
            return match[0].replace(",", "")
        return f"{int(match[0]):,}" if 2100 < int(match[0]) < 1_000_000 else match[0]

    return _each(article, lambda text: _NUMBER.sub(number, text))


def reworded(article: Article, writer: Writer) -> Article:
    """2 to 5 % of the characters changed; numbers and names stay."""
    budget = int(article.length * writer.rng.uniform(0.02, 0.05)) + 1
    lines = list(article.paragraphs)
    for _ in range(200):
        if budget <= 0:
            break
        old, new = writer.rng.choice(_SYNONYMS)
        at = writer.rng.randrange(len(lines))
        place = lines[at].find(old, writer.rng.randrange(len(lines[at]) + 1))
        if place >= 0:
            lines[at] = lines[at][:place] + new + lines[at][place + len(old) :]
            budget -= max(len(old), len(new))
    return replace(article, paragraphs=tuple(lines))


def in_traditional(article: Article, writer: Writer) -> Article:
    """In traditional script."""
    variant = writer.rng.choice(("s2t", "s2tw"))
    return _each(article, lambda text: traditional(text, variant))


def in_polluted(article: Article, writer: Writer) -> Article:
    """Traditional, with readings behind some of the characters, as scraped copies have it."""
    return _polluted(article, writer.rng, lost=0.0)


def in_broken(article: Article, writer: Writer) -> Article:
    """The same with bytes lost on the way."""
    return _polluted(article, writer.rng, lost=0.3)


def _polluted(article: Article, rng: random.Random, *, lost: float) -> Article:
    text = traditional("\n".join((article.title, *article.paragraphs)), "s2t")
    dirty = shifted(polluted(text, rng, keep_borders=not lost), rng, lost) if lost else polluted(text, rng)
    title, *lines = dirty.split("\n")
    return replace(article, title=title, paragraphs=tuple(lines))


def pictured(article: Article, _: Writer) -> Article:
    """The pictures only."""
    return replace(article, paragraphs=())


def title_only(article: Article, _: Writer) -> Article:
    return replace(article, paragraphs=(), pictures=())


def _each(article: Article, change: Callable[[str], str]) -> Article:
    return replace(
        article, title=change(article.title), paragraphs=tuple(change(line) for line in article.paragraphs)
    )


PLAIN: dict[str, Change] = {
    "verbatim": verbatim,
    "furniture": verbatim,  # what accounts put around it comes later
    "datelines": verbatim,
    "decorated title": decorated,
    "new title": retitled,
    "shortened title": shortened,
    "excerpt from the start": excerpt,
    "excerpt from within": middle,
    "traditional": in_traditional,
    "polluted": in_polluted,
    "polluted, bytes lost": in_broken,
    "paragraph added": added,
    "paragraph dropped": dropped,
    "punctuation": punctuated,
    "numerals": renumbered,
    "reworded": reworded,
    "picture only": pictured,
    "text in pictures": pictured,
    "title only": title_only,
}
COMBINABLE = (
    "decorated title",
    "shortened title",
    "excerpt from the start",
    "traditional",
    "paragraph added",
    "paragraph dropped",
    "punctuation",
    "numerals",
    "reworded",
)


def combined(article: Article, writer: Writer) -> Article:
    """Two or three changes at once."""
    for name in writer.rng.sample(COMBINABLE, writer.rng.choice((2, 2, 3))):
        article = PLAIN[name](article, writer)
    return article


CHANGES: dict[str, Change] = PLAIN | {"combined": combined, MARKED: marked}
