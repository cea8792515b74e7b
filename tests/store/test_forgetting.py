"""What the index of stories lets go of, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from matrixsite.dedup.prints import print_of
from matrixsite.store.forgetting import DAYS, FORGET, FORGET_SENTENCES, forget, parts_due
from matrixsite.store.postings import TABLES, slices
from matrixsite.store.schema import posting, sentence, story, story_alias
from tests.dedup.memory import piece, prose
from tests.store.filling import Filling

NOW = datetime(2026, 11, 2, 19, tzinfo=UTC)
DAY = 86_400


def test_every_part_comes_once_in_so_many_days(filling: Filling) -> None:
    with filling.database.write() as connection:
        assert parts_due(connection, NOW) == []
        days = [parts_due(connection, NOW + timedelta(days=day)) for day in range(DAYS + 1)]
    assert [len(parts) for parts in days] == [0] + [1] * DAYS
    assert sorted(part for parts in days for part in parts) == slices(DAYS)


def test_a_run_after_weeks_goes_through_all_and_an_earlier_date_through_none(filling: Filling) -> None:
    with filling.database.write() as connection:
        parts_due(connection, NOW)
        due = [slices(DAYS)[day % DAYS] for day in range(day_of(NOW) + 1, day_of(NOW) + 4)]
        assert parts_due(connection, NOW + timedelta(days=3)) == sorted(due)
        assert parts_due(connection, NOW) == []
        assert parts_due(connection, NOW + timedelta(days=90)) == slices(DAYS)


def day_of(moment: datetime) -> int:
    return int(moment.timestamp()) // DAY


def test_ranges_hold_every_hash_once() -> None:
    bounds = [bound for part in slices(DAYS) for bound in part]
    assert (bounds[0], bounds[-1]) == (-(2**63), 2**63 - 1)
    assert all(high + 1 == low for high, low in zip(bounds[1::2], bounds[2::2], strict=False))
    prints = [key for n in range(400) for key in print_of(piece("a", prose(n, 2))).keys]
    counts = [sum(low <= key <= high for key in prints) for low, high in slices(DAYS)]
    assert min(counts) > sum(counts) / DAYS / 2


@pytest.mark.parametrize(
    ("learned", "touched", "name", "kept"),
    [
        (FORGET + timedelta(days=1), FORGET + timedelta(days=1), "s", False),
        (FORGET - timedelta(days=1), FORGET + timedelta(days=1), "s", True),
        (FORGET + timedelta(days=1), timedelta(days=1), "s", True),
        (FORGET + timedelta(days=1), timedelta(days=1), "alias", True),
        (FORGET + timedelta(days=1), FORGET + timedelta(days=1), "alias", False),
    ],
    ids=["rests", "learned lately", "joined lately", "of one joined lately", "of one that rests"],
)
def test_what_rests_goes(
    filling: Filling, learned: timedelta, touched: timedelta, name: str, kept: bool
) -> None:
    day = day_of(NOW - learned)
    with filling.database.write() as connection:
        at = int((NOW - touched).timestamp())
        connection.execute(insert(story).values(id="s", original="s", size=1, touched=at))
        connection.execute(insert(story_alias).values(alias="alias", story="s"))
        for hashed in (-5, 5):
            connection.execute(insert(posting).values(hash=hashed, story=name, day=day))
        connection.execute(insert(sentence).values(hash=5, story=name, day=day))
        forget(connection, NOW, 0, 2**63 - 1)
        assert {*connection.scalars(select(posting.c.hash))} == ({-5, 5} if kept else {-5})
        assert {*connection.scalars(select(sentence.c.hash))} == {5}
        forget(connection, NOW + FORGET_SENTENCES, 0, 2**63 - 1)
        assert not connection.scalars(select(sentence.c.hash)).all()


def test_both_tables_of_each_kind_are_cleared(filling: Filling) -> None:
    with filling.database.write() as connection:
        for tables in TABLES:
            for table in tables:
                connection.execute(insert(table).values(hash=1, story="gone", day=1))
        forget(connection, NOW, *next(part for part in slices(DAYS) if part[0] <= 1 <= part[1]))
        assert not [1 for tables in TABLES for table in tables if connection.execute(select(table)).all()]
