from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.config.source import FieldPath, parse_yaml, read_yaml

TREES: list[tuple[str, Any]] = [
    ("", None),
    ("a: 1\nb: [x, 2.5, true, 2024-01-31]", {"a": 1, "b": ["x", 2.5, True, date(2024, 1, 31)]}),
    ("on: x\n2022: y", {"on": "x", "2022": "y"}),
    ("a:\nb: ~\nc: ''", {"c": ""}),
    ("- \n- 1", [None, 1]),
    ("a: &x {k: 1}\nb: *x", {"a": {"k": 1}, "b": {"k": 1}}),
    ("a: &x {k: 1, l: 2}\nb: {<<: *x, l: 3}", {"a": {"k": 1, "l": 2}, "b": {"k": 1, "l": 3}}),
    ("<<: [{a: 1}, {a: 2, b: 3}]\nc: 4", {"a": 1, "b": 3, "c": 4}),
    ("\ufeffa: 1", {"a": 1}),
    ("[=, <<]", ["=", "<<"]),
]


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_yaml_gives_plain_values(text: str, tree: Any) -> None:
    source, problems = parse_yaml(text, "f.yaml")
    assert problems == []
    assert source is not None
    assert source.tree == tree


LINES: list[tuple[FieldPath, int]] = [
    ((), 10),
    (("site",), 10),
    (("site", "title"), 11),
    (("site", "gone"), 10),
    (("accounts", 0, "id"), 13),
    (("accounts", 1), 15),
    (("accounts", 1, "name"), 16),
    (("accounts", 1, "platform"), 14),  # merged from the first one
    (("accounts", 7), 12),
    (("unknown", "deep"), 10),
]
TEXT = """\
site:
  title: x
accounts:
- &first {id: a,
   platform: web}
- id: b
  name: B
  <<: *first
"""


@pytest.mark.parametrize(("path", "line"), LINES)
def test_places_have_lines(path: FieldPath, line: int) -> None:
    source, _ = parse_yaml(TEXT, "f.yaml", first_line=10)
    assert source is not None
    assert source.locate(path) == line


BAD: list[tuple[str | bytes, int, str, str]] = [  # text, line, field, part of the reason
    ("a: 1\nb: 2\na: 3", 3, "a", "stands twice, first in line 1"),
    ("a: [1,\n  2", 2, "", "not valid YAML"),
    ("a: 1\n\tb: 2", 2, "", "not valid YAML"),
    ("a: b: c", 1, "", "mapping values are not allowed"),
    ("a: 1\nb: *gone", 2, "", "undefined alias"),
    ("a: &a [*a]", 1, "", "inside what it names"),
    ("a: 1\n---\nb: 1", 2, "", "single document"),
    ("a: 1\nb: \x01", 2, "", "control character"),
    (b"a: 1\nb: \xc7\xe0", 2, "", "not UTF-8"),
    ("a: \ud800", 1, "", "not UTF-8"),
    ("a: !!python/object:os.system {}", 1, "a", "tag"),
    ("a: !!python/name:os.system", 1, "a", "tag"),
    ("a: !!set {x}", 1, "a", "tag"),
    ("x:\n  a: 2024-13-45", 2, "x.a", "no valid timestamp"),
    ("a: !!bool x", 1, "a", "no valid bool"),
    ("a: !!timestamp soon", 1, "a", "no valid timestamp"),
    ("a: !!int ''", 1, "a", "no valid int"),
    ("a: " + "9" * 5000, 1, "a", "no valid int"),
    ('a: "x\\0y"', 1, "a", "control character"),
    ('a:\n- "\\ufffe"', 2, "a.0", "control character"),
    ("? [a]\n: 1", 1, "", "key must be text"),
    ("a: {<<: 5}", 1, "a.<<", "only a mapping"),
]


@pytest.mark.parametrize(("text", "line", "field", "reason"), BAD)
def test_faults_have_places(text: str | bytes, line: int, field: str, reason: str) -> None:
    _, [problem] = parse_yaml(text, "f.yaml")
    assert (problem.file, problem.line, problem.field) == ("f.yaml", line, field)
    assert reason in problem.reason
    assert problem.mend


@pytest.mark.parametrize("opener", ["[", "- ", "{a: ", "? ", "[{"])
def test_deep_nesting_is_refused_before_the_stack_ends(opener: str) -> None:
    source, problems = parse_yaml(opener * 100_000, "f.yaml")
    assert source is None
    assert [problem.line for problem in problems] == [1]
    assert "nest" in problems[0].reason  # as we or libyaml say it, whose own limit is newer


def test_aliases_can_not_blow_up() -> None:
    links = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    source, problems = parse_yaml("\n".join(["a0: &a0 [x]", *links]), "f.yaml")
    assert source is None
    assert "aliases" in problems[0].reason


def test_cyclic_merges_end() -> None:
    source, problems = parse_yaml("g: &g {<<: {<<: *g}}\na: 1\na: 2", "f.yaml")
    assert source is None
    assert problems


def test_several_faults_come_at_once() -> None:
    source, problems = parse_yaml("a: 1\na: 2\nb: !x 1\nc: 3", "f.yaml")
    assert [problem.line for problem in problems] == [2, 3]
    assert source is not None
    assert source.tree == {"a": 1, "c": 3}


@pytest.mark.parametrize(("name", "reason"), [("gone.yaml", "no such file"), (".", "folder")])
def test_unreadable_files_are_problems(tmp_path: Path, name: str, reason: str) -> None:
    source, [problem] = read_yaml(tmp_path / name, name)
    assert source is None
    assert problem.line == 0
    assert reason in problem.reason


@given(st.text() | st.text(alphabet="ab:-[]{}&*!<>|?#'\"%@`, \n\t~=1"))
def test_no_text_raises(text: str) -> None:
    source, problems = parse_yaml(text, "f.yaml", first_line=3)
    assert source is not None or problems
    assert all(problem.line >= 3 for problem in problems)


@given(st.binary())
def test_no_bytes_raise(content: bytes) -> None:
    source, problems = parse_yaml(content, "f.yaml")
    assert source is not None or problems
