from __future__ import annotations

import pytest

from matrixsite.config.settings import Settings
from matrixsite.editorial.frontmatter import parse_page
from matrixsite.editorial.rules import Named, Predicate
from matrixsite.editorial.series import Series, read_series
from matrixsite.errors import Problem

PEOPLE = frozenset({"du"})


def read(front: str, settings: Settings) -> tuple[Series | None, list[Problem]]:
    page, problems = parse_page(f"---\n{front}\n---\n正文\n".encode(), "content/series/a.md", "a")
    assert page is not None
    assert problems == []
    return read_series(page, settings, Named(), PEOPLE)


def test_a_series_has_all_its_editors_gave_it(settings: Settings) -> None:
    front = (
        "title: 督哥\nlead: 一个人物\ncover: images/du.png\naccounts: [daily]\nhost: 老杜\npeople: [du]\n"
        "rule: {words: [督哥]}\nexclude: [abcdefghij23]\nformer: [duge]"
    )
    series, problems = read(front, settings)
    assert problems == []
    assert series is not None
    assert (series.accounts, series.host, series.people) == (("daily",), "老杜", ("du",))
    assert (series.title, series.cover, series.former) == ("督哥", "images/du.png", ("duge",))
    assert [ref.id for ref in series.exclude] == ["abcdefghij23"]
    assert series.html == "<p>正文</p>"


@pytest.mark.parametrize(
    ("front", "line", "field"),
    [
        ("title: 题", 2, ""),
        ("title: 题\nrule: {words: [茶]}\naccounts:\n- daily\n- dayly", 6, "accounts.1"),
        ("title: 题\nrule: {words: [茶]}\npeople: [nobody]", 4, "people.0"),
        ("title: 题\nrule: {words: [茶]}\nfrom: 2026-01-01", 4, "from"),  # a series has no time
        ("title: 题\nrule: {kinds: [film]}", 3, "rule.kinds.0"),
    ],
)
def test_problems_have_line_and_field(front: str, line: int, field: str, settings: Settings) -> None:
    series, problems = read(front, settings)
    assert series is None
    assert [(problem.line, problem.field) for problem in problems] == [(line, field)]
    assert problems[0].mend


@pytest.mark.parametrize(
    ("accounts", "ruled", "expected"),
    [
        ((), None, None),
        (("a",), None, {"a"}),
        (("a", "b"), frozenset({"b", "c"}), {"b"}),
        ((), frozenset({"c"}), {"c"}),
    ],
)
def test_its_rule_looks_at_the_accounts_that_carry_it(
    accounts: tuple[str, ...], ruled: frozenset[str] | None, expected: set[str] | None
) -> None:
    predicate = Series("s", "题", accounts=accounts).predicate(Predicate(accounts=ruled, words=("茶",)))
    assert predicate is not None
    assert (predicate.accounts, predicate.words) == (expected, ("茶",))


def test_accounts_without_a_rule_bring_nothing_by_themselves() -> None:
    assert Series("s", "题", accounts=("a",)).predicate(None) is None
