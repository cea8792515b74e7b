"""When accounts published, from the store."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Select, text

from matrixsite.registry.news import News, Window
from matrixsite.store.news import POSTS, SPAN, news_by_account
from matrixsite.store.publication import NEWEST_BY_ACCOUNT
from tests.nights import Item, rss
from tests.store.conftest import ON_SQLITE
from tests.store.filling import Filling

WINDOW = Window(date(2026, 11, 20), ZoneInfo("Asia/Shanghai"))


def test_only_dates_of_the_feeds_own_are_news(filling: Filling) -> None:
    filling.night({"a": ["p"], "b": rss("q").replace(b"pubDate", b"x")})
    at = datetime(2026, 11, 1, tzinfo=UTC)  # 8 o'clock in Shanghai
    with filling.database.read() as connection:
        found = news_by_account(connection, WINDOW)
    assert found == {"a": News(1, at, at, {date(2026, 11, 1): 1}), "b": News(1)}


def test_what_comes_late_counts_on_its_own_day(filling: Filling) -> None:
    filling.night({"a": ["p"]})
    filling.night({"a": ["p", Item("old", day=-400), Item("less", day=-3), Item("same", day=-3)]})
    with filling.database.read() as connection:
        its = news_by_account(connection, WINDOW)["a"]
        before = news_by_account(connection, Window(date(2026, 10, 31), WINDOW.zone))["a"]
    assert its.days == {date(2026, 10, 28): 2, date(2026, 11, 1): 1}
    assert its.newest == datetime(2026, 11, 1, tzinfo=UTC)
    assert its.oldest == datetime(2025, 9, 26, tzinfo=UTC)
    assert (before.entries, before.newest) == (3, datetime(2026, 10, 28, tzinfo=UTC)), (
        "later days aren't seen"
    )


@ON_SQLITE
@pytest.mark.parametrize("question", [POSTS, SPAN, NEWEST_BY_ACCOUNT])
def test_rows_of_entries_are_not_touched(filling: Filling, question: Select[Any]) -> None:
    filling.night({"a": ["p"]})
    with filling.database.read() as connection:
        bound = question.params(since=1, until=9)
        words = str(bound.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {words}")).all()
    assert "USING COVERING INDEX" in str(plan[0])
