from __future__ import annotations

from datetime import date

import pytest

from matrixsite.config.settings import Settings
from matrixsite.editorial.columns import Column, read_column
from matrixsite.editorial.frontmatter import parse_page
from matrixsite.editorial.picks import Pick
from matrixsite.editorial.refs import parse_ref
from matrixsite.editorial.rules import Rule
from matrixsite.errors import Problem


def read(front: str, settings: Settings, body: str = "") -> tuple[Column | None, list[Problem]]:
    page, problems = parse_page(f"---\n{front}\n---\n{body}".encode(), "content/columns/a.md", "a")
    assert page is not None
    assert problems == []
    return read_column(page, settings)


FULL = """\
title: 温暖过冬
lead: 与您有关的事
cover: images/winter.jpg
from: 2026-10-15
to: 2027-03-15
picks:
- {ref: "https://example.org/1", note: 一篇看全}
- ref: abcdefghij23
exclude: [https://example.org/2]
rule: {groups: [districts], words: [供热], not: {accounts: [daily]}}
limit: 30
order: 1
former: [winter]"""


def test_a_column_has_all_its_editors_gave_it(settings: Settings) -> None:
    column, problems = read(FULL, settings, "天冷。\n")
    assert problems == []
    assert column == Column(
        id="a",
        title="温暖过冬",
        lead="与您有关的事",
        cover="images/winter.jpg",
        starts=date(2026, 10, 15),
        ends=date(2027, 3, 15),
        picks=(Pick(parse_ref("https://example.org/1"), "一篇看全"), Pick(parse_ref("abcdefghij23"))),
        exclude=(parse_ref("https://example.org/2"),),
        rule=Rule(groups=("districts",), words=("供热",), not_=Rule(accounts=("daily",))),
        limit=30,
        order=1,
        html="<p>天冷。</p>",
        former=("winter",),
    )


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("lead: a", [(2, "title", "this key is required")]),
        ("title: 题", [(2, "", "a column without picks and rule stays empty")]),
        ("title: 题\npick: []\nrule: {words: [茶]}", [(3, "pick", "unknown key")]),
        ("title: 题\nrule:\n  word: [茶]", [(4, "rule.word", "unknown key")]),
        ("title: 题\nrule:\n  accounts:\n  - dayly", [(5, "rule.accounts.0", "not known")]),
        ("title: 题\nrule: {accounts: [], words: [茶]}", [(3, "rule.accounts", "at least 1")]),
        ("title: 题\nrule: {}", [(3, "rule", "every entry")]),
        ("title: 题\nrule:\n  words: [茶]\n  not: {}", [(5, "rule.not", "every entry")]),
        ("title: 题\nrule:\n  words: [茶]\n  since: 上周", [(5, "rule.since", "must be a date")]),
        ("title: 题\npicks:\n- ref: ftp://a/b", [(4, "picks.0.ref", "neither an entry id")]),
        ("title: 题\npicks:\n- note: 好", [(4, "picks.0.ref", "required")]),
        ("title: 题\npicks: [{ref: abcdefghij23}]\nexclude:\n- 标题", [(5, "exclude.0", "neither")]),
        ("title: 题\nrule: {words: [茶]}\nlimit: 500", [(4, "limit", "not accepted")]),
        ("title: 题\nrule: {words: [茶]}\ncover: ../a.jpg", [(4, "cover", "no picture")]),
        ("title: 题\nrule: {words: [茶]}\nfrom: 2026-02-01\nto: 2026-01-01", [(5, "to", "before `from`")]),
        (
            "title: 题\npicks:\n- ref: x\nrule:\n  members: [nobody]",
            [(4, "picks.0.ref", "neither"), (6, "rule.members.0", "not known")],
        ),
    ],
)
def test_problems_have_line_and_field(
    front: str, expected: list[tuple[int, str, str]], settings: Settings
) -> None:
    column, problems = read(front, settings)
    assert column is None
    assert [(problem.line, problem.field) for problem in problems] == [
        (line, key) for line, key, _ in expected
    ]
    for problem, (_, _, reason) in zip(problems, expected, strict=True):
        assert reason in problem.reason
        assert problem.mend


def test_a_misspelt_key_is_answered_with_the_nearest(settings: Settings) -> None:
    _, problems = read("title: 题\nrule: {words: [茶]}\nexlude: []", settings)
    assert problems[0].mend == "Did you mean `exclude`?"


@pytest.mark.parametrize(
    ("today", "runs"),
    [("2026-10-14", False), ("2026-10-15", True), ("2027-03-15", True), ("2027-03-16", False)],
)
def test_a_column_runs_from_its_first_day_to_its_last(today: str, runs: bool, settings: Settings) -> None:
    column, _ = read(FULL, settings)
    assert column is not None
    assert column.runs(date.fromisoformat(today)) is runs
