from __future__ import annotations

from dataclasses import replace

import pytest

from matrixsite.config.settings import Member, Settings
from matrixsite.editorial.laureates import NOBODY, Laureate, Register


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("青山日报", Laureate("daily", "daily")),
        ("日报", Laureate("daily", "daily")),  # alias
        ("青山 日报", Laureate("daily", "daily")),
        ("city-weibo", Laureate("city-weibo", "city")),
        ("CITY-WEIBO", Laureate("city-weibo", "city")),
        ("ｃｉｔｙ－ｗｅｉｂｏ", Laureate("city-weibo", "city")),
        ("青山发布", Laureate("", "city")),  # two accounts of one member bear it
        ("新闻办", Laureate("", "city")),
        ("青山日报社", Laureate("", "daily")),
        ("daily", Laureate("daily", "daily")),  # an account's id and its member's
        ("青山湖", Laureate("lake", "lake")),
        ("青山晚报", NOBODY),
        ("", NOBODY),
    ],
)
def test_a_name_means_an_account_a_member_or_nobody(
    name: str, expected: Laureate, settings: Settings
) -> None:
    assert Register(settings).by_name(name) == expected


def test_ids_are_taken_at_their_word(settings: Settings) -> None:
    register = Register(settings)
    assert register.by_id("city-weibo", "") == Laureate("city-weibo", "city")
    assert register.by_id("", "city") == Laureate("", "city")
    assert register.by_id("left", "city") == Laureate("", "city")
    assert register.by_id("left", "") == NOBODY


def test_a_name_of_several_members_means_nobody(settings: Settings) -> None:
    members = (*settings.members, Member("other", "外市政府", aliases=("新闻办",)))
    assert Register(replace(settings, members=members)).by_name("新闻办") == NOBODY


def test_the_nearest_name_is_offered(settings: Settings) -> None:
    assert Register(settings).nearest("青山区发部") == "Did you mean `青山区发布`?"
