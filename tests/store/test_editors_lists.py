"""The editors' lists as nodes: what names an entry stands in them, what names none doesn't."""

from __future__ import annotations

from datetime import date

from matrixsite.editorial.campaigns import Campaign
from matrixsite.editorial.columns import Column
from matrixsite.editorial.content import Content
from matrixsite.editorial.content_kinds import ContentKind, Rebuttal, Rebutted
from matrixsite.editorial.entries import HandEntry
from matrixsite.editorial.picks import Pick
from matrixsite.editorial.refs import Ref, parse_ref
from matrixsite.editorial.rules import Rule
from matrixsite.editorial.series import Series
from matrixsite.store.editors_lists import editors_lists
from matrixsite.store.memberships import Node
from tests.nights import Item
from tests.store.filling import Filling


def _nodes(filling: Filling, content: Content) -> dict[str, Node]:
    with filling.database.read() as connection:
        return editors_lists(connection, filling.settings, content)


def _ref(name: str) -> Ref:
    return parse_ref(f"https://example.com/{name}")


def test_each_sort_of_list_has_its_node(filling: Filling) -> None:
    filling.night({"a": ["p"], "b": ["q"]})
    p, q = (filling.row(f"标题 {name}").id for name in "pq")
    nodes = _nodes(
        filling,
        Content(
            columns=(Column("x", "专栏", picks=(Pick(_ref("p")), Pick(_ref("none"))), exclude=(_ref("q"),)),),
            series=(Series("x", "系列", rule=Rule(words=("题",)), accounts=("b",)),),
            campaigns=(Campaign("x", "活动", topics=("跑",), starts=date(2026, 11, 1)),),
        ),
    )
    column = nodes["column:x"]
    assert (set(column.picks), set(column.left_out)) == ({p}, {q})
    series, campaign = nodes["series:x"].predicate, nodes["campaign:x"].predicate
    assert series is not None
    assert campaign is not None
    assert set(series.accounts or ()) == {"b"}
    assert (set(campaign.topics), campaign.since) == ({"跑"}, date(2026, 11, 1))


def test_entries_by_hand_bear_the_kinds_that_editors_gave_them(filling: Filling) -> None:
    filling.night({"a": ["p"]})
    entries = (
        HandEntry("https://example.com/p", "a", "题", date(2026, 11, 1), kinds=frozenset({"letter"})),
        HandEntry("https://", "a", "题", date(2026, 11, 1), kinds=frozenset({"letter"})),
    )
    kinds = (ContentKind("letter", "公开信"), ContentKind("rumour", "辟谣"))
    nodes = _nodes(filling, Content(kinds=kinds, entries=entries))
    assert nodes["kind:letter"].picks == {filling.row("标题 p").id}
    assert nodes["kind:rumour"].picks == frozenset()


def test_what_rebuts_and_what_is_rebutted_hear_of_each_other(filling: Filling) -> None:
    filling.night({"a": [Item("p"), Item("q")]})
    both = {filling.row("标题 p").id, filling.row("标题 q").id}
    rebuts = (Rebutted(_ref("q")), Rebutted(_ref("elsewhere"), "谣言"))
    kind = ContentKind("rumour", "辟谣", rebuttals=(Rebuttal(_ref("p"), rebuts),))
    (first,) = (node for name, node in _nodes(filling, Content(kinds=(kind,))).items() if "rebuttal" in name)
    assert first.picks == both
    fewer = ContentKind("rumour", "辟谣", rebuttals=(Rebuttal(_ref("p"), rebuts[:1]),))
    (second,) = (
        node for name, node in _nodes(filling, Content(kinds=(fewer,))).items() if "rebuttal" in name
    )
    assert second.picks == both
    assert second.title != first.title
