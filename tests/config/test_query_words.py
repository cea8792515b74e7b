"""Query words: how they may be written, and what can't be meant."""

from __future__ import annotations

import pytest

from matrixsite.config.query_words import faults, query_tree
from matrixsite.config.settings import Query
from tests.nights import Nights

WRITTEN = [
    ("filter_title=停水|停电&limit=20", {"filter_title": ["停水", "停电"], "limit": 20}),
    ("?filterout=%E5%B9%BF%E5%91%8A", {"filterout": ["广告"]}),
    ({"filter": "甲 | 乙"}, {"filter": ["甲", "乙"]}),
    ({"filter": ["甲", "乙"], "limit": 5}, {"filter": ["甲", "乙"], "limit": 5}),
    ({"limit": "many"}, {"limit": "many"}),  # for the validator
    (7, 7),
]


@pytest.mark.parametrize(("written", "tree"), WRITTEN)
def test_ways_to_write_a_query(written: object, tree: object) -> None:
    assert query_tree(written) == tree


@pytest.mark.parametrize(
    ("query", "where"),
    [
        (Query(limit=-1), ("limit",)),
        (Query(filter=("甲", "")), ("filter", 1)),
        (Query(filterout_title=("第.*期",)), ("filterout_title", 0)),
        (Query(filter_title=("^公告",)), ("filter_title", 0)),
    ],
)
def test_what_can_not_be_meant(query: Query, where: tuple[str | int, ...]) -> None:
    assert [path for path, _, _ in faults(query)] == [where]


def test_signs_that_titles_have_are_no_patterns() -> None:
    assert list(faults(Query(filter=("A/B", "“引号”", "3.5", "a-b", "100%")))) == []


def test_in_a_file_with_its_place(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from matrixsite import SettingsError

    nights = Nights(
        tmp_path / "m", [{"id": "a", "query": {"filter_tilte": "x"}}, {"id": "b", "query": "limit=x"}]
    )
    with pytest.raises(SettingsError) as refused:
        nights.load()
    first, second = refused.value.problems
    assert (first.field, "filter_title" in first.mend) == ("accounts.0.query.filter_tilte", True)
    assert second.field == "accounts.1.query"
    nights.set_up([{"id": "a", "query": "filter_title=停水|停电&limit=20"}])
    assert nights.load().settings.accounts[0].query == Query(filter_title=("停水", "停电"), limit=20)
