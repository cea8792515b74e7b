"""What accounts published in a time, counted from the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from matrixsite.editorial.decisions import Withdrawal
from matrixsite.editorial.refs import parse_ref
from matrixsite.store.publishing import published_by
from tests.nights import LONG, Item
from tests.store.filling import Filling

TEXT = Item("t", title="图书馆", text=LONG)


@pytest.fixture
def week(filling: Filling) -> tuple[Filling, datetime]:
    """a first carries a text and posts twice more on a day; b carries it on the second day; c posts apart."""
    filling.night(
        {
            "a": [
                replace(TEXT, name="a", title="甲", day=1),
                Item("a2", title="今日", day=2),
                Item("a3", title="晚", day=2),
            ],
            "c": [Item("c", title="丙", day=2)],
        }
    )
    filling.night({"b": [replace(TEXT, name="b", title="乙", day=2)]})
    first = datetime.fromtimestamp(filling.row("甲").published, UTC)
    return filling, first.replace(hour=0, minute=0, second=0)


def _counted(filling: Filling, since: datetime, days: int, zone: str = "UTC") -> dict[str, tuple[int, ...]]:
    with filling.database.read() as connection:
        found = published_by(connection, since, since + timedelta(days=days), ZoneInfo(zone))
    return {name: tuple(counts.values()) for name, counts in found.items()}


@pytest.mark.parametrize(
    ("first", "days", "expected"),
    [
        (0, 2, {"a": (3, 2, 3, 1), "b": (1, 1, 0, 0), "c": (1, 1, 1, 0)}),
        (0, 1, {"a": (1, 1, 1, 0)}),  # nobody carried it before the day was over
        (1, 1, {"a": (2, 1, 2, 0), "b": (1, 1, 0, 0), "c": (1, 1, 1, 0)}),
        (5, 1, {}),
    ],
)
def test_posts_days_originals_carried(
    week: tuple[Filling, datetime], first: int, days: int, expected: dict[str, tuple[int, ...]]
) -> None:
    filling, since = week
    assert _counted(filling, since + timedelta(days=first), days) == expected


def test_days_are_those_of_the_zone(week: tuple[Filling, datetime]) -> None:
    filling, since = week
    hour = datetime.fromtimestamp(filling.row("甲").published, UTC).hour
    away = f"Etc/GMT-{24 - hour}" if hour >= 10 else f"Etc/GMT+{hour + 1}"  # where it is another day
    assert _counted(filling, since - timedelta(days=1), 4, away)["c"][1] == 1


def test_what_is_not_shown_does_not_count(week: tuple[Filling, datetime]) -> None:
    filling, since = week
    filling.settle(withdrawn=(Withdrawal(parse_ref(filling.row("乙").id), "误"),))
    assert _counted(filling, since, 2) == {"a": (3, 2, 3, 0), "c": (1, 1, 1, 0)}
