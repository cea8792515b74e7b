"""A store with as many entries as one likes, to measure the stage that finds stories: no feed is written or read.

The rows are such as `update` stores, but for what the stage doesn't look at (raw fields, the html of texts).
"""

from __future__ import annotations

import random
from collections import deque
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import accumulate, chain, islice
from typing import Any

from sqlalchemy import LargeBinary, String, insert

from matrixsite.config.settings import Account, Feed, Settings
from matrixsite.dedup.prints import title_key_of
from matrixsite.store.database import Database
from matrixsite.store.schema import entry

from . import changes
from .articles import LONGEST, SHORTEST, Article, Desk
from .grammar import Writer, load_grammar

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
PER_DAY = 10_000  # entries of a large matrix
ACCOUNTS = 2_000
REPOSTED = 0.35  # of all entries
WORDS = 30_000  # in the vocabulary of sentences that follow no template
TEMPLATED = 0.12  # of sentences: a million articles after a few hundred templates would all look alike
BATCH = 5_000
_CHANGES = (
    changes.verbatim,
    changes.verbatim,
    changes.decorated,
    changes.excerpt,
    changes.added,
    changes.dropped,
    changes.shortened,
)
Row = dict[str, Any]


def night_of(number: int) -> datetime:
    """When the run begins that first sees the entry of this number."""
    day = BEGIN + timedelta(days=number // PER_DAY + 1)
    return day.replace(hour=19)


def settings_of(settings: Settings) -> Settings:
    """With the accounts that the entries are of."""
    accounts = (
        Account(f"a{n:04}", f"账号{n:04}", f"m{n // 3:04}", feeds=(Feed(f"a{n:04}", "x.xml"),))
        for n in range(ACCOUNTS)
    )
    return replace(settings, accounts=tuple(accounts))


class Stock:
    """An endless supply of entries; what it gives follows from the seed and the number given so far."""

    def __init__(self, half: str, seed: int, *, title_only: bool = False) -> None:
        self.given = 0
        self._title_only = title_only
        self._rng = random.Random(seed)
        self._desk = Desk(load_grammar(half), self._rng)
        self._words, self._weights = _vocabulary(self._desk, self._rng)
        self._recent: deque[Article] = deque(maxlen=4_000)

    def fill(self, database: Database, count: int) -> None:
        """Put the next `count` entries in."""
        left = iter(range(count))
        while batch := [self._row() for _ in islice(left, BATCH)]:
            with database.write() as connection:
                connection.execute(insert(entry), batch)

    def _row(self) -> Row:
        number, self.given = self.given, self.given + 1
        published = BEGIN + timedelta(days=number / PER_DAY)
        article = self._article(published)
        text = "\n".join(article.paragraphs)
        name = f"{number:012d}"
        row: Row = {
            "id": name,
            "account": (account := f"a{self._rng.randrange(ACCOUNTS):04}"),
            "feed": account,
            "identity": blake2b(name.encode(), digest_size=16).digest(),
            "guid": f"https://{account}.example.org/{name}",
            "title": article.title,
            "title_key": title_key_of(article.title),
            "text": text,
            "excerpt": text[:160],
            "cover": article.pictures[0] if article.pictures else "",
            "published": int(published.timestamp()),
            "first_seen": int(night_of(number).timestamp()),
            "inferred": False,
            "backfill": False,
            "path": f"{published:%Y/%m}/{name}.html",
            "month": f"{published:%Y/%m}",
            "status": "shown",
        }
        return {**_REST, **row}

    def _article(self, at: datetime) -> Article:
        writer = Writer(self._desk.grammar, self._rng, at.date(), {"account": "账号", "title": ""})
        if len(self._recent) > 100 and self._rng.random() < REPOSTED:
            old = self._rng.choice(self._recent)
            return old if self._title_only else self._rng.choice(_CHANGES)(old, writer)
        made = self._titled(writer) if self._title_only else self._written(writer)
        self._recent.append(made)
        return made

    def _written(self, writer: Writer) -> Article:
        """An article of which most sentences occur nowhere else, as in real ones."""
        genre = self._rng.choice(self._desk.grammar.genres)
        length = min(LONGEST, max(SHORTEST, int(self._rng.lognormvariate(6.2, 0.75))))
        lines, size = [writer.say(f"{genre}.lead")], 0
        while size < length:
            if self._rng.random() < TEMPLATED:
                lines.append(writer.say(self._rng.choice(("general", f"{genre}.body"))))
            else:
                lines[-1] += self._sentence()
            size = sum(map(len, lines))
        title = f"{writer.say(f'{genre}.title')} {writer.new_name()}：{writer.say('headline')}"
        return Article(title, tuple("\n".join(lines).split("\n")), self._desk.pictures())

    def _sentence(self) -> str:
        words = self._rng.choices(self._words, cum_weights=self._weights, k=self._rng.randint(6, 24))
        for comma in range(5, len(words) - 2, 6):
            words[comma] += "，"
        return "".join(words) + "。"

    def _titled(self, writer: Writer) -> Article:
        """A title as distinctive as real ones are among a million; one of twenty is a generic one."""
        if self._rng.random() < 0.05:
            return Article(self._rng.choice(self._desk.grammar.texts["generic_title"]), ())
        genre = self._rng.choice(self._desk.grammar.genres)
        return Article(f"{writer.say(f'{genre}.title')} {writer.new_name()}：{writer.say('headline')}", ())


def _vocabulary(desk: Desk, rng: random.Random) -> tuple[list[str], list[float]]:
    """Words of two characters, as frequent as words are (Zipf), and their cumulative weights."""
    everything = "".join(chain.from_iterable(desk.grammar.texts.values()))
    characters = sorted({char for char in everything if "\u4e00" <= char <= "\u9fff"})
    words = sorted({"".join(rng.choices(characters, k=2)) for _ in range(WORDS)})
    rng.shuffle(words)
    return words, list(accumulate(1 / (rank + 50) for rank in range(len(words))))


_REST: Row = {  # columns that must hold something
    column.name: b"" if isinstance(column.type, LargeBinary) else "" if isinstance(column.type, String) else 0
    for column in entry.columns
    if not column.nullable and column.default is None
} | {"authors": "[]", "categories": "[]", "topics": "[]", "enclosures": "[]"}
