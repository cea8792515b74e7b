"""Phrase grammars: templates with slots, from which an article is written as its facts and a seed will have it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import yaml

PHRASES = Path(__file__).parent / "phrases"
HALVES = ("tune", "test")
WEEK = "一二三四五六日"
_SLOT = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"(\d+)-(\d+)")

Piece = str | tuple[str, str] | tuple[int, int]  # text, (how, symbol), (least, most)


@dataclass(frozen=True, slots=True)
class Topic:
    """What policy articles speak of, the things in it, and what is done about them."""

    name: str
    objects: tuple[str, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The phrases of one half, compiled: symbol → templates."""

    symbols: Mapping[str, tuple[tuple[Piece, ...], ...]]
    texts: Mapping[str, tuple[str, ...]]  # the same, as written
    topics: tuple[Topic, ...]

    @property
    def genres(self) -> tuple[str, ...]:
        """Kinds of article there are templates for."""
        return tuple(name.removesuffix(".body") for name in self.symbols if name.endswith(".body"))


def load_grammar(half: str) -> Grammar:
    """The phrases to tune on or to test on."""
    lists = {
        name: tuple(str(value).splitlines()) if name not in ("surname", "given") else tuple(value)
        for name, value in yaml.safe_load((PHRASES / f"{half}.yaml").read_text(encoding="utf-8")).items()
    }
    topics = tuple(
        Topic(name, tuple(objects.split("、")), tuple(measures.split("、")))
        for name, objects, measures in (line.split("|") for line in lists.pop("topic"))
    )
    symbols = {name: tuple(tuple(_pieces(line)) for line in lines) for name, lines in lists.items()}
    return Grammar(symbols, lists, topics)


def _pieces(template: str) -> Iterator[Piece]:
    for number, part in enumerate(_SLOT.split(template.replace("⏎", "\n"))):
        span = _RANGE.fullmatch(part) if number % 2 else None
        if number % 2 == 0 or part.isdecimal():
            if part:
                yield part
        elif span:
            yield int(span[1]), int(span[2])
        else:
            yield ("@" if part.startswith("@") else "", part.removeprefix("@"))


@dataclass(slots=True)
class Writer:
    """Writes one article: what `{@x}` drew first stays, and no template is used again while others are left.

    Two writers with the same `facts` tell of one event; with the same `used` they do it in other words.
    """

    grammar: Grammar
    rng: random.Random
    day: date
    facts: dict[str, str] = field(default_factory=dict)
    used: dict[str, set[int]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    topic: Topic = field(init=False)
    commas: bool = field(init=False)

    def __post_init__(self) -> None:
        named = next((topic for topic in self.grammar.topics if topic.name == self.facts.get("t")), None)
        self.topic = named or self.rng.choice(self.grammar.topics)
        self.commas = self.rng.random() < 0.3

    def say(self, symbol: str) -> str:
        """A text of this kind."""
        return self._fill(self.grammar.symbols[symbol][self._choose(symbol)])

    def say_nth(self, symbol: str, index: int) -> str:
        """A text after one certain template."""
        return self._fill(self.grammar.symbols[symbol][index])

    def date_text(self, days: int) -> str:
        """A day as prose has it, counted from the article's."""
        day = self.day + timedelta(days=days)
        return f"{day.month}月{day.day}日"

    def _choose(self, symbol: str) -> int:
        count = len(self.grammar.symbols[symbol])
        if count < 3:
            return int(self.rng.random() * count)
        used = self.used.setdefault(symbol, set())
        if len(used) >= count:
            used.clear()
        index = int(self.rng.random() * count)
        while index in used:
            index = (index + 1) % count
        used.add(index)
        return index

    def _fill(self, pieces: tuple[Piece, ...]) -> str:
        return "".join([piece if isinstance(piece, str) else self._draw(*piece) for piece in pieces])

    def _draw(self, how: str | int, symbol: str | int) -> str:
        if isinstance(how, int) or isinstance(symbol, int):
            return self._number(int(how), int(symbol))
        if how or symbol in GIVEN:
            if symbol not in self.facts:
                self.facts[symbol] = self._fresh(symbol)
            return self.facts[symbol]
        return self._fresh(symbol)

    def _fresh(self, symbol: str) -> str:
        made = _MAKERS.get(symbol)
        return made(self) if made else self.say(symbol)

    def _number(self, least: int, most: int) -> str:
        number = least + int(self.rng.random() * (most - least + 1))
        plain = not self.commas or not 2100 < number < 1_000_000
        return str(number) if plain else f"{number:,}"

    def new_name(self) -> str:
        symbols, rng = self.grammar.texts, self.rng
        given = "".join(rng.choices(symbols["given"], k=1 if rng.random() < 0.25 else 2))
        name = rng.choice(symbols["surname"]) + given
        self.names.append(name)
        return name


GIVEN = frozenset({"x", "account", "title", "text", "n", "stamp", "stamp0"})  # facts that the caller says
_MAKERS: Mapping[str, Callable[[Writer], str]] = {
    "t": lambda writer: writer.topic.name,
    "o": lambda writer: writer.rng.choice(writer.topic.objects),
    "m": lambda writer: writer.rng.choice(writer.topic.measures),
    "name": Writer.new_name,
    "day": lambda writer: writer.date_text(0),
    "later": lambda writer: writer.date_text(writer.rng.randint(2, 60)),
    "past": lambda writer: writer.date_text(-writer.rng.randint(1, 40)),
    "month": lambda writer: f"{writer.rng.randint(1, 12)}月",
    "week": lambda writer: f"星期{WEEK[writer.day.weekday()]}",
    "phone": lambda writer: str(writer.rng.randint(3000000, 8999999)),
    "issue": lambda writer: f"{writer.day.year}{writer.day.timetuple().tm_yday:03}",
}
