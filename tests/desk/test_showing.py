"""The desk speaks both of its languages throughout."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from matrixsite.desk.showing import TEMPLATES

DESK = TEMPLATES.parent
ENGLISH: dict[str, str] = json.loads((DESK / "words/en.json").read_text("utf-8"))
_SAID = re.compile(r"""\b(?:_|say)\((?:request, )?(["'])((?:(?!\1).)+)\1""", re.DOTALL)


def words_of(file: Path) -> set[str]:
    return {found[2] for found in _SAID.finditer(file.read_text("utf-8"))}


@pytest.mark.parametrize(
    "file",
    [*sorted(TEMPLATES.glob("*.html")), *sorted((DESK / "views").glob("*.py"))],
    ids=lambda file: file.name,
)
def test_all_words_are_there_in_english(file: Path) -> None:
    assert {word for word in words_of(file) if word not in ENGLISH} == set()


def test_placeholders_are_the_same() -> None:
    for chinese, english in ENGLISH.items():
        assert sorted(re.findall(r"\{\w+\}", chinese)) == sorted(re.findall(r"\{\w+\}", english)), chinese
