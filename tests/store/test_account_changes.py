"""A change of what settings say of an account is told once, with the lists that it left."""

from __future__ import annotations

from dataclasses import replace

from matrixsite.config.settings import Account, Group, Settings
from matrixsite.site.source import Touched
from matrixsite.store.account_changes import tell_account_changes
from tests.nights import Item
from tests.store.filling import Filling, matrix

A = Account("a", "甲", "a", groups=("g",))
MATRIX = matrix(A, "b", groups=(Group("g", "组"), Group("h", "会")))


def told(filling: Filling, settings: Settings) -> Touched:
    """What a build hears after these settings."""
    before: int = filling.source().latest()
    with filling.database.write() as connection:
        tell_account_changes(connection, settings)
    heard: Touched = filling.source().touched(before)
    return heard


def test_a_renamed_account_touches_its_entries(filling: Filling) -> None:
    filling.night({"a": [Item("p")], "b": [Item("q")]})
    assert told(filling, MATRIX).accounts == {"a", "b"}
    assert told(filling, MATRIX).accounts == frozenset()
    renamed = replace(MATRIX, accounts=(replace(A, name="新名"), MATRIX.accounts[1]))
    heard = told(filling, renamed)
    assert heard.accounts == {"a"}
    assert [place.account for place in heard.entries] == ["a"]
    assert heard.nodes == frozenset()


def test_an_account_that_moves_leaves_its_old_lists(filling: Filling) -> None:
    filling.night({"a": [Item("p", day=1)]})
    told(filling, MATRIX)
    moved = replace(MATRIX, accounts=(replace(A, groups=("h",), member="b"), MATRIX.accounts[1]))
    left = {("group:g", ""), ("group:g", "2026/11"), ("member:a", ""), ("member:a", "2026/11")}
    assert told(filling, moved).nodes == left


def test_an_account_that_goes_leaves_all(filling: Filling) -> None:
    filling.night({"a": [Item("p", day=1)]})
    told(filling, MATRIX)
    heard = told(filling, replace(MATRIX, accounts=MATRIX.accounts[1:]))
    assert heard.accounts == {"a"}
    assert ("group:g", "2026/11") in heard.nodes
