from __future__ import annotations

import pytest

from matrixsite.config.settings import Settings
from matrixsite.editorial.frontmatter import parse_page
from matrixsite.editorial.people import Person, Roster, Work, read_person
from matrixsite.editorial.picks import Pick
from matrixsite.editorial.refs import parse_ref
from matrixsite.errors import Problem


def read(front: str, settings: Settings) -> tuple[Person | None, list[Problem]]:
    page, problems = parse_page(f"---\n{front}\n---\n正文\n".encode(), "content/people/a.md", "a")
    assert page is not None
    assert problems == []
    return read_person(page, settings)


def test_a_person_has_all_that_editors_gave_them(settings: Settings) -> None:
    front = (
        "name: 沈予宁\nmember: city\nrole: 编辑\naliases: [小沈]\nintro: 好\nportrait: images/shen.png\n"
        "works: [{title: 药盒, link: 'https://example.org/w', note: 合作}]\n"
        "picks: [{ref: abcdefghij23, note: 读}]\norder: 2\nformer: [shen]"
    )
    person, problems = read(front, settings)
    assert problems == []
    assert person == Person(
        id="a",
        name="沈予宁",
        member="city",
        role="编辑",
        aliases=("小沈",),
        intro="好",
        portrait="images/shen.png",
        works=(Work("药盒", "https://example.org/w", "合作"),),
        picks=(Pick(parse_ref("abcdefghij23"), "读"),),
        order=2,
        html="<p>正文</p>",
        former=("shen",),
    )


@pytest.mark.parametrize(
    ("front", "line", "field"),
    [
        ("role: 编辑", 2, "name"),
        ("name: 甲\nmember: citty", 3, "member"),
        ("name: 甲\nmember: city\nby: 某社区", 4, "by"),
        ("name: 甲\nportrait: /etc/passwd", 3, "portrait"),
        ("name: 甲\nworks:\n- {title: 作, link: 'javascript:x'}", 4, "works.0.link"),
        ("name: 甲\nworks:\n- {link: 'https://example.org'}", 4, "works.0.title"),
        ("name: 甲\npicks: [{ref: x}]", 3, "picks.0.ref"),
    ],
)
def test_problems_have_line_and_field(front: str, line: int, field: str, settings: Settings) -> None:
    person, problems = read(front, settings)
    assert person is None
    assert [(problem.line, problem.field) for problem in problems] == [(line, field)]
    assert problems[0].mend


ROSTER = Roster(
    (
        Person("shen", "沈予宁", member="city", aliases=("小沈",)),
        Person("li-1", "李青", member="city"),
        Person("li-2", "李青", member="city"),
        Person("li-3", "李青", member="daily"),
        Person("he", "何牧", by="石桥社区"),
        Person("free", "方可"),
    )
)


@pytest.mark.parametrize(
    ("name", "member", "by", "found"),
    [
        ("沈予宁", "city", "", "shen"),
        ("沈　予宁", "city", "", "shen"),  # widths and spaces make no other name
        ("小沈", "city", "新闻办", "shen"),
        ("沈予宁", "daily", "", ""),  # a namesake elsewhere
        ("沈予宁", "", "", ""),
        ("李青", "city", "", ""),  # two of them
        ("李青", "daily", "", "li-3"),
        ("何牧", "", "石桥社区", "he"),
        ("何牧", "", "别的社区", ""),
        ("方可", "", "", "free"),
    ],
)
def test_a_person_is_found_by_name_within_their_body(name: str, member: str, by: str, found: str) -> None:
    assert ROSTER.find(name, member, by) == found
