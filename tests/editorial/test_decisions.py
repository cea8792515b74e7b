from __future__ import annotations

from datetime import date

import pytest

from matrixsite.config.source import Source, parse_yaml
from matrixsite.editorial.decisions import (
    Scope,
    StoryDecision,
    StoryVerb,
    Withdrawal,
    read_approved,
    read_stories,
    read_withdrawn,
)
from matrixsite.editorial.refs import parse_ref

ONE, TWO = "abcdefghij22", "abcdefghij33"


def source(text: str) -> Source:
    parsed, problems = parse_yaml(text, "content/x.yaml")
    assert problems == []
    assert parsed is not None
    return parsed


def test_approvals_are_refs() -> None:
    written = source(f"- {ONE}\n- https://example.org/a?utm_source=b\n")
    assert read_approved(written) == ((parse_ref(ONE), parse_ref("https://example.org/a?utm_source=b")), [])


def test_a_withdrawal_is_a_recorded_act() -> None:
    written = source(
        f"- {{ref: {ONE}, why: 有误}}\n"
        f"- ref: {TWO}\n  scope: story\n  why: 来函\n  by: 编辑部\n  on: 2026-11-04\n  purge: true\n"
    )
    assert read_withdrawn(written) == (
        (
            Withdrawal(parse_ref(ONE), "有误"),
            Withdrawal(parse_ref(TWO), "来函", Scope.STORY, "编辑部", date(2026, 11, 4), purge=True),
        ),
        [],
    )


def test_stories_are_joined_split_and_given_their_original() -> None:
    written = source(f"- join: [{ONE}, {TWO}]\n- split: [{ONE}]\n- original: {TWO}\n")
    one, two = parse_ref(ONE), parse_ref(TWO)
    assert read_stories(written) == (
        (
            StoryDecision(StoryVerb.JOIN, (one, two)),
            StoryDecision(StoryVerb.SPLIT, (one,)),
            StoryDecision(StoryVerb.ORIGINAL, (two,)),
        ),
        [],
    )


@pytest.mark.parametrize("read", [read_approved, read_withdrawn, read_stories])
def test_a_file_of_comments_says_nothing(read: object) -> None:
    assert callable(read)
    assert read(source("# nothing yet\n")) == ((), [])


@pytest.mark.parametrize(
    ("read", "text", "line", "field", "reason"),
    [
        (read_approved, "- abc\n", 1, "0", "neither an entry id"),
        (read_approved, "ref: abc\n", 1, "", "must be a list"),
        (read_approved, "- {ref: abc}\n", 1, "0", "must be text"),
        (read_withdrawn, f"- ref: {ONE}\n", 1, "0.why", "required"),
        (read_withdrawn, f"- ref: {ONE}\n  why: x\n  scope: all\n", 3, "0.scope", "not one of"),
        (read_withdrawn, "- ref: abc\n  why: x\n", 1, "0.ref", "neither"),
        (read_withdrawn, f"- ref: {ONE}\n  why: x\n  at: 1\n", 3, "0.at", "unknown key"),
        (read_stories, f"- join: [{ONE}]\n", 1, "0.join", "joins nothing"),
        (read_stories, f"- join: [{ONE}, {TWO}]\n  original: {ONE}\n", 1, "0", "exactly one thing"),
        (read_stories, "- {}\n", 1, "0", "exactly one thing"),
        (read_stories, "- split:\n  - abc\n", 2, "0.split.0", "neither"),
        (read_stories, "- original: abc\n", 1, "0.original", "neither"),
    ],
)
def test_faults_have_their_place(read: object, text: str, line: int, field: str, reason: str) -> None:
    assert callable(read)
    _, problems = read(source(text))
    assert [(problem.line, problem.field) for problem in problems] == [(line, field)]
    assert reason in problems[0].reason
