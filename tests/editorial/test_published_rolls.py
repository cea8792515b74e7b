"""The lists of a city as they were published, as a roll: real names, real gaps. The data is not ours to ship."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from matrixsite.config.settings import Account, Member, Settings
from matrixsite.editorial.frontmatter import parse_page
from matrixsite.editorial.honor_tables import winners_of
from matrixsite.editorial.honors import HonorKind, HonorRoll, read_honor_roll
from matrixsite.editorial.laureates import Register
from matrixsite.editorial.pasted import lines_of_text
from matrixsite.errors import Problem

PUBLISHED = Path(__file__).parents[2] / "../shared/data/chengdu-2022.yaml"
SIZES = [20, 7, 6, 10, 10]

pytestmark = pytest.mark.skipif(not PUBLISHED.exists(), reason="../shared/data/chengdu-2022.yaml is not here")


@pytest.fixture
def city(settings: Settings) -> Settings:
    """Some of the winners as members, two of them renamed since."""
    accounts = (
        Account("chengdu", "成都市人民政府发布", "press", aliases=("成都发布",)),
        Account("metro", "成都轨道", "metro", aliases=("成都地铁",)),
        Account("jiaojing", "成都交警", "police"),
        Account("hongxing", "红星新闻", "hongxing"),
    )
    members = (
        Member("press", "市政府新闻办"),
        Member("metro", "成都轨道交通集团"),
        Member("police", "成都市公安局", aliases=("市公安局",)),
        Member("hongxing", "红星新闻"),
    )
    return replace(settings, accounts=accounts, members=members)


@pytest.fixture
def read(city: Settings) -> tuple[HonorRoll, list[Problem]]:
    keys = {
        key: value for key, value in yaml.safe_load(PUBLISHED.read_text("utf-8")).items() if key != "scale"
    }
    front = yaml.safe_dump(keys, allow_unicode=True)
    page, problems = parse_page(f"---\n{front}---\n".encode(), "content/honors/2022.md", "2022")
    assert page is not None
    roll, more, warnings = read_honor_roll(page, Register(city))
    assert (problems, more) == ([], [])
    assert roll is not None
    return roll, warnings


def test_the_sizes_are_those_announced_but_for_the_works(read: tuple[HonorRoll, list[Problem]]) -> None:
    roll, warnings = read
    assert [honors.announced for honors in roll.lists] == SIZES
    assert [len(honors.winners) for honors in roll.lists] == [*SIZES[:4], 5]
    wrong_size = [problem for problem in warnings if "were announced" in problem.reason]
    assert [(problem.field, problem.reason) for problem in wrong_size] == [
        ("lists.4.announced", "10 winners were announced, 5 are listed")
    ]
    assert wrong_size[0].line > 1


def test_renamed_accounts_and_units_are_found(read: tuple[HonorRoll, list[Problem]]) -> None:
    winners = {winner.work or winner.name: winner for honors in read[0].lists for winner in honors.winners}
    assert {name: winners[name].account for name in ("成都发布", "成都地铁", "成都交警", "红星新闻")} == {
        "成都发布": "chengdu",
        "成都地铁": "metro",
        "成都交警": "jiaojing",
        "红星新闻": "hongxing",
    }
    assert [winners[name].member for name in ("成都轨道交通集团", "市公安局")] == ["metro", "police"]
    work = next(winner for winner in read[0].lists[4].winners if winner.name == "成都发布")
    assert (work.account, work.member) == ("chengdu", "press")


def test_all_others_are_told_each_at_its_place(read: tuple[HonorRoll, list[Problem]]) -> None:
    roll, warnings = read
    unknown = [problem for problem in warnings if "no account or member" in problem.reason]
    outside = [winner for honors in roll.lists for winner in honors.winners if not winner.member]
    assert len(unknown) == len(outside) == 48 - 7
    assert all(problem.line and problem.field.startswith("lists.") and problem.mend for problem in unknown)


def test_a_list_pasted_from_the_report_comes_to_the_same(
    read: tuple[HonorRoll, list[Problem]], city: Settings
) -> None:
    names = [winner.name for winner in read[0].lists[0].winners]
    table = winners_of(lines_of_text("、".join(names)), HonorKind.ACCOUNT, Register(city))
    assert [row.name for row in table.rows] == names
    assert len(table.unresolved) == 17
    numbered = "\n".join(f"{number}．{name}\u3000" for number, name in enumerate(names, 1))
    assert winners_of(lines_of_text(numbered), HonorKind.ACCOUNT, Register(city)).winners() == table.winners()
