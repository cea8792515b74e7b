"""Articles as accounts first publish them: written from a grammar, or put together from recorded feeds."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from .grammar import Grammar, Writer

SHORTEST, LONGEST, TERSE = 80, 3000, 500  # characters of an article, of one of a terse genre


@dataclass(frozen=True, slots=True)
class Article:
    """A text without the account's own furniture. `names` are the people in it."""

    title: str
    paragraphs: tuple[str, ...]
    pictures: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    genre: str = ""

    @property
    def length(self) -> int:
        """In characters."""
        return sum(map(len, self.paragraphs))


class Desk:
    """Where articles come from. No two of one desk have the same title, unless they are asked to."""

    def __init__(
        self, grammar: Grammar, rng: random.Random, recorded: Iterator[Article] | None = None
    ) -> None:
        self.grammar, self.rng = grammar, rng
        self._titles: set[str] = set()
        self._said: set[str] = set()
        self._recorded = recorded

    def article(self, day: date, genre: str = "", length: int = 0) -> Article:
        """The next one; recorded ones first, while there are any and no genre is asked for."""
        found = next(self._recorded, None) if self._recorded and not genre else None
        if found:
            return found
        while True:
            writer = Writer(self.grammar, self.rng, day)
            made = self.write(writer, genre or self.rng.choice(self.grammar.genres), length)
            if made.title not in self._titles:
                self._titles.add(made.title)
                return made

    def write(self, writer: Writer, genre: str, length: int = 0) -> Article:
        """An article of that genre, of about `length` characters (default: as such articles are)."""
        title = writer.say(f"{genre}.title")
        if self.rng.random() < 0.6:  # most headlines have two parts
            title += self.rng.choice((" ", "，", "｜")) + writer.say("headline")
        longest = TERSE if genre in self.grammar.texts["terse"] else LONGEST
        length = min(longest, length or max(SHORTEST, int(self.rng.lognormvariate(6.2, 0.75))))
        paragraphs = writer.say(f"{genre}.lead").split("\n")
        size, sentences = sum(map(len, paragraphs)), 0
        while size < length:
            sentence = writer.say(self._sort(genre, sentences))
            if sentences and self.rng.random() < 0.4:
                paragraphs[-1] += sentence
            else:
                paragraphs.append(sentence)
            size, sentences = size + len(sentence), sentences + 1
        if self.rng.random() < 0.4:
            paragraphs.append(writer.say("close"))
        return Article(title, tuple(paragraphs), self.pictures(), tuple(writer.names), genre)

    def _sort(self, genre: str, sentences: int) -> str:
        """Which sort of sentence comes next; even in the shortest articles one is of no template's wording."""
        chance = self.rng.random() if sentences != 1 else 0.0
        return "loose" if chance < 0.5 else "general" if chance < 0.7 else f"{genre}.body"

    def unsaid(self, say: Callable[[], str]) -> str:
        """A short text that was not given out before: a second one would be no look-alike but the same."""
        while not self.is_new(text := say()):
            continue
        return text

    def is_new(self, text: str) -> bool:
        """Whether a short text was not given out before; from now on it was."""
        known = text in self._said
        self._said.add(text)
        return not known

    def pictures(self) -> tuple[str, ...]:
        """Addresses of an article's pictures, as WeChat has them."""
        return tuple(self.picture() for _ in range(self.rng.choice((0, 0, 1, 1, 2, 3, 4))))

    def picture(self) -> str:
        token = "".join(self.rng.choices("abcdefghijkmnpqrstuvwxyzABCDEFGH23456789", k=40))
        return f"https://mmbiz.qpic.cn/mmbiz_jpg/{token}/640?wx_fmt=jpeg"
