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


class _Count(int):
    """A number that also chooses a word: `{count:carrier|carriers}` is the first of one, the second of any other."""

    def __format__(self, spec: str) -> str:
        one, bar, more = spec.partition("|")
        return (one if self == 1 else more) if bar else super().__format__(spec)


@dataclass(frozen=True)
class Words:
    """The function that templates call `_`: `_("{count} 处发布", count=3)`.

    A language with a plural writes both words into its catalogue: `"{count} {count:carrier|carriers}"`.
    """

    catalogue: Mapping[str, str]

    def __call__(self, text: str, /, **values: object) -> str:
        text = self.catalogue.get(text, text)
        if "|" in text:
            values = {
                name: _Count(value) if isinstance(value, int) else value for name, value in values.items()
            }
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
