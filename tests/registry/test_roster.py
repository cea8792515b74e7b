"""Who is in the matrix on a day, and what lies between two days: tables, and what holds of any matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.config.settings import Account, Batch, Closure, FormerName, Member, Settings, Site
from matrixsite.registry.roster import (
    GONE,
    Change,
    ChangeKind,
    Roster,
    RosterLine,
    difference,
    name_on,
    predecessors,
    roster_of_batch,
    roster_on,
    succession,
)

START = date(2024, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def matrix(*accounts: Account, batches: Sequence[Batch] = ()) -> Settings:
    members = (Member("city", "市政府", ("g",)),)
    here = Path()
    return Settings(
        here,
        here,
        here,
        "",
        Site("x", "https://h.org"),
        members=members,
        accounts=accounts,
        batches=tuple(batches),
    )


FABU = Account("fabu", "青山发布", "city", joined=day(0))
LATE = Account("late", "后来", "late", joined=day(10))
CLOSES = Account("old", "旧号", "old", closed=day(5), closure=Closure.MERGED, successor="fabu")
MATRIX = matrix(FABU, LATE, CLOSES)


@pytest.mark.parametrize(
    ("number", "inside", "departed"),
    [
        (-1, {"old"}, set()),
        (0, {"fabu", "old"}, set()),
        (4, {"fabu", "old"}, set()),
        (5, {"fabu"}, {"old"}),  # the day of closing is the first without it
        (10, {"fabu", "late"}, {"old"}),
    ],
)
def test_who_is_in_on_a_day(number: int, inside: set[str], departed: set[str]) -> None:
    roster = roster_on(MATRIX, day(number))
    assert (set(roster.lines), set(roster.departed)) == (inside, departed)


def test_an_account_is_listed_in_the_groups_of_its_member() -> None:
    assert roster_on(MATRIX, day(0)).lines["fabu"].groups == ("g",)


def test_a_difference_says_what_became_of_each() -> None:
    renamed = replace(FABU, former_names=(FormerName("青山微发布", day(8)),))
    moved = Account("moved", "搬家", "moved", closed=day(9), closure=Closure.MOVED)
    settings = matrix(renamed, LATE, CLOSES, moved)
    changes = difference(roster_on(settings, day(2)), roster_on(settings, day(20)))
    assert [(one.kind, one.line.id, one.before, one.after, one.day) for one in changes] == [
        (ChangeKind.JOINED, "late", "", "", None),
        (ChangeKind.MERGED, "old", "", "fabu", day(5)),
        (ChangeKind.MOVED, "moved", "", "", day(9)),
        (ChangeKind.RENAMED, "fabu", "青山微发布", "青山发布", None),
    ]


def test_two_matrices_differ_in_what_has_no_date() -> None:
    now = matrix(replace(FABU, member="other", platform="weibo", account_class="media", groups=("h",)))
    changes = difference(roster_on(MATRIX, day(0)), roster_on(now, day(0)))
    assert [(one.kind, one.line.id, one.before, one.after) for one in changes] == [
        (ChangeKind.LEFT, "old", "", ""),
        (ChangeKind.MEMBER, "fabu", "city", "other"),
        (ChangeKind.CLASS, "fabu", "", "media"),
        (ChangeKind.PLATFORM, "fabu", "website", "weibo"),
        (ChangeKind.GROUPS, "fabu", "g", "h"),
    ]


FIRST, SECOND = Batch("one", "首批", day(0)), Batch("two", "第二批", day(30))


def test_a_batch_has_joined_whatever_day_its_accounts_did() -> None:
    accounts = (
        Account("a", "A", "a", batch="one", joined=day(3)),
        Account("b", "B", "b", batch="two", joined=day(-3)),
        Account("c", "C", "c", joined=day(1)),
        Account("d", "D", "d", batch="two"),
    )
    settings = matrix(*accounts, batches=(FIRST, SECOND))
    assert roster_of_batch(settings, FIRST).lines.keys() == {"a"}
    assert roster_of_batch(settings, SECOND).lines.keys() == {"a", "b", "c", "d"}
    assert roster_on(settings, day(29)).lines.keys() == {"a", "b", "c"}  # d joined on the day of its batch


def test_a_batch_without_a_date_can_not_be_compared() -> None:
    with pytest.raises(ValueError, match="no date"):
        roster_of_batch(MATRIX, Batch("x", "X"))


NAMES = (FormerName("最早"), FormerName("中间", day(5)), FormerName("此前", day(9)))


@pytest.mark.parametrize(("number", "name"), [(4, "中间"), (5, "此前"), (8, "此前"), (9, "今名")])
def test_names_of_earlier_days(number: int, name: str) -> None:
    assert name_on(Account("a", "今名", "a", former_names=NAMES), day(number)) == name


def test_the_chain_of_successors() -> None:
    accounts = {
        name: Account(name, name, name, successor=after)
        for name, after in (
            ("a", "b"),
            ("b", "c"),
            ("c", ""),
            ("d", "c"),
            ("e", "gone"),
            ("x", "y"),
            ("y", "x"),
        )
    }
    assert [succession(name, accounts) for name in ("a", "c", "e", "x", "nobody")] == [
        ("b", "c"),
        (),
        (),
        ("y",),
        (),
    ]
    assert predecessors(accounts.values())["c"] == ["b", "d"]


days = st.one_of(st.none(), st.integers(0, 40).map(day))
names = st.sampled_from("abcdef")


@st.composite
def accounts(draw: st.DrawFn, name: str) -> Account:
    """One that never closes before it joined."""
    joined, closed = draw(days), draw(days)
    if joined and closed and closed < joined:
        joined, closed = closed, joined
    return Account(
        name,
        draw(st.sampled_from(("甲", "乙"))),
        draw(st.sampled_from(("city", name))),
        draw(st.sampled_from(("wechat", "weibo"))),
        draw(st.sampled_from(((), ("g",), ("g", "h")))),
        account_class=draw(st.sampled_from(("", "media"))),
        former_names=tuple(FormerName("旧", until) for until in sorted(filter(None, [draw(days)]))),
        joined=joined,
        closed=closed,
        closure=draw(st.sampled_from((None, *Closure))) if closed else None,
        successor=draw(st.one_of(st.just(""), names)),
    )


matrices = (
    st.sets(names)
    .flatmap(lambda ids: st.tuples(*map(accounts, sorted(ids))))
    .map(lambda found: matrix(*found))
)
numbers = st.integers(-1, 41)


def applied(roster: Roster, changes: Sequence[Change]) -> dict[str, RosterLine]:
    """The lines of the other roster."""
    lines = dict(roster.lines)
    fields = {
        ChangeKind.RENAMED: "name",
        ChangeKind.MEMBER: "member",
        ChangeKind.CLASS: "account_class",
        ChangeKind.PLATFORM: "platform",
    }
    for one in changes:
        if one.kind is ChangeKind.JOINED:
            lines[one.line.id] = one.line
        elif one.kind in GONE:
            del lines[one.line.id]
        elif one.kind is ChangeKind.GROUPS:
            groups = tuple(one.after.split(";")) if one.after else ()
            lines[one.line.id] = replace(lines[one.line.id], groups=groups)
        else:
            assert getattr(lines[one.line.id], fields[one.kind]) == one.before
            changed: Any = {fields[one.kind]: one.after}
            lines[one.line.id] = replace(lines[one.line.id], **changed)
    return lines


@given(matrices, matrices, numbers, numbers)
def test_a_difference_leads_from_one_roster_to_the_other(
    was: Settings, now: Settings, first: int, second: int
) -> None:
    before, after = roster_on(was, day(first)), roster_on(now, day(second))
    assert applied(before, difference(before, after)) == after.lines


@given(matrices, numbers)
def test_nothing_differs_from_itself(settings: Settings, number: int) -> None:
    roster = roster_on(settings, day(number))
    assert difference(roster, roster) == ()
    assert not roster.lines.keys() & roster.departed.keys()


@given(matrices)
def test_chains_end_and_name_nobody_twice(settings: Settings) -> None:
    by_id = {account.id: account for account in settings.accounts}
    for name in by_id:
        chain = succession(name, by_id)
        assert len({name, *chain}) == len(chain) + 1
        assert set(chain) <= by_id.keys()
