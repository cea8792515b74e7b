from __future__ import annotations

from datetime import date

import pytest

from matrixsite.config.settings import Settings
from matrixsite.editorial.campaigns import Campaign, Partner, read_campaign
from matrixsite.editorial.frontmatter import parse_page
from matrixsite.editorial.laureates import Laureate, Register
from matrixsite.editorial.rules import Candidate, Predicate
from matrixsite.errors import Problem


def read(front: str, settings: Settings) -> tuple[Campaign | None, list[Problem]]:
    page, problems = parse_page(f"---\n{front}\n---\n".encode(), "content/campaigns/a.md", "a")
    assert page is not None
    assert problems == []
    return read_campaign(page, settings, Register(settings))


def test_partners_are_found_in_the_matrix_or_stay_names(settings: Settings) -> None:
    front = "title: 马拉松\ntopics: ['#半马#', 环湖]\npartners: [青山区发布, 新闻办, 田协]"
    campaign, problems = read(front, settings)
    assert problems == []
    assert campaign is not None
    assert campaign.topics == ("半马", "环湖")
    assert campaign.partners == (
        Partner("青山区发布", Laureate("qingshan-wechat", "qingshan")),
        Partner("新闻办", Laureate("", "city")),
        Partner("田协"),
    )


@pytest.mark.parametrize(
    ("front", "line", "field"),
    [
        ("title: 题\npartners: [甲]", 2, ""),
        ("title: 题\ntopics: [茶]\nfrom: 2026-11-02\nto: 2026-11-01", 5, "to"),
        ("title: 题\ntopics:\n- 茶\n- '##'", 5, "topics.1"),
        ("title: 题\ntopics: [茶]\npartners: ['']", 4, "partners.0"),
        ("title: 题\ntopics: [茶]\nrule: {}", 4, "rule"),
    ],
)
def test_problems_have_line_and_field(front: str, line: int, field: str, settings: Settings) -> None:
    campaign, problems = read(front, settings)
    assert campaign is None
    assert [(problem.line, problem.field) for problem in problems] == [(line, field)]
    assert problems[0].mend


def _entry(day: int, topic: str = "", title: str = "") -> Candidate:
    return Candidate("a", title, "", (topic,) if topic else (), date(2026, 11, day), "text")


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (_entry(5, topic="半马"), True),
        (_entry(5, title="跑者"), True),
        (_entry(5, title="别的"), False),
        (_entry(4, topic="半马"), False),  # before
        (_entry(7, title="跑者"), False),  # after
        (_entry(6, topic="半马"), True),
    ],
)
def test_it_takes_in_its_topics_and_its_rule_in_its_time(entry: Candidate, expected: bool) -> None:
    starts, ends = date(2026, 11, 5), date(2026, 11, 6)
    campaign = Campaign("c", "题", topics=("半马",), starts=starts, ends=ends)
    predicate = campaign.predicate(Predicate(title_words=("跑者",)))
    assert predicate is not None
    assert predicate.matches(entry) is expected


def test_the_dates_of_its_rule_narrow_further() -> None:
    campaign = Campaign("c", "题", starts=date(2026, 11, 1), ends=date(2026, 11, 30))
    predicate = campaign.predicate(
        Predicate(words=("跑",), since=date(2026, 11, 10), until=date(2026, 12, 5))
    )
    assert predicate == Predicate(words=("跑",), since=date(2026, 11, 10), until=date(2026, 11, 30))


def test_picks_alone_bring_nothing_more() -> None:
    assert Campaign("c", "题", starts=date(2026, 11, 1)).predicate(None) is None
