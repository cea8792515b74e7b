"""Hard negatives: entries that look like reposts of each other and are not. Every one is a story of its own.

Each function makes one set: articles, each with the days after the set's first at which it appears. A set is of one
account unless its articles come `apart`, each from another one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from .articles import Article, Desk
from .grammar import Writer

Dated = tuple[float, Article]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a set is made; `apart`: by different accounts."""

    make: Callable[[Desk, date], Iterator[Dated]]
    apart: bool = False


def _cards(card: str, days: float, least: int = 4, most: int = 9) -> Callable[[Desk, date], Iterator[Dated]]:
    """One template, filled anew each time, under one form of title."""

    def make(desk: Desk, start: date) -> Iterator[Dated]:
        rng, grammar = desk.rng, desk.grammar
        which = rng.randrange(len(grammar.symbols[f"card.{card}"]))
        titled = rng.randrange(len(grammar.symbols[f"card_title.{card}"]))
        for number in range(rng.randint(least, most)):
            day = start + timedelta(days=int(number * days))
            writer = Writer(grammar, rng, day)
            text = desk.unsaid(partial(writer.say_nth, f"card.{card}", which))
            title = writer.say_nth(f"card_title.{card}", titled)
            yield number * days, Article(title, tuple(text.split("\n")))

    return make


def _serial(desk: Desk, start: date) -> Iterator[Dated]:
    """Parts of one title: 上/下, ①②③, 第N期; text flows on, with the same preface."""
    writer = Writer(desk.grammar, desk.rng, start)
    whole = desk.article(start, desk.rng.choice(desk.grammar.genres))
    marks = desk.rng.choice([line.split("|") for line in desk.grammar.texts["serial"]])
    if len(marks) == 1:
        first = desk.rng.randint(3, 60)
        marks = [marks[0].replace("{3-60}", str(first + step)) for step in range(3)]
    preface = writer.say("general")
    for number, mark in enumerate(marks):
        part = desk.write(Writer(desk.grammar, desk.rng, start, {"t": writer.topic.name}), whole.genre, 400)
        before = desk.rng.random() < 0.3
        title = f"{mark}{whole.title}" if before else f"{whole.title}{mark}"
        yield (
            number + desk.rng.random() / 5,
            replace(part, title=title, paragraphs=(preface, *part.paragraphs)),
        )


def _series(desk: Desk, start: date) -> Iterator[Dated]:
    """The same title every day, another text."""
    title = desk.rng.choice(desk.grammar.texts["series_title"])
    for number in range(desk.rng.randint(4, 9)):
        writer = Writer(desk.grammar, desk.rng, start + timedelta(days=number))
        lines = tuple(writer.say("card.series") for _ in range(desk.rng.choice((1, 1, 2, 3))))
        yield number, Article(title, lines)


def _event(desk: Desk, start: date) -> Iterator[Dated]:
    """Independent reports of one event: the same facts and one remark, in other words."""
    genre = desk.rng.choice(desk.grammar.texts["reports"])
    first = Writer(desk.grammar, desk.rng, start)
    article = desk.write(first, genre, desk.rng.randint(200, 500))
    remark = first.say("general")
    for number in range(desk.rng.choice((2, 2, 3))):
        writer = Writer(
            desk.grammar, desk.rng, start, dict(first.facts) | {"t": first.topic.name}, first.used
        )
        report = desk.write(writer, genre, desk.rng.randint(200, 500)) if number else article
        yield number * desk.rng.random() / 2, replace(report, paragraphs=(*report.paragraphs, remark))


def _places(desk: Desk, start: date) -> Iterator[Dated]:
    """One notice by different districts: names of places and bodies are all that differs."""
    which = desk.rng.randrange(len(desk.grammar.symbols["card.place"]))
    titled = desk.rng.randrange(len(desk.grammar.symbols["card_title.place"]))
    seed, count = desk.rng.random(), desk.rng.randint(2, 5)
    districts = desk.rng.sample(desk.grammar.texts["district"], count)
    streets = desk.rng.sample(desk.grammar.texts["street"], count)
    for number, (district, street) in enumerate(zip(districts, streets, strict=True)):
        writer = Writer(desk.grammar, random.Random(seed), start, {"district": district, "street": street})
        text, title = writer.say_nth("card.place", which), writer.say_nth("card_title.place", titled)
        if desk.is_new(text):
            yield number * 0.3, Article(title, tuple(text.split("\n")))


def _years(desk: Desk, start: date) -> Iterator[Dated]:
    """The same text as in another year: years, dates and a few numbers differ."""
    article = desk.article(start, desk.rng.choice(desk.grammar.texts["terse"]))
    yield 0, article
    yield -365, _other_numbers(article, desk.rng)


def _other_numbers(article: Article, rng: random.Random) -> Article:
    def number(match: re.Match[str]) -> str:
        old = int(match[0])
        if 1990 < old < 2100:
            return str(old - 1)
        return str(old + rng.choice((-1, 1, 2))) if rng.random() < 0.4 and 1 < old < 100_000 else match[0]

    lines = tuple(re.sub(r"(?<![\d,])\d+(?![\d,])", number, line) for line in article.paragraphs)
    return replace(article, paragraphs=lines, pictures=())


def _greetings(desk: Desk, start: date) -> Iterator[Dated]:
    """Short greetings, made of a few wishes."""
    title = desk.rng.choice(desk.grammar.texts["greeting_title"])
    for number in range(desk.rng.randint(3, 7)):
        writer = Writer(desk.grammar, desk.rng, start + timedelta(days=number))
        text = desk.unsaid(partial(writer.say, "card.greeting"))
        yield number, Article(title, (text,), desk.pictures()[:1])


def _generic(desk: Desk, start: date) -> Iterator[Dated]:
    """A title that says nothing, without a text, from many accounts on many days."""
    title = desk.rng.choice(desk.grammar.texts["generic_title"])
    for _ in range(desk.rng.randint(6, 14)):
        yield desk.rng.random() * 6, Article(title, (), desk.pictures()[: desk.rng.choice((0, 0, 1))])


def _standing(desk: Desk, start: date) -> Iterator[Dated]:
    """Different pieces that share one long standing paragraph."""
    standing = Writer(desk.grammar, desk.rng, start).say("standing")
    for number in range(desk.rng.randint(3, 6)):
        genre = desk.rng.choice(desk.grammar.genres)
        piece = desk.article(start, genre, 150)
        yield number * 2.5, replace(piece, paragraphs=(*piece.paragraphs, standing))


def _quoting(desk: Desk, start: date) -> Iterator[Dated]:
    """A story, and another that quotes it at length with reporting of its own."""
    quoted = desk.article(start)
    yield 0, quoted
    writer = Writer(desk.grammar, desk.rng, start, {"title": quoted.title})
    title = writer.say("quote_title")
    quote = max(quoted.paragraphs, key=len)
    own = desk.write(writer, desk.rng.choice(desk.grammar.texts["reports"]), max(200, int(len(quote) * 1.3)))
    at = desk.rng.randint(1, len(own.paragraphs))
    lines = (*own.paragraphs[:at], writer.say("quote_frame"), quote, *own.paragraphs[at:])
    yield desk.rng.uniform(0.1, 3), replace(own, title=title, paragraphs=lines)


KINDS: dict[str, Kind] = {
    "daily weather": Kind(_cards("weather", 1)),
    "traffic notices": Kind(_cards("traffic", 1.7)),
    "statistics": Kind(_cards("statistics", 1)),
    "serials": Kind(_serial),
    "same title daily": Kind(_series),
    "one event, independent": Kind(_event, apart=True),
    "place variants": Kind(_places, apart=True),
    "another year": Kind(_years),
    "recruitment of units": Kind(_cards("recruit", 2.2)),
    "greetings": Kind(_greetings, apart=True),
    "generic titles": Kind(_generic, apart=True),
    "lists": Kind(_cards("list", 1)),
    "profiles": Kind(_cards("profile", 0.4)),
    "standing paragraph": Kind(_standing),
    "quoting": Kind(_quoting, apart=True),
}
