"""What all the editors' lists have in common."""

from __future__ import annotations

from datetime import date

import pytest

from matrixsite.editorial.columns import Column
from matrixsite.editorial.content import EDITORS_LISTS, Content
from matrixsite.editorial.content_kinds import ContentKind, Rebuttal, Rebutted
from matrixsite.editorial.picks import Pick
from matrixsite.editorial.refs import parse_ref
from matrixsite.editorial.rules import Predicate

ONE, TWO, THREE = (parse_ref(f"https://example.org/{number}") for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("day", "begun", "ended"),
    [(9, False, False), (10, True, False), (20, True, False), (21, True, True)],
)
def test_a_list_begins_and_ends(day: int, begun: bool, ended: bool) -> None:
    column = Column("c", "题", starts=date(2026, 11, 10), ends=date(2026, 11, 20))
    today = date(2026, 11, day)
    assert (column.begun(today), column.ended(today)) == (begun, ended)
    assert column.runs(today) is (begun and not ended)


def test_a_list_without_dates_is_always_there() -> None:
    assert Column("c", "题").runs(date(1970, 1, 1))


def test_each_sort_has_its_own_folder_and_node() -> None:
    assert [sort("x", "题").node for sort in EDITORS_LISTS] == [
        "column:x",
        "series:x",
        "campaign:x",
        "kind:x",
    ]
    assert list(Content().lists) == ["columns", "series", "campaigns", "kinds"]


def test_content_gives_its_lists_by_folder() -> None:
    kind = ContentKind("k", "辟谣")
    assert Content(kinds=(kind,)).lists["kinds"] == (kind,)


def test_a_list_names_entries_but_nothing_that_lies_elsewhere() -> None:
    rebuts = (Rebutted(TWO), Rebutted(THREE, "谣言"))
    kind = ContentKind("k", "辟谣", picks=(Pick(ONE),), rebuttals=(Rebuttal(ONE, rebuts),))
    assert kind.refs == (ONE, TWO)
    assert Column("c", "题", picks=(Pick(ONE),), exclude=(TWO,)).refs == (ONE, TWO)


def test_a_column_takes_in_what_its_rule_matches() -> None:
    rule = Predicate(words=("茶",))
    assert Column("c", "题").predicate(rule) is rule
