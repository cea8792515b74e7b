"""What an account puts around a text: its standing lines, whom it names as the source, credits, datelines."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime

from .grammar import Grammar, Writer
from .posts import Post

NAMED = 0.6  # of reposts name their source
_BARE = frozenset({"verbatim", "picture only", "text in pictures", "title only"})


class Dresser:
    """Dresses posts in their account's habits."""

    def __init__(self, grammar: Grammar, rng: random.Random) -> None:
        self._grammar, self._rng = grammar, rng

    def dress(self, post: Post, source: str, of: Post | None = None) -> None:
        """Set the lines before and after. `source` is whom the post would name, `of` what it reposts."""
        if not post.article.paragraphs or (of and post.kind in _BARE):
            return
        account = post.account
        facts = {"account": account.name, "title": post.article.title, "x": source}
        writer = Writer(self._grammar, self._rng, post.at.date(), facts)
        before, after = list(account.head), list(account.tail)
        if of and post.kind == "furniture":
            before.append(writer.say("head"))
            after[:0] = [writer.say("credit"), writer.say("tail")]
        elif self._rng.random() < 0.3:
            after.insert(0, writer.say("credit"))
        if post.kind == "datelines" and of:
            facts |= {"stamp": _stamp(post.at), "stamp0": _stamp(of.at)}
            before.append(writer.say("dateline"))
        elif source and self._rng.random() < (NAMED if of else 0.9):
            self._name(post, writer, before, after)
        post.before, post.after = tuple(before), tuple(after)

    def _name(self, post: Post, writer: Writer, before: list[str], after: list[str]) -> None:
        how = self._rng.random()
        if how < 0.15:
            first, *rest = post.article.paragraphs
            post.article = replace(post.article, paragraphs=(writer.say("source_inline") + first, *rest))
        elif how < 0.6:
            before.append(writer.say("source"))
        else:
            after.insert(0, writer.say("source"))


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
