"""Sums of accounts, and who stands behind them."""

from __future__ import annotations

from pathlib import Path

from matrixsite.config.settings import Account, Member, Organisation, Settings, Site
from matrixsite.registry.bodies import bodies
from matrixsite.registry.counting import Total, counts, totals
from matrixsite.registry.roster import RosterLine

LINES = (
    RosterLine("a", "A", "a", "wechat", "media", ("g", "h")),
    RosterLine("b", "B", "b", "wechat", "", ("h",)),
    RosterLine("c", "C", "c", "weibo", "media"),
)


def test_counts_are_by_size_then_name() -> None:
    assert counts(["b", "a", "c", "c"]) == (("c", 2), ("a", 1), ("b", 1))


def test_an_account_counts_in_each_of_its_groups() -> None:
    assert totals(LINES, lambda line: line.groups, lambda line: line.platform) == (
        Total("h", 2, {"wechat": 2}),
        Total("g", 1, {"wechat": 1}),
    )


def test_parts_add_up() -> None:
    found = totals(LINES, lambda line: (line.platform,), lambda line: line.account_class)
    assert [(one.of, one.accounts, one.parts) for one in found] == [
        ("wechat", 2, {"media": 1, "": 1}),
        ("weibo", 1, {"media": 1}),
    ]


def test_bodies_are_whoever_is_named_and_whoever_is_listed() -> None:
    here, press, idle = Path(), Organisation("press", "印务"), Organisation("idle", "闲置")
    city, other = Member("city", "市政府"), Member("other", "其他")
    settings = Settings(
        here,
        here,
        here,
        "",
        Site("x", "https://h.org"),
        members=(city, other),
        organisations=(press, idle),
        accounts=(
            Account("a", "A", "city", sponsor="city", operator="press"),
            Account("b", "B", "other", sponsor="city", undertaker="city"),
        ),
    )
    found = bodies(settings)
    assert [(key, body.one, dict(body.roles), body.accounts) for key, body in found.items()] == [
        ("city", city, {"sponsor": ("a", "b"), "undertaker": ("b",)}, 2),
        ("press", press, {"operator": ("a",)}, 1),
        ("idle", idle, {}, 0),
    ]
