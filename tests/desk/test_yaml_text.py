"""A change of YAML leaves all other lines as their editor wrote them."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.config.source import parse_yaml
from matrixsite.desk.yaml_text import Change, NoYaml, rewritten, written


def put(key: str, value: Any) -> Change:
    def change(tree: Any) -> Any:
        tree = {} if tree is None else tree
        tree[key] = written(value)
        return tree

    return change


def append(value: Any) -> Change:
    def change(tree: Any) -> Any:
        tree = [] if tree is None else tree
        tree.append(written(value))
        return tree

    return change


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("title: 甲 # 题\nlead:   乙\n", put("title", "丙"), "title: 丙 # 题\nlead:   乙\n"),
        (
            "# 头\na: [1,   2]\n\n# 尾\nb: 'x'\n",
            put("b", "on"),
            "# 头\na: [1,   2]\n\n# 尾\nb: 'on'\n",
        ),
        ("- a   # 一\n-   b\n", append("c"), "- a   # 一\n-   b\n- c\n"),
        ("", append({"ref": "a", "note": "注：一"}), "- ref: a\n  note: 注：一\n"),
        ("# 还没有\n", append("a"), "# 还没有\n- a\n"),
        ("a: 1\r\nb: 2\r\n", put("b", 3), "a: 1\r\nb: 3\r\n"),
        ("key: {x: 1,\n      y: 2}\nend: 1\n", put("end", 2), "key: {x: 1, y: 2}\nend: 2\n"),
    ],
)
def test_only_the_lines_of_the_change_differ(before: str, change: Change, after: str) -> None:
    assert rewritten(before, change) == after


@pytest.mark.parametrize("text", ["a: [1", "a: 1\n b: 2", "\tx: y"])
def test_what_is_no_yaml_is_left_alone(text: str) -> None:
    with pytest.raises(NoYaml):
        rewritten(text, lambda tree: tree)


# what YAML or our settings don't hold as it is: controls, lone surrogates, other line ends
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x85\u2028\u2029\ufeff\ufffe\uffff"),
    max_size=12,
)


@given(st.dictionaries(st.sampled_from("abc"), WORDS | st.lists(WORDS, max_size=3), max_size=3), WORDS)
def test_any_words_are_read_as_they_were_meant(tree: dict[str, Any], words: str) -> None:
    before = yaml.safe_dump(tree, allow_unicode=True) if tree else ""
    source, problems = parse_yaml(rewritten(before, put("new", words)), "f")
    assert not problems
    assert source is not None
    assert source.tree == {**tree, "new": words}


@given(st.lists(WORDS, max_size=4))
def test_no_change_changes_nothing(words: list[str]) -> None:
    text = "# 注\n" + yaml.safe_dump({"x": words}, allow_unicode=True, default_flow_style=None)
    assert rewritten(text, lambda tree: tree) == text
