"""The prints at hand."""

from __future__ import annotations

import pytest

from matrixsite.dedup import shelf
from matrixsite.dedup.prints import Pending, Print, print_of
from matrixsite.dedup.shelf import Shelf
from tests.dedup.memory import BRIDGE, ORCHARD, TITLE, Memory, piece

ENTRIES = [piece("a1", BRIDGE, f"【转载】{TITLE}"), piece("b1", ORCHARD, "柿子园红了")]


def stored() -> Memory:
    memory = Memory()
    memory.add(ENTRIES)
    return memory


def test_prints_are_made_of_what_is_stored() -> None:
    assert Shelf().take(["b1", "a1", "b1"], stored()) == [print_of(ENTRIES[n]) for n in (1, 0, 1)]


@pytest.mark.parametrize("put", [[], ENTRIES[:1], ENTRIES])
def test_titles_are_bare_whether_a_print_is_there_or_not(put: list[Pending]) -> None:
    made = Shelf()
    made.put(map(print_of, put))
    assert made.titles(["a1", "b1"], stored()) == [TITLE, "柿子园红了"]


@pytest.mark.parametrize(("kept", "again"), [(0, ["a1", "b1"]), (700, ["a1"]), (10_000, [])])
def test_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch, kept: int, again: list[str]) -> None:
    made: list[str] = []

    def telling(entry: Pending) -> Print:
        made.append(entry.id)
        return print_of(entry)

    monkeypatch.setattr(shelf, "KEPT", kept)
    prints, memory = Shelf(telling), stored()
    for _ in range(2):  # what is put twice weighs once
        prints.put(map(print_of, ENTRIES))
    prints.tidy()
    prints.take(["a1", "b1"], memory)
    assert made == again


def test_slim_prints_hold_nothing_that_follows_from_the_rest() -> None:
    prints, entry = Shelf(), print_of(ENTRIES[0])
    before = {*vars(entry)}
    prints.put([entry])
    assert entry.shingles
    prints.slim()
    assert {*vars(entry)} == before
