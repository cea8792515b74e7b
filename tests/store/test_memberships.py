"""What rules match is kept in line with entries and rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from matrixsite.editorial.rules import Rule, compile_rule
from matrixsite.store.memberships import Node, match_rules
from matrixsite.store.schema import change, entry, membership
from tests.nights import Item
from tests.store.filling import ZONE, Filling, matrix

HEATING, ROADS = Rule(words=("供热",)), Rule(accounts=("b",))


def matched(filling: Filling, zone: ZoneInfo = ZONE, **rules: Rule) -> dict[str, list[str]]:
    """Titles by rule, after matching."""
    with filling.database.write() as connection:
        match_rules(
            connection,
            {node: Node(compile_rule(rule, filling.settings)) for node, rule in rules.items()},
            zone,
        )
        query = select(membership.c.node, entry.c.title).join(entry, entry.c.id == membership.c.entry)
        found: dict[str, list[str]] = {}
        for node, title in connection.execute(query.order_by(membership.c.node, entry.c.title)):
            found.setdefault(node, []).append(title)
        return found


def test_new_entries_and_corrected_ones(filling: Filling) -> None:
    filling.night({"a": [Item("p", title="供热通知"), Item("q", title="停水通知")]})
    assert matched(filling, x=HEATING) == {"x": ["供热通知"]}
    filling.night(
        {"a": [Item("p", title="停气通知"), Item("q", title="停水通知"), Item("r", title="供热二")]}
    )
    assert matched(filling, x=HEATING) == {"x": ["供热二"]}


def test_an_edited_rule_looks_at_every_entry(filling: Filling) -> None:
    filling.night({"a": [Item("p", title="供热通知")], "b": [Item("q", title="修路")]})
    assert matched(filling, x=HEATING) == {"x": ["供热通知"]}
    assert matched(filling, x=ROADS) == {"x": ["修路"]}
    assert matched(filling, x=ROADS, y=HEATING) == {"x": ["修路"], "y": ["供热通知"]}


def test_a_rule_that_goes_takes_its_members_along(filling: Filling) -> None:
    filling.night({"a": [Item("p", title="供热通知")]})
    matched(filling, x=HEATING)
    assert matched(filling) == {}
    assert matched(filling, x=HEATING) == {"x": ["供热通知"]}


def test_days_are_those_of_the_zone(filling: Filling) -> None:
    filling.night({"a": [Item("p", title="供热通知", day=1)]})  # 8 o'clock in Shanghai
    rule = replace(HEATING, since=date(2026, 11, 1))
    assert matched(filling, x=rule) == {"x": ["供热通知"]}
    assert matched(filling, ZoneInfo("America/Los_Angeles"), x=rule) == {}


RUMOUR = Node(compile_rule(Rule(topics=("辟谣",)), matrix("a")))
ASKING = Rule(kinds=("rumour",))


def _told(filling: Filling, since: int) -> set[str]:
    """Titles of the entries that the outbox tells of after a change."""
    return {row.title for row in filling.rows() if row.id in _ids(filling, since)}


def _ids(filling: Filling, since: int) -> set[str]:
    with filling.database.read() as connection:
        query = select(change.c.key).where(change.c.seq > since, change.c.kind == "entry")
        return set(connection.scalars(query))


def _match(filling: Filling, nodes: dict[str, Node]) -> dict[str, list[str]]:
    with filling.database.write() as connection:
        match_rules(connection, nodes, ZONE)
        query = select(membership.c.node, entry.c.title).join(entry, entry.c.id == membership.c.entry)
        found: dict[str, list[str]] = {}
        for node, title in connection.execute(query.order_by(membership.c.node, entry.c.title)):
            if not node.startswith("topic:"):
                found.setdefault(node, []).append(title)
        return found


def test_a_rule_that_asks_for_a_kind_follows_it(filling: Filling) -> None:
    filling.night({"a": [Item("p", title="甲", text="#辟谣# 不实"), Item("q", title="乙")]})
    asking = Node(compile_rule(ASKING, filling.settings))
    assert _match(filling, {"kind:rumour": RUMOUR, "column:c": asking}) == {
        "kind:rumour": ["甲"],
        "column:c": ["甲"],
    }
    by_hand = replace(RUMOUR, picks=frozenset({filling.row("乙").id}))
    assert _match(filling, {"kind:rumour": by_hand, "column:c": asking})["column:c"] == ["乙", "甲"]
    filling.night({"a": [Item("r", title="丙", text="#辟谣# 也不实")]})
    assert _match(filling, {"kind:rumour": by_hand, "column:c": asking})["column:c"] == ["丙", "乙", "甲"]
    assert _match(filling, {"column:c": asking}) == {}


def test_entries_hear_of_the_kinds_that_their_pages_name(filling: Filling) -> None:
    filling.night({"a": [Item("p", title="甲", text="#辟谣# 不实"), Item("q", title="乙")]})
    column = Node(compile_rule(Rule(accounts=("a",)), filling.settings))
    before = filling.source().latest()
    _match(filling, {"kind:rumour": replace(RUMOUR, title="辟谣"), "column:c": column})
    assert _told(filling, before) == {"甲"}
    before = filling.source().latest()
    _match(filling, {"kind:rumour": replace(RUMOUR, title="辟谣台"), "column:c": replace(column, title="新")})
    assert _told(filling, before) == {"甲"}
    before = filling.source().latest()
    _match(filling, {"column:c": column})
    assert _told(filling, before) == {"甲"}
    before = filling.source().latest()
    _match(filling, {"column:c": column})
    assert filling.source().latest() == before
