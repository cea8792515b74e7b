"""Boards as editors describe them, whom they speak of, and boards of others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from matrixsite.boards.board import Where, accounts_where, read_board
from matrixsite.boards.external import Publisher, external_edition
from matrixsite.config.settings import Account, Group, GroupKind, Settings, Site
from matrixsite.editorial.frontmatter import parse_page
from matrixsite.editorial.laureates import Register
from matrixsite.editorial.pasted import lines_of_text
from matrixsite.errors import Problem, SettingsError
from matrixsite.measures.period import Period

SETTINGS = Settings(
    root=Path("/nowhere"),
    state=Path("/nowhere"),
    file=Path("/nowhere/feeds.yaml"),
    digest="",
    site=Site("青山", "https://matrix.example.org"),
    groups=(
        Group("districts", "区县", GroupKind.DISTRICT),
        Group("yunxi", "云溪", GroupKind.DISTRICT, "districts"),
        Group("departments", "部门", GroupKind.ORGANISATION),
    ),
    accounts=(
        Account("a", "甲号", "a", "wechat", ("yunxi",)),
        Account("b", "乙号", "b", "weibo", ("yunxi",)),
        Account("c", "丙号", "c", "wechat", ("departments",), account_class="media"),
    ),
)


def _read(front: str) -> list[Problem]:
    page, problems = parse_page(f"---\n{front}\n---\n".encode(), "content/boards/b.md", "b")
    assert page
    assert problems == []
    return read_board(page, SETTINGS)[1]


@pytest.mark.parametrize(
    ("front", "line", "field", "reason"),
    [
        ("index: wci", 2, "title", "required"),
        ("title: 榜", 2, "index", "says no index"),
        ("title: 榜\nindex: wci\nexternal: true", 3, "index", "no index of ours"),
        ("title: 榜\nindex: wci\ntop: 101", 4, "top", "101"),
        ("title: 榜\nindex: wci\nperiod: fortnight", 4, "period", "not one of"),
        ("title: 榜\nindex: wci\nwhere: {groups: [districs]}", 4, "where.groups.0", "not known"),
        ("title: 榜\nindex: wci\nwhere: {groups: []}", 4, "where.groups", "not accepted"),
        ("title: 榜\nindex: wci\npublik: true", 4, "publik", "unknown key"),
    ],
)
def test_faults(front: str, line: int, field: str, reason: str) -> None:
    (problem,) = _read(front)
    assert (problem.line, problem.field, reason in problem.reason) == (line, field, True), problem


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Where(), ("a", "b", "c")),
        (Where(groups=("districts",)), ("a", "b")),
        (Where(groups=("districts",), platforms=("wechat",)), ("a",)),
        (Where(group_kinds=(GroupKind.DISTRICT,)), ("a", "b")),
        (Where(group_kinds=(GroupKind.DISTRICT, GroupKind.ORGANISATION), platforms=("wechat",)), ("a", "c")),
        (Where(group_kinds=(GroupKind.ALLIANCE,)), ()),
        (Where(classes=("media",)), ("c",)),
        (Where(accounts=("b", "c")), ("b", "c")),
    ],
)
def test_whom_a_board_speaks_of(where: Where, expected: tuple[str, ...]) -> None:
    assert accounts_where(where, SETTINGS) == expected


QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
PUBLISHER = Publisher("某院", "https://example.org/", date(2026, 10, 20))


def test_a_board_of_others_is_taken_over() -> None:
    text = "2026年第三季度\n名次\t微博名称\t综合得分\n1\t乙号\t1,092.16\n2\t外市号\t\n3\t甲号\t80\n"
    edition = external_edition(lines_of_text(text), QUARTER, PUBLISHER, Register(SETTINGS), top=2)
    rows = [(row.rank, row.account, row.name, row.score) for row in edition.rows]
    assert rows == [(1, "b", "乙号", "1092.16"), (2, "", "外市号", "")]
    assert (edition.index, edition.formula, edition.source, edition.scored) == ("", (), "某院", 3)


def test_rows_without_ranks_are_in_their_order() -> None:
    edition = external_edition(
        lines_of_text("名称,得分\n乙号,3\n甲号,2\n"), QUARTER, PUBLISHER, Register(SETTINGS), 9
    )
    assert [(row.rank, row.account) for row in edition.rows] == [(1, "b"), (2, "a")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("甲号\t1\n乙号\t2\n", "no column names"),
        ("名称\t得分\n甲号\t=1+1\n", "no score"),
        ("名称\t得分\n\t3\n甲号\t2\n", "names nobody"),
    ],
)
def test_a_table_that_is_no_board(text: str, reason: str) -> None:
    with pytest.raises(SettingsError, match=reason):
        external_edition(lines_of_text(text), QUARTER, PUBLISHER, Register(SETTINGS), 9)
