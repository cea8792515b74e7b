from __future__ import annotations

import pytest

from matrixsite.config.settings import Settings
from matrixsite.config.source import Source, parse_yaml
from matrixsite.editorial.content_kinds import ContentKind, Rebuttal, Rebutted, kind_ids, read_kinds
from matrixsite.editorial.picks import Pick
from matrixsite.editorial.refs import parse_ref
from matrixsite.editorial.rules import Named, Rule
from matrixsite.errors import Problem

SECTIONS = {
    "plain": (Rule(words=("茶",)),),
    "asking": (Rule(not_=Rule(kinds=("rumour",))),),
    "deep": (Rule(sections=("asking",)),),
    "films": (Rule(kinds=("video",)),),
}


def source(text: str) -> Source:
    parsed, problems = parse_yaml(text.encode(), "content/kinds.yaml")
    assert problems == []
    assert parsed is not None
    return parsed


def read(text: str, settings: Settings) -> tuple[tuple[ContentKind, ...], list[Problem]]:
    written = source(text)
    return read_kinds(written, settings, Named(frozenset(SECTIONS), kind_ids(written)), SECTIONS)


def test_a_rebuttal_names_what_it_rebuts(settings: Settings) -> None:
    text = (
        "- id: rumour\n  title: 辟谣\n  rule: {topics: [辟谣]}\n  picks:\n"
        "  - ref: https://example.org/1\n    note: 不实\n    rebuts:\n    - abcdefghij23\n"
        "    - {url: 'https://elsewhere.example.com/x', title: 网传停水}\n"
        "  - ref: https://example.org/2\n"
    )
    kinds, problems = read(text, settings)
    assert problems == []
    one, two = parse_ref("https://example.org/1"), parse_ref("https://example.org/2")
    rebutted = Rebutted(parse_ref("abcdefghij23"))
    elsewhere = Rebutted(parse_ref("https://elsewhere.example.com/x"), "网传停水")
    assert kinds == (
        ContentKind(
            "rumour",
            "辟谣",
            picks=(Pick(one, "不实"), Pick(two)),
            rule=Rule(topics=("辟谣",)),
            rebuttals=(Rebuttal(one, (rebutted, elsewhere)),),
        ),
    )


RUMOUR = "- {id: rumour, title: 辟谣, rule: {topics: [辟谣]}}\n"


@pytest.mark.parametrize(
    ("text", "line", "field", "reason"),
    [
        ("- {title: 辟谣, rule: {words: [茶]}}", 1, "0.id", "required"),
        ("- {id: a, title: 辟谣}", 1, "0", "a kind without picks and rule stays empty"),
        ("- {id: 谣, title: 辟谣, rule: {words: [茶]}}", 1, "0.id", "no page id"),
        ("- {id: video, title: 视频, rule: {words: [茶]}}", 1, "0.id", "a medium"),
        (f"{RUMOUR}{RUMOUR}", 2, "1.id", "stands twice"),
        ("- {id: a, title: 题, rule: {kinds: [film]}}", 1, "0.rule.kinds.0", "not known"),
        (f"{RUMOUR}- id: b\n  title: 题\n  rule: {{kinds: [rumour]}}", 4, "1.rule.kinds.0", "can't ask"),
        (
            f"{RUMOUR}- {{id: b, title: 题, rule: {{words: [茶], not: {{kinds: [b]}}}}}}",
            2,
            "1.rule.not.kinds.0",
            "can't ask",
        ),
        (
            f"{RUMOUR}- {{id: b, title: 题, rule: {{sections: [deep]}}}}",
            2,
            "1.rule.sections.0",
            "asks for kinds",
        ),
        ("- {id: a, title: 题, picks: [{ref: x}]}", 1, "0.picks.0.ref", "neither"),
        (
            "- {id: a, title: 题, picks: [{ref: abcdefghij23, rebuts: [x]}]}",
            1,
            "0.picks.0.rebuts.0",
            "neither",
        ),
        (
            "- {id: a, title: 题, picks: [{ref: abcdefghij23, rebuts: [abcdefghij23]}]}",
            1,
            "0.picks.0.rebuts",
            "itself",
        ),
        (
            "- {id: a, title: 题, picks: [{ref: abcdefghij23, rebuts: [{url: 'ftp://x', title: 谣}]}]}",
            1,
            "0.picks.0.rebuts.0.url",
            "no web address",
        ),
        (
            "- {id: a, title: 题, picks: [{ref: abcdefghij23, rebuts: [{url: 'https://x.cn', title: ' '}]}]}",
            1,
            "0.picks.0.rebuts.0.title",
            "needs a title",
        ),
    ],
)
def test_problems_have_line_and_field(
    text: str, line: int, field: str, reason: str, settings: Settings
) -> None:
    _, problems = read(text, settings)
    assert [(problem.line, problem.field) for problem in problems] == [(line, field)]
    assert reason in problems[0].reason
    assert problems[0].mend


@pytest.mark.parametrize("rule", ["{kinds: [video]}", "{sections: [plain]}", "{sections: [films]}"])
def test_a_kind_may_ask_for_media_and_for_sections_that_ask_for_no_kinds(
    rule: str, settings: Settings
) -> None:
    kinds, problems = read(f"{RUMOUR}- {{id: b, title: 题, rule: {rule}}}", settings)
    assert problems == []
    assert [kind.id for kind in kinds] == ["rumour", "b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- {id: a}\n- {id: 3}\n- b\n- {title: x}\n- {id: c, no: key}", {"a", "c"}),
        ("a: b", set()),
        ("", set()),
    ],
)
def test_ids_are_known_whatever_else_is_wrong(text: str, expected: set[str]) -> None:
    assert kind_ids(source(text)) == expected
