from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.editorial.frontmatter import parse_page


@pytest.mark.parametrize(
    "content",
    [
        "---\ntitle: 题\n---\n正文\n",
        "---\r\ntitle: 题\r\n---\r\n正文\n",
        "\ufeff--- \ntitle: 题\n---  \n正文\n",
    ],
)
def test_a_page_is_front_matter_then_markdown(content: str) -> None:
    page, problems = parse_page(content.encode(), "columns/a.md", "a")
    assert problems == []
    assert page is not None
    assert (page.id, page.front.tree, page.body) == ("a", {"title": "题"}, "正文\n")


def test_a_later_rule_of_dashes_belongs_to_the_text() -> None:
    page, _ = parse_page("---\ntitle: 题\n---\n上\n\n---\n下\n".encode(), "a.md", "a")
    assert page is not None
    assert page.body == "上\n\n---\n下\n"


@pytest.mark.parametrize(
    ("content", "page_id", "line", "reason"),
    [
        (b"", "a", 1, "there is no front matter"),
        (b"# Title\n", "a", 1, "there is no front matter"),
        (b"---\ntitle: a\n", "a", 1, "the front matter has no end"),
        (b"---\ntitle: a\nlead: [\n---\n", "a", 3, "not valid YAML"),
        (b"---\ntitle: a\ntitle: b\n---\n", "a", 3, "the key stands twice"),
        (b"---\ntitle: a\n---\n\nok\n\xb9\xab\n", "a", 6, "the text is not UTF-8"),
        (b"---\ntitle: a\n---\n", "Warm Winter", 0, "the file's name is no page id"),
    ],
)
def test_a_problem_has_its_line_in_the_file(content: bytes, page_id: str, line: int, reason: str) -> None:
    _, problems = parse_page(content, "columns/a.md", page_id)
    assert [(problem.file, problem.line) for problem in problems] == [("columns/a.md", line)]
    assert reason in problems[0].reason


@given(st.binary(max_size=60).map(lambda tail: b"---\n" + tail))
def test_any_bytes_give_a_page_or_a_problem(content: bytes) -> None:
    page, problems = parse_page(content, "a.md", "a")
    assert page or problems
