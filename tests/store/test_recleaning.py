"""A mended cleaner reaches the archive, and nobody is told of a correction."""

from __future__ import annotations

from sqlalchemy import func, select, update

from matrixsite.store.recleaning import outdated, outdated_count, reclean, write_recleaned
from matrixsite.store.schema import entry, revision
from tests.nights import LONG, Item
from tests.store.filling import Filling
from tests.store.snapshot import snapshot


def test_what_an_older_cleaner_made_is_made_again(filling: Filling) -> None:
    filling.night({"a": [Item("p", text=LONG), "q"], "b": [Item("r", text="该内容已被发布者删除")]})
    before = snapshot(filling.database)
    versions = {row.title: row.version for row in filling.rows()}
    with filling.database.write() as connection:
        spoilt = {
            "clean_version": 0,
            "html": "<p>旧",
            "text": "旧",
            "words": b"",
            "title_key": None,
            "held_by": "旧",
        }
        connection.execute(update(entry).values(spoilt | {"url_key": 1}))
        assert outdated_count(connection) == 3
        rows = reclean(outdated(connection, 2), (), {}) + reclean(outdated(connection, 9)[2:], (), {})
        assert sorted(write_recleaned(connection, rows)) == sorted(row["of"] for row in rows)
        assert outdated_count(connection) == 0
        assert connection.scalar(select(func.count()).select_from(revision)) == 0
        connection.execute(update(entry).values(version=entry.c.version - 1))
    assert snapshot(filling.database) == before
    assert {row.title: row.version for row in filling.rows()} == versions
    assert all(row.corrected is None for row in filling.rows())


def test_words_that_come_to_light_hold_their_entry(filling: Filling) -> None:
    filling.night({"a": [Item("p", text="内部通知")]})
    with filling.database.write() as connection:
        connection.execute(update(entry).values(clean_version=0))
        (row,) = reclean(outdated(connection, 9), ("内部",), {})
    assert row["held_by"] == "内部"
