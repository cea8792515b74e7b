"""The board's pages: templates, words, and lists cut into pages of a hundred."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Generic, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from matrixsite.site import charts
from matrixsite.site.words import SOURCE_LANGUAGE, Words

T = TypeVar("T")

MOST_ROWS = 100
STYLE = "board.css"
LANGUAGES = (SOURCE_LANGUAGE, "zh-TW", "en")
_TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A page of a list: its rows, which page of how many, how many rows in all, where the pages stand (`paged`)."""

    rows: Sequence[T]
    number: int
    count: int
    total: int
    place: str

    @property
    def path(self) -> str:
        return paged(self.place, self.number)

    def other(self, step: int) -> str:
        """The page before (-1) or after (1); empty where there is none."""
        number = self.number + step
        return paged(self.place, number) if 1 <= number <= self.count else ""


def paged(place: str, number: int = 1) -> str:
    """Where a page of a list stands: in a folder ("" is the board's own), or beside the first page that is named."""
    if place.endswith(".html"):
        return place if number == 1 else f"{place.removesuffix('.html')}-p{number}.html"
    name = "index.html" if number == 1 else f"p{number}.html"
    return f"{place}/{name}" if place else name


def parts_of(rows: Sequence[T], place: str) -> Iterator[Part[T]]:
    """A list cut into pages; an empty one has one page."""
    count = max(1, -(-len(rows) // MOST_ROWS))
    for number in range(1, count + 1):
        start = (number - 1) * MOST_ROWS
        yield Part(rows[start : start + MOST_ROWS], number, count, len(rows), place)


@cache
def words(language: str) -> Words:
    """The board's words: zh-CN stands in templates and code, other languages are looked up."""
    if language == SOURCE_LANGUAGE:
        return Words({})
    file = files(__package__) / "words" / f"{language}.json"
    return Words(json.loads(file.read_text(encoding="utf-8")))


class Printer:
    """Makes pages: `printer(path, template, **values)`. Links are relative to the page, as on the site."""

    def __init__(self, title: str, language: str, today: str, bulletin: str, *, excel: bool) -> None:
        """`bulletin` is the page of the month's check, which all lead to; `excel`: there are workbooks."""
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {
            "_": words(language),
            "site": title,
            "language": language,
            "today": today,
            "bulletin_page": bulletin,
            "excel": excel,
            "draw": charts,
        }

    def piece(self, template: str, **values: Any) -> Markup:
        """A piece that several pages show: markup that names no other page."""
        return Markup(self._environment.get_template(f"{template}.html").render(**values))

    def __call__(self, path: str, template: str, **values: Any) -> tuple[str, bytes]:
        root = "../" * path.count("/")
        text = self._environment.get_template(f"{template}.html").render(root=root, path=path, **values)
        return path, text.encode("utf-8", "xmlcharrefreplace")


def style() -> bytes:
    """The board's style sheet."""
    return (_TEMPLATES / STYLE).read_bytes()
