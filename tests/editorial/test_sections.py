from __future__ import annotations

import pytest

from matrixsite.config.settings import Settings
from matrixsite.config.source import Source, parse_yaml
from matrixsite.editorial.picks import Pick
from matrixsite.editorial.refs import parse_ref
from matrixsite.editorial.rules import Rule, compile_rule
from matrixsite.editorial.sections import Section, all_sections, read_sections, rules_by_section

TREE = """\
- id: news
  title: 要闻
  rule: {words: [要闻]}
  children:
  - id: city
    title: 市级
    picks: [{ref: abcdefghij23, note: 好}]
  - {id: county, title: 区县, rule: {groups: [districts], sections: [life]}}
- {id: life, title: 生活, children: [{id: tea, title: 茶, rule: {words: [茶]}}]}
- {id: hotline, title: 热线, link: "https://example.org/12345"}
"""


def source(text: str) -> Source:
    parsed, problems = parse_yaml(text, "content/sections.yaml")
    assert problems == []
    assert parsed is not None
    return parsed


def test_sections_are_a_tree(settings: Settings) -> None:
    sections, problems = read_sections(source(TREE), settings)
    assert problems == []
    assert [section.id for section in all_sections(sections)] == [
        *("news", "city", "county", "life", "tea", "hotline"),
    ]
    news, life, hotline = sections
    assert news.children[0] == Section("city", "市级", picks=(Pick(parse_ref("abcdefghij23"), "好"),))
    assert hotline.link == "https://example.org/12345"
    rules = rules_by_section(sections)
    assert rules["news"] == (Rule(words=("要闻",)), Rule(groups=("districts",), sections=("life",)))
    assert rules["life"] == (Rule(words=("茶",)),)
    assert rules["hotline"] == ()
    assert life.rule is None


@pytest.mark.parametrize(
    ("text", "line", "field", "reason"),
    [
        ("- {id: a, title: 甲}\n", 1, "0", "without entries"),
        ("- {id: A b, title: 甲, link: 'https://example.org'}\n", 1, "0.id", "no page id"),
        ("- {id: a, title: 甲, link: '/x'}\n", 1, "0.link", "no web address"),
        (
            "- {id: a, title: 甲, link: 'https://example.org', rule: {words: [茶]}}\n",
            *(1, "0.link", "a link has no entries"),
        ),
        (
            "- {id: a, title: 甲, rule: {words: [茶]}}\n- {id: a, title: 乙, rule: {words: [茶]}}\n",
            *(2, "1.id", "stands twice"),
        ),
        (
            "- id: a\n  title: 甲\n  children:\n  - {id: b, title: 乙, rule: {accounts: [dayly]}}\n",
            *(4, "0.children.0.rule.accounts.0", "not known"),
        ),
        ("- {id: a, title: 甲, rule: {sections: [b]}}\n", 1, "0.rule.sections.0", "not known"),
        ("- {id: a, title: 甲, picks: [{ref: x}]}\n", 1, "0.picks.0.ref", "neither"),
        ("- {id: a, title: 甲, childs: []}\n", 1, "0.childs", "unknown key"),
    ],
)
def test_faults_have_their_place(text: str, line: int, field: str, reason: str, settings: Settings) -> None:
    _, problems = read_sections(source(text), settings)
    assert [(problem.line, problem.field) for problem in problems] == [(line, field)]
    assert reason in problems[0].reason


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("- {id: a, title: 甲, rule: {sections: [a]}}\n", ["0.rule.sections"]),
        (
            "- {id: a, title: 甲, rule: {sections: [b]}}\n- {id: b, title: 乙, rule: {sections: [a]}}\n",
            ["0.rule.sections", "1.rule.sections"],
        ),
        ("- {id: a, title: 甲, rule: {words: [茶], not: {sections: [a]}}}\n", ["0.rule.sections"]),
        (  # the parent holds what its child holds
            "- {id: a, title: 甲, children: [{id: b, title: 乙, rule: {sections: [a]}}]}\n",
            ["0.children.0.rule.sections"],
        ),
        (  # into a circle, but not on it
            "- {id: a, title: 甲, rule: {sections: [b]}}\n- {id: b, title: 乙, rule: {sections: [b]}}\n",
            ["1.rule.sections"],
        ),
    ],
)
def test_a_circle_of_sections_is_a_fault(text: str, fields: list[str], settings: Settings) -> None:
    _, problems = read_sections(source(text), settings)
    assert [problem.field for problem in problems] == fields


def test_sections_without_circles_compile(settings: Settings) -> None:
    sections, _ = read_sections(source(TREE), settings)
    rules = rules_by_section(sections)
    assert [compile_rule(rule, settings, rules).accounts for rule in rules["news"]] == [
        None,
        {"qingshan-wechat", "lake"},
    ]
