from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from matrixsite.editorial.candidates import Carried
from matrixsite.editorial.decisions import Withdrawal
from matrixsite.editorial.refs import parse_ref
from matrixsite.store.carrying import carried_between
from tests.articles import BUS, BUS_TITLE, DIGEST, POOL, POOL_TITLE, TITLE
from tests.nights import LONG, Item
from tests.store.filling import Filling

TEXT = Item("t", title="图书馆", text=LONG)


def carried(filling: Filling, since: datetime, until: datetime) -> dict[str, Carried]:
    """By the title of the entry that stands for it."""
    titles = {row.id: row.title for row in filling.rows()}
    with filling.database.read() as connection:
        return {titles[one.standing.entry]: one for one in carried_between(connection, since, until)}


@pytest.fixture
def days(filling: Filling) -> tuple[Filling, datetime]:
    """A story of a and b on two days, one of c on the second; with the beginning of the second day."""
    filling.night({"a": [replace(TEXT, name="a", title="甲", day=1)], "c": [Item("c", title="丙", day=2)]})
    filling.night({"b": [replace(TEXT, name="b", title="乙", day=2)]})
    published = datetime.fromtimestamp(filling.row("丙").published, UTC)
    return filling, published.replace(hour=0, minute=0, second=0)


def test_a_story_of_the_time_comes_with_its_earlier_carriers(days: tuple[Filling, datetime]) -> None:
    filling, second = days
    found = carried(filling, second, second + timedelta(days=1))
    assert found.keys() == {"甲", "丙"}
    assert [one.account for one in found["甲"].carriers] == ["a", "b"]
    assert [one.account for one in found["丙"].carriers] == ["c"]


def test_what_comes_later_is_not_known_yet(days: tuple[Filling, datetime]) -> None:
    filling, second = days
    found = carried(filling, second - timedelta(days=1), second)
    assert found.keys() == {"甲"}
    assert [one.account for one in found["甲"].carriers] == ["a"]


def test_what_is_not_shown_carries_nothing(days: tuple[Filling, datetime]) -> None:
    filling, second = days
    filling.settle(withdrawn=tuple(Withdrawal(parse_ref(filling.row(title).id), "误") for title in "甲丙"))
    found = carried(filling, second, second + timedelta(days=1))
    assert {title: len(one.carriers) for title, one in found.items()} == {"乙": 1}


def test_a_digest_is_no_candidate(filling: Filling) -> None:
    items = ((TITLE, LONG), (POOL_TITLE, POOL), (BUS_TITLE, BUS))
    filling.night(
        {"a": [Item(str(number), title, text, day=2) for number, (title, text) in enumerate(items)]}
    )
    filling.night({"b": [Item("digest", "一周回顾", DIGEST, day=2)]})
    assert "一周回顾" in filling.titles()
    published = datetime.fromtimestamp(filling.row("一周回顾").published, UTC)
    found = carried(filling, published - timedelta(days=2), published + timedelta(days=2))
    assert found.keys() == {TITLE, POOL_TITLE, BUS_TITLE}
