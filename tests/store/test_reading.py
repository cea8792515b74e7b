"""The site's questions, answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matrixsite.editorial.columns import Column
from matrixsite.editorial.decisions import Withdrawal
from matrixsite.editorial.picks import Pick
from matrixsite.editorial.refs import parse_ref
from matrixsite.editorial.rules import Rule, compile_rule
from matrixsite.store.memberships import match_rules
from tests.nights import LONG, Item
from tests.store.filling import ZONE, Filling

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
    assert told(source.newest_stories()) == [("丁", 1), ("甲", 3)]
    assert told(source.feed_stories()) == [("丁", 1), ("乙", 3)]


def test_without_the_original_the_earliest_stands_for_a_story(filled: Filling) -> None:
    withdraw(filled, "甲")
    assert told(filled.source().newest_stories()) == [("丁", 1), ("乙", 2)]


def test_without_who_stood_first_in_feeds_the_next_does(filled: Filling) -> None:
    withdraw(filled, "乙")
    assert told(filled.source().feed_stories()) == [("丁", 1), ("甲", 2)]


def test_a_story(filled: Filling) -> None:
    source, story = filled.source(), filled.row("乙").story
    assert told(source.carriers(story)) == [("甲", 3), ("乙", 3), ("丙", 3)]
    assert source.shared_stories() == [story]
    assert source.former_stories() == []
    for title in ("甲", "丙"):
        withdraw(filled, title)
    assert filled.source().former_stories() == [(story, story)]
    assert filled.source().shared_stories() == []


def test_merged_stories_leave_their_addresses(filling: Filling) -> None:
    page = "https://example.com/page/1"
    filling.night({"a": [Item("a", title="页", link=page)], "b": [replace(TEXT, day=2)]})
    older, younger = filling.row("页").id, filling.row("图书馆").id
    filling.night({"c": [replace(TEXT, name="c", title="桥", link=page)]})
    assert filling.source().former_stories() == [(younger, older)]


def test_entries(filled: Filling) -> None:
    source = filled.source()
    ids = [filled.row(title).id for title in ("丁", "撤", "甲")]
    wide = source.entries(ids)
    assert [item.entry.title for item in wide] == ["丁", "甲"]
    assert wide[1].entry.text == LONG
    narrow = source.shown_entries()
    assert [item.entry.path for item in narrow] == sorted(item.entry.path for item in narrow)
    assert {(item.entry.html, item.entry.text, item.has_html) for item in narrow} == {("", "", True)}
    assert [item.entry.original for item in source.carriers(filled.row("甲").story)] == [True, False, False]
    assert source.withdrawn_paths() == [filled.row("撤").path]


@pytest.mark.parametrize(
    ("ref", "found"),
    [
        ("https://example.com/d?utm_source=x", "丁"),
        ("https://example.com/w", None),
        ("https://example.com/no", None),
    ],
)
def test_find(filled: Filling, ref: str, found: str | None) -> None:
    item = filled.source().find(ref)
    assert (item and item.entry.title) == found


def test_an_account(filling: Filling) -> None:
    filling.night(
        {"a": [Item("p", title="一", day=1), Item("q", title="二", day=2), Item("r", title="三", day=3)]}
    )
    source = filling.source()
    assert [item.entry.title for item in source.newest_of("a", 2)] == ["三", "二"]
    assert [(month.name, month.count) for month in source.months_of("a")] == [("2026/11", 3)]
    assert [item.entry.title for item in source.entries_of_month("a", "2026/11")] == ["一", "二", "三"]
    assert source.standings()["a"].count == 3
    assert source.standings()["a"].newest == source.newest_of("a", 1)[0].entry.published


@pytest.mark.parametrize(
    ("fields", "titles"),
    [
        ({}, ["丁", "甲"]),
        ({"limit": 1}, ["丁"]),
        ({"picks": ["c"]}, ["丙", "丁"]),
        ({"exclude": ["c"]}, ["丁"]),  # whichever carrier is named, the story stays out
        ({"picks": ["w", "no"]}, ["丁", "甲"]),
    ],
)
def test_a_column(filled: Filling, fields: dict[str, object], titles: list[str]) -> None:
    def refs(name: str) -> list[object]:
        names = fields.get(name, [])
        assert isinstance(names, list)
        return [parse_ref(f"https://example.com/{each}") for each in names]

    picks = tuple(Pick(ref, "荐") for ref in refs("picks"))  # type: ignore[arg-type]
    limit = fields.get("limit", 10)
    assert isinstance(limit, int)
    rule = Rule(accounts=("a", "b", "c", "d"))
    column = Column("x", "专栏", picks=picks, exclude=tuple(refs("exclude")), rule=rule)  # type: ignore[arg-type]
    with filled.database.write() as connection:
        match_rules(connection, {"column:x": compile_rule(rule, filled.settings)}, ZONE)
    found = filled.source(columns=(column,)).column_stories("x", limit)
    assert [item.entry.title for item in found] == titles
    assert [item.note for item in found[: len(picks)] if item.entry.title == "丙"] == ["荐"] * (
        "丙" in titles
    )
