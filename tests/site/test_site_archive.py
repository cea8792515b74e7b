"""The archive of the whole site: years and months, a month's calendar, days, and what a night touches of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from lxml import html

from matrixsite.site.days import day_of
from tests.nights import Item
from tests.site.conftest import Workshop, tree
from tests.site.sample import BULLETIN, METRO, NIGHT, ORIGINAL

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (datetime(2026, 11, 19, 15, 59, tzinfo=UTC), date(2026, 11, 19)),
        (datetime(2026, 11, 19, 16, 0, tzinfo=UTC), date(2026, 11, 20)),  # midnight there
        (
            datetime(2026, 10, 30, tzinfo=UTC),
            date(2026, 11, 1),
        ),  # by the zone of former days: stays in its month
        (datetime(2027, 2, 1, tzinfo=UTC), date(2026, 11, 30)),
    ],
)
def test_an_entry_stands_on_its_day_of_the_site_within_the_month_of_its_path(
    published: datetime, day: date
) -> None:
    assert day_of(published, "2026/11", SHANGHAI) == day


def _titles(workshop: Workshop, path: str) -> list[str]:
    page = html.fromstring(workshop.read(path))
    return [str(one.text_content()).strip() for one in page.xpath("//main//*[@class='row-title']")]


def _cells(workshop: Workshop, path: str) -> dict[str, str]:
    """What the calendar says of days that have stories."""
    page = html.fromstring(workshop.read(path))
    words = (one.text_content().split() for one in page.xpath("//table[@class='month-days']//a"))
    return {day: " ".join(rest) for day, *rest in words}


def test_months_and_days_show_each_story_once_on_the_day_of_its_original(built: Workshop) -> None:
    assert _cells(built, "archive/2026/11/index.html")["18"] == "1 篇"
    assert ORIGINAL in _titles(built, "archive/2026/11/18/index.html")
    assert METRO in _titles(built, "archive/2026/11/20/index.html")
    carriers = [page for page in tree(built.output) if page.startswith("archive/2026/11/")]
    showing = [page for page in carriers if ORIGINAL in built.read(page)]
    assert sorted(showing) == ["archive/2026/11/18/index.html", "archive/2026/11/index.html"]
    assert BULLETIN in _titles(built, "archive/2026/10/30/index.html")


def test_the_month_names_its_most_carried_stories_and_the_months_beside_it(built: Workshop) -> None:
    page = html.fromstring(built.read("archive/2026/11/index.html"))
    (ranked,) = page.xpath("//ol[@class='ranking']/li")
    assert ORIGINAL in ranked.text_content()
    assert "3 家成员单位发布" in ranked.text_content()
    assert page.xpath("//nav[@class='pager']//a/@href") == ["../../../archive/2026/10/index.html"]
    years = html.fromstring(built.read("archive/index.html"))
    assert [one.text_content() for one in years.xpath("//dt")] == ["2026"]
    assert years.xpath("//dd/a/@href") == ["../archive/2026/11/index.html", "../archive/2026/10/index.html"]


def test_a_night_touches_the_days_that_it_changed_and_no_other(workshop: Workshop) -> None:
    workshop.build()
    workshop.feed("water-daily", Item("new", "立冬以后", "天气转凉。", day=12))
    workshop.now = NIGHT + timedelta(hours=5)
    written = [path for path in workshop.build().written if path.startswith("archive/")]
    assert written == ["archive/2026/11/12/index.html", "archive/2026/11/index.html", "archive/index.html"]


def test_a_site_that_changes_its_zone_moves_days_within_their_months(workshop: Workshop) -> None:
    workshop.bare({"id": "a", "name": "甲"})
    workshop.feed("a", Item("1", "第一条", day=1), Item("2", "第二条", day=9))
    workshop.build()
    workshop.site["timezone"] = "Pacific/Honolulu"
    workshop.build(force=True)
    days = [path for path in tree(workshop.output) if path.startswith("archive/2026/11/")]
    assert days == [f"archive/2026/11/{day}index.html" for day in ("01/", "08/", "")]
    workshop.build(workshop.root / "clean")
    assert tree(workshop.output) == tree(workshop.root / "clean")


def test_a_day_is_paged_oldest_first(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matrixsite.site.values.site_archive.MOST_ROWS", 2)
    workshop.bare({"id": "a", "name": "甲"})
    workshop.feed("a", *(Item(str(number), f"第{number}条", f"{number}号正文", day=3) for number in range(3)))
    workshop.build()
    first, second = (f"archive/2026/11/03/{name}" for name in ("index.html", "p/2/index.html"))
    assert len(_titles(workshop, first)) == 2
    assert len(_titles(workshop, second)) == 1
    assert "3 篇稿件" in workshop.read(first)
    assert "3 篇稿件" not in workshop.read(second)
