"""What a search should find: what the site shows of each entry, looked through letter for letter."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matrixsite import Matrix
from matrixsite.editorial.rights import shown
from matrixsite.site.rows import title_of


@dataclass(frozen=True, slots=True)
class Text:
    """What is shown of an entry."""

    story: str
    title: str
    excerpt: str

    def holds(self, word: str) -> bool:
        """Whether its title or its excerpt holds the word."""
        return word in self.title or word in self.excerpt


class Truth:
    """All shown entries of a matrix."""

    def __init__(self, folder: Path) -> None:
        matrix = Matrix.load(folder / "feeds.yaml")
        accounts = {account.id: account for account in matrix.settings.accounts}
        self.texts: list[Text] = []
        for entry in matrix.entries(wide=False):
            part = shown(entry, accounts[entry.account])
            title = title_of(part)
            self.texts.append(Text(entry.story, title, part.excerpt if part.excerpt != title else ""))

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
