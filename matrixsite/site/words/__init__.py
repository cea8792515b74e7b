"""The words of the pages: zh-CN is written in the templates; other languages are looked up in
`<language>.json` here.

A word is missing from a catalogue only until someone adds it: until then it shows as written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

SOURCE_LANGUAGE = "zh-CN"


@dataclass(frozen=True)
class Words:
    """The function that templates call `_`: `_("{count} 处发布", count=3)`."""

    catalogue: Mapping[str, str]

    def __call__(self, text: str, /, **values: object) -> str:
        text = self.catalogue.get(text, text)
        return text.format(**values) if values else text


@lru_cache
def words(language: str) -> Words:
    """The words of a language."""
    return Words(_catalogue(language))


def _catalogue(language: str) -> dict[str, str]:
    """A catalogue by its full tag, else by its language alone; nothing for the language of the sources."""
    for name in (language, language.partition("-")[0]):
        file = files(__package__) / f"{name}.json"
        if name != SOURCE_LANGUAGE and file.is_file():
            catalogue: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
            return catalogue
    return {}
