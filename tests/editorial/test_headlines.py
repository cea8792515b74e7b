from __future__ import annotations

from datetime import date

import pytest

from matrixsite.editorial.frontmatter import Page, parse_page
from matrixsite.editorial.headlines import Headline, read_headline
from matrixsite.editorial.refs import parse_ref


def page(name: str, front: str) -> Page:
    parsed, _ = parse_page(f"---\n{front}\n---\n".encode(), f"content/headlines/{name}.md", name)
    assert parsed is not None
    return parsed


def test_a_headline_is_one_pick_for_one_day() -> None:
    headline, problems = read_headline(
        page("2026-11-20", "pick: abcdefghij23\nreason: 首发\npicker: 值班编辑")
    )
    assert problems == []
    assert headline == Headline(date(2026, 11, 20), parse_ref("abcdefghij23"), "首发", "值班编辑")


@pytest.mark.parametrize("name", ["2026-13-01", "20261120", "2026-w47-5", "today"])
def test_its_file_is_named_for_the_day(name: str) -> None:
    headline, problems = read_headline(page(name, "pick: abcdefghij23\nreason: 首发"))
    assert headline is None
    assert [problem.reason for problem in problems] == ["the file's name is no day"]


@pytest.mark.parametrize(
    ("front", "field"),
    [("pick: abcdefghij23", "reason"), ("reason: 首发", "pick"), ("pick: 标题\nreason: 首发", "pick")],
)
def test_pick_and_reason_are_needed(front: str, field: str) -> None:
    headline, problems = read_headline(page("2026-11-20", front))
    assert headline is None
    assert [problem.field for problem in problems] == [field]
