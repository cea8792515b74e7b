"""Whatever is odd about an editors' file: each fault has its file, its line and a mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from matrixsite.config.settings import Settings
from matrixsite.editorial.content import load_content
from matrixsite.editorial.schemas import FILES
from matrixsite.errors import Problem, SettingsError
from matrixsite.indices.catalogue import load_catalogue

ODD = {
    "a list of texts": "[a, b]",
    "a list of lists": "[[a]]",
    "a list of nothing": "[null]",
    "text": "just words",
    "a number": "3",
    "a key twice": "title: a\ntitle: b",
    "a key twice in an item": "- {ref: a, ref: b}",
    "unclosed": "title: [",
    "a tab": "title:\n\tb: c",
    "no anchor": "title: *x",
    "a tag": "title: !!python/object:x {}",
    "a key that is a list": "? [a]\n: b",
    "a control character": 'title: "\\x07"',
    "deep": "[" * 200 + "]" * 200,
    "an unknown key": "titel: a",
    "an unknown key of an item": "- {titel: a}",
}
PAGES = [name for name, file in FILES.items() if file.place.endswith(".md")]
MAPPINGS = [*PAGES, "tasks"]
LISTS = [name for name in FILES if name not in (*MAPPINGS, "indices")]


def problems(folder: Path, name: str, written: str, settings: Settings) -> tuple[Problem, ...]:
    file = FILES[name]
    path = folder / "content" / file.place.replace("*", "2026-11-20")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{written}\n---\n" if path.suffix == ".md" else written, "utf-8")
    with pytest.raises(SettingsError) as error:
        _read(folder, name, settings)
    return error.value.problems


def _read(folder: Path, name: str, settings: Settings) -> None:
    if name == "indices":  # which no build reads
        load_catalogue(folder / "content/indices", folder)
    else:
        load_content(folder / "content", settings)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", FILES)
def test_each_fault_has_its_place_and_a_mend(name: str, odd: str, settings: Settings, tmp_path: Path) -> None:
    for problem in problems(tmp_path, name, ODD[odd], settings):
        assert problem.file.startswith("content/")
        assert problem.line >= (2 if name in PAGES else 1)
        assert problem.reason
        assert problem.mend


@pytest.mark.parametrize("name", MAPPINGS)
def test_a_list_where_a_mapping_should_be(name: str, settings: Settings, tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, name, "[a]", settings)
    assert (problem.line, problem.reason) == (2 if name in PAGES else 1, "must be a mapping, not a list")


@pytest.mark.parametrize("name", LISTS)
def test_a_mapping_where_a_list_should_be(name: str, settings: Settings, tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, name, "a: b", settings)
    assert (problem.line, problem.reason) == (1, "must be a list, not a mapping")
    assert "`- `" in problem.mend


def test_a_key_that_stands_twice_says_where_first(settings: Settings, tmp_path: Path) -> None:
    found = problems(tmp_path, "notices", "title: a\nlevel: info\ntitle: b", settings)
    assert [(one.line, one.field, one.reason) for one in found] == [
        (4, "title", "the key stands twice, first in line 2")
    ]
