"""What the index learns of entries that have their story: corrected words, and all of it where prints change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete, func, select, update

from matrixsite.dedup.prints import PRINT_VERSION
from matrixsite.store import learning
from matrixsite.store.schema import posting_recent, sentence_recent, story, story_entry, unlearned
from tests.nights import LONG, Item
from tests.store.filling import Filling
from tests.store.snapshot import snapshot

FORMER = Item(
    "a",
    title="图书馆延长开放",
    text="全市公共图书馆开放时间将有调整，安排另行通知，请留意各馆公告栏。",
)
NEW = replace(FORMER, text=LONG)


def story_of(filling: Filling, account: str) -> str:
    (found,) = (row.story for row in filling.rows() if row.account == account)
    return str(found)


def test_a_corrected_text_is_found_in_its_story(filling: Filling) -> None:
    filling.night({"a": [FORMER]})
    filling.night({"a": [NEW]})
    filling.night({"b": [replace(NEW, name="b", day=3)], "c": [replace(FORMER, name="c", day=4)]})
    assert story_of(filling, "b") == story_of(filling, "a")
    with filling.database.read() as connection:
        (length, longest) = connection.execute(
            select(story.c.length, story.c.longest).where(story.c.id == story_of(filling, "a"))
        ).one()
        assert (length, longest) == (len("".join(c for c in LONG if c.isalnum())), story_of(filling, "a"))
        assert connection.scalar(select(func.count()).select_from(unlearned)) == 0


def test_a_correction_on_the_night_of_its_entry(filling: Filling) -> None:
    filling.take([])
    filling.night({"a": [FORMER]})
    filling.settle()
    expected = len(snapshot(filling.database)["posting_recent"])
    filling.night({"a": [FORMER]})
    assert len(snapshot(filling.database)["posting_recent"]) == expected


def test_text_that_comes_later_is_learned(filling: Filling) -> None:
    filling.night({"a": [replace(FORMER, text=" ")]})
    filling.night({"a": [NEW]})
    filling.night({"b": [replace(NEW, name="b", title="别处的标题", day=3)]})
    assert story_of(filling, "b") == story_of(filling, "a")


def test_other_prints_make_another_index(filling: Filling, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"来源：青山发布\n{LONG}"
    filling.night({"a": [NEW], "b": [replace(NEW, name="b", text=text, day=2)], "c": [Item("c", day=3)]})
    expected = snapshot(filling.database)
    with filling.database.write() as connection:
        connection.execute(delete(posting_recent))
        connection.execute(update(sentence_recent).values(story="?"))
        connection.execute(update(story).values(length=3, longest="?", outside=""))
        connection.execute(update(story_entry).values(length=0, signs="", named=""))
    filling.join()
    assert not snapshot(filling.database)["posting_recent"]
    monkeypatch.setattr(learning, "PRINT_VERSION", PRINT_VERSION + 1)
    filling.join()
    learned = snapshot(filling.database)
    assert {name for name in expected if learned[name] != expected[name]} == {"meta"}


@pytest.mark.parametrize("batch", [1, 2])
def test_learning_anew_in_any_batches(filling: Filling, monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    filling.night({name: [replace(NEW, name=name, day=2), Item(f"{name}2")] for name in "abcd"})
    expected = snapshot(filling.database)
    monkeypatch.setattr(learning, "PRINT_VERSION", PRINT_VERSION + 1)
    filling.batch = batch
    filling.join()
    learned = snapshot(filling.database)
    assert {name for name in expected if learned[name] != expected[name]} == {"meta"}
