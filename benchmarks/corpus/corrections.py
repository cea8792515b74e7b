"""Corrected versions of an article: one fact is another, said aloud or not."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from .articles import Article
from .grammar import Writer


def marked(article: Article, writer: Writer) -> Article:
    """A correction that says so: one number is another."""
    fixed = one_fact_changed(article, writer.rng)
    title = writer.say("correction_title").replace("{}", article.title)
    lines = fixed.paragraphs
    if writer.rng.random() < 0.6:
        lines = (writer.say("correction_note"), *lines)
    return replace(fixed, title=title, paragraphs=lines)


def silent(article: Article, writer: Writer) -> Article:
    """A correction that does not."""
    return one_fact_changed(article, writer.rng)


def one_fact_changed(article: Article, rng: random.Random) -> Article:
    """Another number, date or name in one place of the text."""
    lines = list(article.paragraphs)
    spots = [(at, match.span()) for at, line in enumerate(lines) for match in re.finditer(r"\d+", line)]
    people = [name for name in article.names if any(name in line for line in lines)]
    if spots and (not people or rng.random() < 0.75):
        at, (begin, end) = rng.choice(spots)
        old = lines[at][begin:end]
        new = str(int(old) + rng.choice((1, 2, 3, 10)))
        lines[at] = lines[at][:begin] + new + lines[at][end:]
    elif people:
        name = rng.choice(people)
        lines = [line.replace(name, name[:-1] + ("军" if name[-1] != "军" else "君")) for line in lines]
    else:
        at = rng.randrange(len(lines))
        place = rng.randrange(max(1, len(lines[at]) - 2))
        lines[at] = lines[at][:place] + "约" + lines[at][place + 1 :]
    return replace(article, paragraphs=tuple(lines))
