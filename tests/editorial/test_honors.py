from __future__ import annotations

from datetime import date

import pytest

from matrixsite.config.settings import Settings
from matrixsite.editorial.frontmatter import parse_page
from matrixsite.editorial.honors import HonorKind, HonorRoll, Issuers, Report, Winner, read_honor_roll
from matrixsite.editorial.laureates import Register
from matrixsite.editorial.people import Person, Roster
from matrixsite.errors import Problem

ROLL = """\
title: 2025年度榜单
year: 2025
date: 2026-01-16
issuers: {guided_by: 市委宣传部, hosted_by: [市委网信办, 青山日报社]}
basis: 综合评定
source: {name: 青山日报, date: 2026-01-17, url: "https://example.org/a"}
lists:
"""


def read(text: str, settings: Settings) -> tuple[HonorRoll | None, list[Problem], list[Problem]]:
    page, problems = parse_page(f"---\n{text}\n---\n公示无异议。".encode(), "content/honors/2025.md", "2025")
    assert page is not None
    assert problems == []
    return read_honor_roll(page, Register(settings))


def winners(kind: str, written: str, settings: Settings, ordered: str = "false") -> tuple[Winner, ...]:
    text = f"{ROLL}- {{title: 榜, kind: {kind}, ordered: {ordered}, winners: {written}}}"
    roll, problems, _ = read(text, settings)
    assert problems == []
    assert roll is not None
    return roll.lists[0].winners


def test_a_roll_says_who_awarded_what_when_and_where_it_stands(settings: Settings) -> None:
    roll, problems, warnings = read(
        ROLL + "- {title: 优秀账号, kind: account, announced: 1, winners: [青山日报]}", settings
    )
    assert (problems, warnings) == ([], [])
    assert roll is not None
    assert (roll.id, roll.title, roll.year, roll.date) == ("2025", "2025年度榜单", 2025, date(2026, 1, 16))
    assert roll.issuers == Issuers(("市委宣传部",), ("市委网信办", "青山日报社"))
    assert roll.source == Report("青山日报", date(2026, 1, 17), "https://example.org/a")
    assert roll.html == "<p>公示无异议。</p>"
    assert (roll.lists[0].kind, roll.lists[0].announced) == (HonorKind.ACCOUNT, 1)


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        ("account", "[青山区发布]", Winner("青山区发布", "qingshan-wechat", "qingshan")),
        ("account", "[{account: daily}]", Winner("青山日报", "daily", "daily")),
        ("account", "[{name: 旧名, account: daily}]", Winner("旧名", "daily", "daily")),
        ("account", "[外地发布]", Winner("外地发布")),
        ("unit", "[新闻办]", Winner("新闻办", member="city")),
        ("unit", "[{member: city, citation: 好}]", Winner("市政府新闻办", member="city", citation="好")),
        ("work", "[《湖》]", Winner("", work="《湖》")),
        ("work", "[{work: 《湖》, by: 日报}]", Winner("日报", "daily", "daily", work="《湖》")),
        ("person", "[沈予宁]", Winner("沈予宁")),
        ("person", "[{name: 沈予宁, by: 新闻办}]", Winner("沈予宁", member="city", by="新闻办")),
        ("person", "[{name: 何牧, by: 石桥社区}]", Winner("何牧", by="石桥社区")),
        ("person", "[青山日报]", Winner("青山日报")),  # a person may be called like an account
    ],
)
def test_a_winner_is_found_in_the_matrix(
    kind: str, written: str, expected: Winner, settings: Settings
) -> None:
    assert winners(kind, written, settings) == (expected,)


def _read_with_people(line: str, settings: Settings) -> tuple[HonorRoll | None, list[Problem]]:
    page, _ = parse_page(f"---\n{ROLL}{line}\n---\n".encode(), "content/honors/2025.md", "2025")
    assert page is not None
    roster = Roster((Person("shen", "沈予宁", member="city"), Person("he", "何牧", by="石桥社区")))
    roll, problems, _ = read_honor_roll(page, Register(settings), roster)
    return roll, problems


@pytest.mark.parametrize(
    ("winner", "person"),
    [
        ("{name: 沈予宁, member: city}", "shen"),
        ("{name: 沈予宁, by: 新闻办}", "shen"),
        ("{name: 沈予宁, member: daily}", ""),
        ("{name: 予宁, member: daily, person: shen}", "shen"),
        ("{name: 何牧, by: 石桥社区}", "he"),
        ("何牧", ""),
    ],
)
def test_a_person_is_the_one_who_has_a_page(winner: str, person: str, settings: Settings) -> None:
    roll, problems = _read_with_people(f"- {{title: 榜, kind: person, winners: [{winner}]}}", settings)
    assert problems == []
    assert roll is not None
    assert roll.lists[0].winners[0].person == person


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("person", "`shem` has no page in content/people/"), ("unit", "a list of kind unit honors no person")],
)
def test_a_person_that_is_none(kind: str, reason: str, settings: Settings) -> None:
    line = f"- {{title: 榜, kind: {kind}, winners: [{{name: 新闻办, person: shem}}]}}"
    _, (problem,) = _read_with_people(line, settings)
    assert (problem.field, problem.reason) == ("lists.0.winners.0.person", reason)


def test_ranks_follow_the_order_of_an_ordered_list(settings: Settings) -> None:
    written = "[甲, {name: 乙, rank: 2}, {name: 丙, rank: 2}, 丁]"
    assert [winner.rank for winner in winners("person", written, settings, "true")] == [1, 2, 2, 4]
    assert [winner.rank for winner in winners("person", written, settings)] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("line", "field", "reason", "mend"),
    [
        (
            "- {title: 榜, kind: account, winners: [青山区发部]}",
            "lists.0.winners.0",
            "`青山区发部` is no account or member of this matrix",
            "Did you mean `青山区发布`?",
        ),
        (
            "- {title: 榜, kind: unit, winners: [{name: 某局, member: citty}]}",
            "lists.0.winners.0.member",
            "`citty` is no account or member of this matrix",
            "Did you mean `city`?",
        ),
        (
            "- {title: 榜, kind: person, announced: 10, winners: [甲]}",
            "lists.0.announced",
            "10 winners were announced, 1 are listed",
            "Add those missing, or correct the number.",
        ),
    ],
)
def test_what_deserves_a_look_is_no_fault(
    line: str, field: str, reason: str, mend: str, settings: Settings
) -> None:
    roll, problems, warnings = read(ROLL + line, settings)
    assert roll is not None
    assert problems == []
    assert warnings == [Problem("content/honors/2025.md", 9, field, reason, mend)]


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        ("- {title: 榜, kind: acount, winners: []}", "lists.0.kind", "not one of"),
        ("- {title: 榜, kind: account}", "lists.0.winners", "required"),
        ("- {title: 榜, kind: account, winners: [{nam: 甲}]}", "lists.0.winners.0.nam", "unknown key"),
        (
            "- {title: 榜, kind: account, winners: [{citation: 好}]}",
            "lists.0.winners.0",
            "needs the key `name`",
        ),
        ("- {title: 榜, kind: work, winners: [{by: 日报}]}", "lists.0.winners.0", "needs the key `work`"),
        (
            "- {title: 榜, kind: person, winners: [{name: 甲, link: 'javascript:x'}]}",
            "lists.0.winners.0.link",
            "no web address",
        ),
    ],
)
def test_faults_have_their_place(line: str, field: str, reason: str, settings: Settings) -> None:
    roll, problems, _ = read(ROLL + line, settings)
    assert roll is None
    assert [(problem.line, problem.field) for problem in problems] == [(9, field)]
    assert reason in problems[0].reason


def test_the_address_of_the_report_is_checked(settings: Settings) -> None:
    _, problems, _ = read(
        "title: 题\nyear: 2025\nsource: {name: 报, url: 'javascript:x'}\nlists: []", settings
    )
    assert [(problem.line, problem.field) for problem in problems] == [(4, "source.url")]
