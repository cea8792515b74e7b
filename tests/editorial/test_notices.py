from __future__ import annotations

from datetime import date

import pytest

from matrixsite.editorial.frontmatter import Page, parse_page
from matrixsite.editorial.notices import Level, Notice, read_notice


def page(front: str) -> Page:
    parsed, _ = parse_page(f"---\n{front}\n---\n今晚停水。\n".encode(), "content/notices/a.md", "a")
    assert parsed is not None
    return parsed


def test_a_notice_stands_for_a_time() -> None:
    notice, problems = read_notice(page("title: 停水\nlevel: warning\nfrom: 2026-11-18\nuntil: 2026-11-19"))
    assert problems == []
    days = date(2026, 11, 18), date(2026, 11, 19)
    assert notice == Notice("a", "停水", Level.WARNING, *days, html="<p>今晚停水。</p>")
    assert [notice.stands(date(2026, 11, day)) for day in (17, 18, 19, 20)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("front", "field", "reason"),
    [
        ("level: info", "title", "required"),
        ("title: 题\nlevel: urgent", "level", "not one of info, warning, emergency"),
        ("title: 题\nfrom: 2026-02-01\nuntil: 2026-01-01", "until", "before `from`"),
        ("title: 题\nto: 2026-01-01", "to", "unknown key"),
    ],
)
def test_faults_have_their_place(front: str, field: str, reason: str) -> None:
    notice, problems = read_notice(page(front))
    assert notice is None
    assert [problem.field for problem in problems] == [field]
    assert reason in problems[0].reason
