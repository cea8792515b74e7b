"""Digests: several stories told in their titles and first sentences."""

from __future__ import annotations

from collections.abc import Sequence

from .articles import Article
from .grammar import Writer


def digest_of(told: Sequence[Article], writer: Writer) -> Article:
    """One entry that tells of several articles."""
    index = writer.rng.randrange(len(writer.grammar.symbols["digest_item"]))
    lines = [writer.say("digest_lead")]
    for number, article in enumerate(told, 1):
        writer.facts |= {"n": str(number), "title": article.title, "text": _opening(article, writer)}
        lines += writer.say_nth("digest_item", index).split("\n")
    return Article(writer.say("digest_title"), tuple(lines))


def _opening(article: Article, writer: Writer) -> str:
    """The first sentences, 50 to 160 characters."""
    text, wanted = "".join(article.paragraphs), writer.rng.randint(50, 160)
    end = text.find("。", wanted)
    return text[: end + 1] if 0 <= end < 260 else text[:wanted] + "……"
