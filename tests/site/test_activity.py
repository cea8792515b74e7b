"""Statistics, calendars of years and the charts of accounts, members and groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from lxml import html

from matrixsite.site.contexts.activity import Activity
from matrixsite.site.values.activity import activity_of
from tests.nights import Item
from tests.site.conftest import Workshop, tree


@pytest.fixture
def matrix(workshop: Workshop) -> Workshop:
    """Two accounts of a member on two platforms, and one of another, with entries of two years."""
    workshop.bare(
        {"id": "wx", "name": "甲微信", "member": "one", "platform": "wechat", "group": "g"},
        {"id": "wb", "name": "甲微博", "member": "one", "platform": "weibo", "group": "g"},
        {"id": "solo", "name": "乙", "platform": "wechat", "group": "g"},
        groups=[{"id": "g", "name": "组"}],
    )
    workshop.members = [{"id": "one", "name": "甲"}]
    workshop.feed("wx", Item("1", day=3), Item("2", day=3), Item("3", day=4), Item("4", day=-400))
    workshop.feed("wb", Item("5", day=3))
    workshop.feed("solo", Item("6", day=-20))
    return workshop


def _table(page: str) -> Sequence[Sequence[str]]:
    """The rows of its first table of numbers."""
    rows = html.fromstring(page).xpath("(//details[@class='numbers']//table)[1]//tr")
    return [[cell.text_content() for cell in row.xpath("./*")] for row in rows]


def test_statistics_count_entries_by_month_and_platform(matrix: Workshop) -> None:
    matrix.build()
    assert _table(matrix.read("statistics/2026/index.html")) == [
        ["时间", "微信", "微博", "合计"],
        ["2026-10", "1", "0", "1"],
        ["2026-11", "3", "1", "4"],
    ]
    front = matrix.read("statistics/index.html")
    assert "共 6 条" in front
    assert "影响力" in front  # only to say that it isn't measured
    assert html.fromstring(front).xpath("//ul[@class='chips']//a/text()") == ["2026", "2025"]


def test_the_chart_goes_by_whole_years_that_end_with_the_newest_entry(matrix: Workshop) -> None:
    with matrix.edition() as edition:
        found = {name: activity_of([edition.accounts[name]], edition) for name in edition.accounts}
    assert found["wx"] is not None
    assert (found["wx"].periods[0], found["wx"].periods[-1], found["wx"].total) == ("2025-01", "2026-12", 4)
    assert found["solo"] is not None
    assert (found["solo"].periods[0], found["solo"].periods[-1]) == (
        "2026-01",
        "2026-12",
    )  # no year without any


def test_platforms_beyond_the_eighth_are_one(workshop: Workshop) -> None:
    accounts = [{"id": f"a{one}", "name": f"号{one}", "platform": f"p{one}"} for one in range(11)]
    workshop.bare(*accounts)
    for one in range(11):
        items = (Item(f"{one}-{item}", text=f"{one} 和 {item}") for item in range(12 - one))
        workshop.feed(f"a{one}", *items)
    with workshop.edition() as edition:
        activity = activity_of(edition.settings.accounts, edition)
    assert isinstance(activity, Activity)
    assert [one.platform for one in activity.series] == [*(f"p{one}" for one in range(8)), ""]
    assert activity.total == sum(range(2, 13))


@pytest.mark.parametrize("path", ["accounts/wx", "members/one", "members/solo", "groups/g"])
def test_accounts_members_and_groups_show_what_they_published(matrix: Workshop, path: str) -> None:
    matrix.build()
    page = html.fromstring(matrix.read(f"{path}/index.html"))
    assert len(page.xpath("//svg[@role='img'][@aria-label]")) == 1


def test_a_year_shows_each_day_and_leads_to_its_months(matrix: Workshop) -> None:
    matrix.build()
    page = html.fromstring(matrix.read("members/one/2026/index.html"))
    (row,) = page.xpath("//table[contains(@class, 'year-table')]/tbody/tr")
    assert [cell.text_content() for cell in row.xpath("./*")][:6] == ["11月", "", "", "3", "1", ""]
    assert page.xpath("//dl[@class='years']//a/@href") == ["../../../members/one/2026/11/index.html"]
    front = html.fromstring(matrix.read("members/one/index.html"))
    years = front.xpath("//dl[@class='years']//dt/a/@href")
    assert years == [f"../../members/one/{year}/index.html" for year in (2026, 2025)]
    solo = html.fromstring(matrix.read("members/solo/index.html"))
    assert solo.xpath("//dl[@class='years']//dt/a/@href") == ["../../accounts/solo/2026/index.html"]
    assert not (matrix.output / "members/solo/2026").exists()


def test_years_follow_their_account_from_member_to_member_and_go_with_it(matrix: Workshop) -> None:
    matrix.build()
    matrix.members = [{"id": "one", "name": "甲"}, {"id": "two", "name": "丙"}]
    matrix.change("wx", member="two")
    matrix.change("solo", member="two")
    matrix.now += timedelta(hours=5)
    matrix.build(force=True)
    assert "共 4 条" in matrix.read("members/two/2026/index.html")
    assert not (matrix.output / "members/one/2025").exists()
    matrix.accounts = [one for one in matrix.accounts if one["id"] != "wx"]
    matrix.now += timedelta(hours=5)
    matrix.build(force=True)
    assert not (matrix.output / "accounts/wx/2026/index.html").exists()
    matrix.build(matrix.root / "clean")
    assert tree(matrix.output) == tree(matrix.root / "clean")
