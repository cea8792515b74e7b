"""What a search should find: what a site's own interface for programs says, looked through letter for letter."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Text:
    """What is known of an entry."""

    story: str
    title: str
    excerpt: str

    def holds(self, word: str) -> bool:
        """Whether its title or its excerpt holds the word."""
        return word in self.title or word in self.excerpt


class Truth:
    """All entries of a site."""

    def __init__(self, site: Path) -> None:
        self.texts = [
            Text(one["story"], one["title"], one["excerpt"] if one["excerpt"] != one["title"] else "")
            for file in sorted(site.glob("api/v1/entries/*.json"))
            for one in json.loads(file.read_text("utf-8"))["entries"]
        ]

    def stories(self, word: str) -> set[str]:
        """Those that an entry of theirs makes found."""
        return {text.story for text in self.texts if text.holds(word)}

    def words(self, count: int, seed: int) -> Iterator[str]:
        """Words of two to eight characters, as many of each length, cut from the texts without regard to sense; every
        tenth has a character changed, so that it is rare or nowhere. `seed` decides which."""
        draw = random.Random(seed)
        texts = [part for text in self.texts for part in (text.title, text.excerpt) if len(part) >= 8]
        for number in range(count):
            text, length = draw.choice(texts), 2 + number % 7
            at = draw.randrange(len(text) - length + 1)
            word = text[at : at + length]
            if number % 10 == 9:
                word = word[:-1] + draw.choice(draw.choice(texts))
            if word == "".join(word.split()):
                yield word
