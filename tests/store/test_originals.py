"""Who was first, as carriers and names come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from matrixsite.config.settings import Account
from matrixsite.store.originals import Sources
from matrixsite.store.schema import story
from tests.nights import LONG, Item
from tests.store.filling import Filling, matrix

TEXT = Item("a", title="图书馆延长开放时间", text=LONG)
NAMING = f"来源：青山发布\n{LONG}"


def origin(filling: Filling) -> tuple[Any, ...]:
    """The account of the original, why it is, and who outside is named."""
    with filling.database.read() as connection:
        (found,) = connection.execute(select(story.c.original, story.c.why, story.c.outside, story.c.size))
    accounts = {row.id: row.account for row in filling.rows()}
    return accounts[found.original], found.why, found.outside, found.size


def test_a_source_that_is_named_is_the_original_when_its_name_is_known(filling: Filling) -> None:
    filling.night({"b": [replace(TEXT, name="b", text=NAMING, day=1)]})
    assert origin(filling) == ("b", "only", "青山发布", 1)
    filling.night({"a": [replace(TEXT, day=2)]})
    assert origin(filling)[2:] == ("青山发布", 2)
    filling.settings = matrix(Account("a", "青山发布", "a"), "b", "c", "d")
    filling.join()
    assert origin(filling) == ("a", "named 1", "", 2)


def test_names_that_stay_are_not_looked_at_again(filling: Filling) -> None:
    filling.night({"b": [replace(TEXT, text=NAMING)]})
    latest = filling.source().latest()
    filling.join()
    assert filling.source().latest() == latest


@pytest.mark.parametrize(
    ("account", "hour", "expected"),
    [("a", 16, True), ("a", 0, False), ("t", 15, True), ("t", 16, False)],  # UTC
)
def test_midnight_is_a_date_without_a_time(account: str, hour: int, expected: bool) -> None:
    sources = Sources(matrix("a", Account("t", "t", "t", timezone="Asia/Tokyo")))
    published = int(datetime(2026, 11, 1, hour, tzinfo=UTC).timestamp())
    assert sources.day_only(account, published) is expected
