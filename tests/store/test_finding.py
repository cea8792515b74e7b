"""Entries as editors look for them."""

from __future__ import annotations

from datetime import datetime

import pytest

from matrixsite.store.finding import Only, Wanted, find_entries
from tests.nights import Item
from tests.store.filling import ZONE, Filling


@pytest.fixture
def filled(filling: Filling) -> Filling:
    odd = [
        Item("p", title="图书馆 100% 开放"),
        Item("q", title="a_b Express", day=2),
        Item("r", title="axb", day=3),
    ]
    filling.night({"a": odd, "b": [Item("s", title="图书馆", text="夜间开放", day=4)]})
    return filling


def found(filling: Filling, **wanted: object) -> list[str]:
    with filling.database.read() as connection:
        asked = Wanted(**wanted)  # type: ignore[arg-type]
        return [one.title for one in find_entries(connection, filling.judge, asked, start=0, count=9)]


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        ({}, ["图书馆", "axb", "a_b Express", "图书馆 100% 开放"]),
        ({"words": ("图书馆",)}, ["图书馆", "图书馆 100% 开放"]),
        ({"words": ("图书馆", "夜间")}, ["图书馆"]),
        ({"words": ("100%",)}, ["图书馆 100% 开放"]),
        ({"words": ("A_B",)}, ["a_b Express"]),
        ({"accounts": ("a",), "since": datetime(2026, 11, 2, tzinfo=ZONE)}, ["axb", "a_b Express"]),
        ({"only": Only.UNASSIGNED, "accounts": ("b",)}, ["图书馆"]),
        ({"only": Only.WITHDRAWN}, []),
        ({"node": "column:none"}, []),
    ],
)
def test_what_editors_look_for(filled: Filling, wanted: dict[str, object], titles: list[str]) -> None:
    assert found(filled, **wanted) == titles
