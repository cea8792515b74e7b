"""What may lead a day, in which order, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from matrixsite.config.settings import Account, Settings
from matrixsite.editorial.candidates import (
    Carriage,
    Carried,
    Ground,
    Reason,
    is_lead,
    rank,
    window,
)
from matrixsite.site.words import words

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 20)


@pytest.fixture
def matrix(settings: Settings) -> Settings:
    """The city's account leads."""
    led = [
        replace(account, roles=("Lead",)) if account.id == "city-wechat" else account
        for account in settings.accounts
    ]
    return replace(settings, accounts=tuple(led))


def story(name: str, *accounts: str, day: int = 18, original: int = 0) -> Carried:
    """Carried by these accounts, an hour after each other."""
    carriers = [
        Carriage(f"{name}{hour}", account, datetime(2026, 11, day, 8 + hour, tzinfo=ZONE))
        for hour, account in enumerate(accounts)
    ]
    return Carried(name, f"{name}{original}", tuple(carriers))


def ranked(settings: Settings, *stories: Carried, **options: object) -> list[tuple[str, int]]:
    return [(one.carried.story, one.points) for one in rank(stories, settings, DAY, **options)]  # type: ignore[arg-type]


def test_more_members_speak_for_a_story_than_more_accounts(matrix: Settings) -> None:
    three = story("three", "daily", "lake", "qingshan-wechat")
    two = story("two", "daily", "lake")
    accounts = story("accounts", "city-weibo", "city-weibo", "city-weibo")
    assert ranked(matrix, accounts, two, three) == [("three", 4), ("two", 2), ("accounts", 0)]


def test_lead_accounts_count_more_where_they_were_first(matrix: Settings) -> None:
    first, later = story("first", "city-wechat"), story("later", "city-weibo", "city-wechat")
    assert ranked(matrix, later, first) == [("first", 3), ("later", 2)]
    original = story("original", "city-weibo", "city-wechat", original=1)
    assert ranked(matrix, original) == [("original", 3)]


@pytest.mark.parametrize(("day", "points"), [(20, 2), (19, 1), (18, 0)])
def test_what_is_fresh_counts_by_its_first_publication(matrix: Settings, day: int, points: int) -> None:
    assert ranked(matrix, story("a", "daily", day=day)) == [("a", points)]


def test_days_are_those_of_the_site(matrix: Settings) -> None:
    midnight = Carried(
        "a", "e", (Carriage("e", "daily", datetime(2026, 11, 19, 16, 0, tzinfo=ZoneInfo("UTC"))),)
    )
    assert ranked(matrix, midnight) == [("a", 2)]
    assert window(DAY, ZONE) == (datetime(2026, 11, 18, tzinfo=ZONE), datetime(2026, 11, 21, tzinfo=ZONE))


def test_equal_stories_stand_newest_first_then_by_id(matrix: Settings) -> None:
    old, new = story("old", "daily", day=17), story("new", "daily", day=18)
    assert ranked(matrix, old, story("b", "lake"), new, story("a", "lake")) == [
        ("a", 0),
        ("b", 0),
        ("new", 0),
        ("old", 0),
    ]


def test_what_led_another_day_or_left_the_matrix_leads_nothing(matrix: Settings) -> None:
    gone = story("gone", "left", "daily")
    assert ranked(matrix, story("led", "daily"), gone, story("a", "lake"), led={"led"}) == [("a", 0)]


def test_only_so_many_are_named(matrix: Settings) -> None:
    assert len(rank([story("a", "lake"), story("b", "lake")], matrix, DAY, limit=1)) == 1


def test_every_reason_says_itself(matrix: Settings) -> None:
    (one,) = rank([story("a", "city-wechat", "daily", day=20)], matrix, DAY)
    assert one.reasons == (
        Reason(Ground.CARRIERS, 2, ("市政府新闻办", "青山日报社")),
        Reason(Ground.LEAD_FIRST, 3, ("青山发布",)),
        Reason(Ground.DAY, 2),
    )
    assert [reason.said(words("zh-CN")) for reason in one.reasons] == [
        "2 家成员单位发布：市政府新闻办、青山日报社",
        "青山发布（主账号）首先发布",
        "当天发布",
    ]


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize("ground", list(Ground))
def test_no_reason_is_silent(language: str, ground: Ground) -> None:
    names = ("甲", "乙", "丙", "丁")
    said = Reason(ground, 1, names).said(words(language))
    assert said
    assert "丁" not in said
    assert "{" not in said


@pytest.mark.parametrize(
    ("roles", "leads"),
    [(("lead",), True), (("city", " MAIN "), True), (("主账号",), True), (("leader",), False), ((), False)],
)
def test_a_role_says_who_leads(roles: tuple[str, ...], leads: bool) -> None:
    assert is_lead(Account("a", "甲", "a", roles=roles)) is leads
