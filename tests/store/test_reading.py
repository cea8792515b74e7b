"""The site's questions, answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matrixsite.editorial.columns import Column
from matrixsite.editorial.decisions import Withdrawal
from matrixsite.editorial.picks import Pick
from matrixsite.editorial.refs import Ref, parse_ref
from matrixsite.editorial.rules import Rule
from matrixsite.site.source import Scope
from tests.nights import LONG, Item
from tests.store.filling import Filling

EVERYTHING, A = Scope(), Scope(accounts=("a",), every_entry=True)
TEXT = Item("t", title="图书馆", text=LONG)


@pytest.fixture
def filled(filling: Filling) -> Filling:
    """A story of b, then a the original, then c, all on different days; a story of one; a withdrawn entry."""
    filling.night({"b": [replace(TEXT, name="b", title="乙", day=2)], "d": [Item("d", title="丁", day=4)]})
    filling.night(
        {"a": [replace(TEXT, name="a", title="甲", day=1)], "c": [replace(TEXT, name="c", title="丙", day=3)]}
    )
    filling.night({"d": [Item("w", title="撤", day=5)]})
    filling.settle(withdrawn=(Withdrawal(parse_ref(filling.row("撤").id), "有误"),))
    return filling


def told(answer: list[object]) -> list[tuple[str, int]]:
    """Title and carriers of each."""
    return [(item.entry.title, item.carriers) for item in answer]  # type: ignore[attr-defined]


def withdraw(filled: Filling, title: str) -> None:
    also = Withdrawal(parse_ref(filled.row(title).id), "有误")
    filled.settle(withdrawn=(*filled.content.withdrawn, also))


def test_lists_of_stories(filled: Filling) -> None:
    source = filled.source()
    assert (source.counts().entries, source.counts().stories) == (4, 2)
    assert told(source.newest(EVERYTHING)) == [("丁", 1), ("甲", 3)]
    assert told(source.for_feed(EVERYTHING)) == [("丁", 1), ("乙", 3)]


def test_without_the_original_the_earliest_stands_for_a_story(filled: Filling) -> None:
    withdraw(filled, "甲")
    assert told(filled.source().newest(EVERYTHING)) == [("丁", 1), ("乙", 2)]


def test_without_who_stood_first_in_feeds_the_next_does(filled: Filling) -> None:
    withdraw(filled, "乙")
    assert told(filled.source().for_feed(EVERYTHING)) == [("丁", 1), ("甲", 2)]


def test_a_story(filled: Filling) -> None:
    source, story = filled.source(), filled.row("乙").story
    assert told(source.carriers([story])[story]) == [("甲", 3), ("乙", 3), ("丙", 3)]
    assert addresses(filled, story) == [(story, story, False)]
    for title in ("甲", "丙"):
        withdraw(filled, title)
    assert addresses(filled, story) == [(story, story, True)]
    assert told(filled.source().carriers([story])[story]) == [("乙", 1)]


def addresses(filling: Filling, *names: str) -> list[tuple[str, str, bool]]:
    """Which of these ids have an address below stories/, and what it leads to."""
    found = filling.source().story_addresses(names)
    return [(address.name, address.story, address.taken_back) for address in found]


def test_only_what_had_two_carriers_has_an_address_below_stories(filled: Filling) -> None:
    assert addresses(filled, filled.row("丁").story) == []
    assert filled.source().story_ids() == [filled.row("甲").story]


def test_merged_stories_leave_their_addresses(filling: Filling) -> None:
    page = "https://example.com/page/1"
    filling.night({"a": [Item("a", title="图书馆", link=page)], "b": [replace(TEXT, day=2)]})
    older, younger = (row.id for row in filling.rows())
    filling.night({"c": [replace(TEXT, name="c", link=page)]})
    assert addresses(filling, younger) == [(younger, older, False)]
    assert filling.source().story_ids() == sorted([older, younger])


def test_entries(filled: Filling) -> None:
    source = filled.source()
    ids = [filled.row(title).id for title in ("丁", "撤", "甲")]
    wide = source.entries(ids)
    assert [item.entry.title for item in wide] == ["丁", "甲"]
    assert wide[1].entry.text == LONG
    narrow = source.newest(EVERYTHING)
    assert {(item.entry.html, item.entry.text) for item in narrow} == {("", "")}
    paths = [filled.row(title).path for title in ("甲", "乙", "丙", "丁", "撤")]
    assert [filled_path(filled, name) for name in source.entry_ids()] == sorted(paths)
    story = filled.row("甲").story
    assert [item.entry.original for item in source.carriers([story])[story]] == [True, False, False]
    withdrawn = filled.row("撤")
    assert source.stubs(ids) == [(withdrawn.id, withdrawn.path)]


def filled_path(filled: Filling, name: str) -> str:
    return next(str(row.path) for row in filled.rows() if row.id == name)


@pytest.mark.parametrize(
    ("ref", "found"),
    [
        ("https://example.com/d?utm_source=x", "丁"),
        ("https://example.com/w", None),
        ("https://example.com/no", None),
    ],
)
def test_found(filled: Filling, ref: str, found: str | None) -> None:
    item = filled.source().found([ref]).get(ref)
    assert (item and item.entry.title) == found


def test_an_account(filling: Filling) -> None:
    filling.night(
        {"a": [Item("p", title="一", day=1), Item("q", title="二", day=2), Item("r", title="三", day=3)]}
    )
    source = filling.source()
    assert [item.entry.title for item in source.newest(A, 2)] == ["三", "二"]
    assert [(month.name, month.count) for month in source.months(A)] == [("2026/11", 3)]
    assert [item.entry.title for item in source.oldest(A.within("2026/11"))] == ["一", "二", "三"]
    assert source.standings()["a"].count == 3
    assert source.standings()["a"].newest == source.newest(A, 1)[0].entry.published


@pytest.mark.parametrize(
    ("picks", "exclude", "titles"),
    [
        ([], [], ["丁", "甲"]),
        (["c"], [], ["丁", "甲"]),  # it is of a story that is there already
        ([], ["c"], ["丁"]),  # whichever carrier is named, the story stays out
        (["w", "no"], [], ["丁", "甲"]),
    ],
)
def test_a_column(filled: Filling, picks: list[str], exclude: list[str], titles: list[str]) -> None:
    def refs(names: list[str]) -> list[Ref]:
        return [parse_ref(f"https://example.com/{name}") for name in names]

    rule = Rule(accounts=("a", "b", "c", "d"))
    column = Column("x", "专栏", picks=tuple(map(Pick, refs(picks))), exclude=tuple(refs(exclude)), rule=rule)
    filled.match(columns=(column,))
    found = filled.source().newest(Scope(node="column:x"))
    assert [item.entry.title for item in found] == titles
    months = filled.source().months(Scope(node="column:x"))
    assert [(month.name, month.count) for month in months] == [("2026/11", len(titles))]


def test_the_lists_that_entries_stand_in_and_whose_a_list_is(filled: Filling) -> None:
    one = Column("x", "题", rule=Rule(accounts=("c", "d")))
    filled.match(columns=(one, Column("y", "题", rule=Rule(accounts=("d",)))))
    source, ids = filled.source(), {title: filled.row(title).id for title in "甲丙丁"}
    found = source.nodes_of([*ids.values(), ids["丁"]])
    assert {name: sorted(nodes) for name, nodes in found.items()} == {
        ids["丙"]: ["column:x"],
        ids["丁"]: ["column:x", "column:y"],
    }
    assert source.shares("column:x") == {"c": 1, "d": 1}  # what was withdrawn doesn't count
    assert source.shares("column:z") == {}
