"""Every word of the board is in every catalogue: templates and code are searched for what they say."""

from __future__ import annotations

import ast
import json
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.ext import extract_from_ast

import matrixsite.office
from matrixsite.office.pages import LANGUAGES, words
from matrixsite.site.words import SOURCE_LANGUAGE

OFFICE = Path(matrixsite.office.__file__).parent
OTHERS = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]


def _said() -> Iterator[str]:
    environment = Environment()
    for file in (OFFICE / "templates").glob("*.html"):
        for line, _, found in extract_from_ast(environment.parse(file.read_text(encoding="utf-8")), ("_",)):
            text = found[0] if isinstance(found, tuple) else found
            assert text, f"{file.name}:{line}: a word that is not written out can't be looked up"
            yield text
    for file in OFFICE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "say":
                assert isinstance(node.args[0], ast.Constant), f"{file.name}:{node.lineno}"
                yield str(node.args[0].value)


SAID = frozenset(_said())


def _placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_holds_what_the_board_says_in_order(language: str) -> None:
    file = OFFICE / "words" / f"{language}.json"
    catalogue: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    assert catalogue.keys() == SAID
    assert list(catalogue) == sorted(catalogue)
    assert {text for text, said in catalogue.items() if _placeholders(text) != _placeholders(said)} == set()


def test_the_source_is_what_is_written() -> None:
    assert words(SOURCE_LANGUAGE)("停更") == "停更"
    assert words("en")("停更") == "Silent"
