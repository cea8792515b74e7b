from __future__ import annotations

from collections.abc import Mapping

import pytest

from matrixsite.editorial.honors import HonorKind, HonorList, HonorRoll, Issuers, Winner
from matrixsite.editorial.streaks import Place, Streak, streaks

HOST = Issuers(hosted_by=("市委网信办",))


def roll(
    year: int,
    *winners: Winner | str,
    title: str = "优秀账号",
    kind: HonorKind = HonorKind.ACCOUNT,
    issuers: Issuers = HOST,
) -> HonorRoll:
    made = tuple(Winner(one, one, "m") if isinstance(one, str) else one for one in winners)
    honors = HonorList(title, kind, made)
    return HonorRoll(f"r{year}", "榜", year, (honors,), issuers=issuers)


def of(*rolls: HonorRoll) -> Mapping[Place, Streak]:
    return streaks(rolls)


def test_each_year_in_a_row_counts_one_more() -> None:
    found = of(roll(2023, "a", "b"), roll(2024, "a"), roll(2025, "b", "a"))
    assert found == {("r2024", 0, 0): Streak(2, 2), ("r2025", 0, 1): Streak(3, 3)}


def test_the_order_of_the_rolls_does_not_matter() -> None:
    years = [roll(2025, "a"), roll(2023, "a"), roll(2024, "a")]
    assert of(*years) == of(*sorted(years, key=lambda one: one.year))


def test_a_year_without_the_winner_breaks_it() -> None:
    assert of(roll(2023, "a"), roll(2024, "b"), roll(2025, "a")) == {}


def test_a_year_without_a_roll_neither_counts_nor_breaks_it() -> None:
    found = of(roll(2022, "a"), roll(2023, "a"), roll(2025, "a"))
    assert found["r2025", 0, 0] == Streak(3, 4)
    assert not found["r2025", 0, 0].yearly
    assert found["r2023", 0, 0].yearly


@pytest.mark.parametrize(
    "title", ["2025年优秀账号", "2025年度优秀账号", "年度优秀账号", "优秀 账号", "“优秀账号”"]
)
def test_a_list_is_known_by_its_title_without_the_year(title: str) -> None:
    assert of(roll(2024, "a", title="2024年优秀账号"), roll(2025, "a", title=title)) != {}


@pytest.mark.parametrize(
    "other",
    [
        roll(2025, "a", title="十佳账号"),
        roll(2025, "a", issuers=Issuers(hosted_by=("省委网信办",))),
        roll(2025, "a", issuers=Issuers()),
        roll(2025, Winner("a", "", "m")),  # the member, not its account
        roll(2025, "b"),
    ],
)
def test_another_list_issuer_or_winner_is_another_series(other: HonorRoll) -> None:
    assert of(roll(2024, "a"), other) == {}


def test_guides_and_organisers_stand_for_hosts_that_are_not_named() -> None:
    issuers = Issuers(guided_by=("甲",), organised_by=("乙",))
    assert of(roll(2024, "a", issuers=issuers), roll(2025, "a", issuers=issuers)) != {}
    beside = Issuers(guided_by=("另",), hosted_by=HOST.hosted_by)
    assert of(roll(2024, "a"), roll(2025, "a", issuers=beside)) != {}, "hosts suffice"


def test_an_account_keeps_its_streak_when_it_is_renamed() -> None:
    assert of(roll(2024, Winner("旧名", "a", "m")), roll(2025, Winner("新名", "a", "m"))) != {}


def test_whoever_is_outside_the_matrix_is_known_by_name() -> None:
    assert of(roll(2024, Winner("外地 发布")), roll(2025, Winner("外地发布"))) != {}
    people = [roll(year, Winner("李青", by="甲"), kind=HonorKind.PERSON) for year in (2024, 2025)]
    assert of(*people) != {}


def test_works_are_new_each_time() -> None:
    years = [roll(year, Winner("甲", "a", "m", work="《湖》"), kind=HonorKind.WORK) for year in (2024, 2025)]
    assert of(*years) == {}


def test_first_places_in_a_row_are_counted_up_to_the_last() -> None:
    ranks = {2022: 1, 2023: 2, 2024: 1, 2025: 1}
    found = of(*(roll(year, Winner("a", "a", "m", rank=rank)) for year, rank in ranks.items()))
    assert found["r2025", 0, 0] == Streak(4, 4, firsts=2)
    assert found["r2023", 0, 0] == Streak(2, 2, firsts=0)


def test_a_winner_who_stands_twice_in_a_year_counts_it_once() -> None:
    found = of(roll(2024, "a"), roll(2025, "a", "a"))
    assert found == {("r2025", 0, 0): Streak(2, 2), ("r2025", 0, 1): Streak(2, 2)}
