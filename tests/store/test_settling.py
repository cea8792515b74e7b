"""Editors' words and settings reach the stored status."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from matrixsite.config.settings import Account, Group, Holds, Publish
from matrixsite.editorial.decisions import Scope, Withdrawal
from matrixsite.editorial.refs import parse_ref
from matrixsite.model import Status
from matrixsite.store.schema import change, revision
from tests.nights import LONG, Item
from tests.store.filling import Filling, matrix

SHOWN, HELD, WITHDRAWN, GONE, DORMANT = Status
TEXT = Item("t", title="图书馆", text=LONG)
HOLDING = Account("a", "a", "a", publish=Publish.HOLD)


def withdrawal(ref: str, scope: Scope = Scope.ENTRY, *, purge: bool = False) -> tuple[Withdrawal, ...]:
    return (Withdrawal(parse_ref(ref), "有误", scope, purge=purge),)


@pytest.mark.parametrize("ref", ["id", "https://example.com/p"])
def test_approve_and_take_it_back(filling: Filling, ref: str) -> None:
    filling.settings = matrix(HOLDING)
    filling.night({"a": [Item("p", title="甲"), Item("q", title="乙")]})
    assert filling.statuses() == {"甲": HELD, "乙": HELD}
    filling.settle(approved=(parse_ref(filling.row("甲").id if ref == "id" else ref),))
    assert filling.statuses() == {"甲": SHOWN, "乙": HELD}
    filling.settle(approved=())
    assert filling.statuses() == {"甲": HELD, "乙": HELD}


def test_an_approval_may_come_before_its_entry(filling: Filling) -> None:
    filling.settings = matrix(HOLDING)
    filling.settle(approved=(parse_ref("https://example.com/p"),))
    filling.night({"a": [Item("p", title="甲")]})
    assert filling.statuses() == {"甲": SHOWN}


def test_withdraw_an_entry_and_take_it_back(filling: Filling) -> None:
    filling.night({"a": [TEXT], "b": [replace(TEXT, name="b", title="图书馆二")]})
    filling.settle(withdrawn=withdrawal(filling.row("图书馆").id))
    assert filling.statuses() == {"图书馆": WITHDRAWN, "图书馆二": SHOWN}
    filling.settle(withdrawn=())
    assert filling.statuses() == {"图书馆": SHOWN, "图书馆二": SHOWN}


def test_a_withdrawn_story_takes_later_carriers_along(filling: Filling) -> None:
    filling.night({"a": [TEXT], "b": [Item("other", title="别的")]})
    filling.settle(withdrawn=withdrawal(filling.row("图书馆").id, Scope.STORY))
    filling.night({"c": [replace(TEXT, name="c", title="图书馆二")]})
    assert filling.statuses() == {"图书馆": WITHDRAWN, "图书馆二": WITHDRAWN, "别的": SHOWN}
    filling.settle(withdrawn=())
    assert set(filling.statuses().values()) == {SHOWN}


def test_a_withdrawal_outlives_the_id_of_its_story(filling: Filling) -> None:
    page = "https://example.com/page/1"
    filling.night({"a": [replace(TEXT, name="a", text="详见网页", link=page)]})
    filling.night({"b": [TEXT]})
    older, younger = filling.rows()
    filling.settle(withdrawn=withdrawal(younger.id, Scope.STORY))
    filling.take([])
    filling.night({"c": [replace(TEXT, name="c", link=page)]})
    assert {(row.story, row.status) for row in filling.rows()} == {(older.id, WITHDRAWN)}
    filling.settle(withdrawn=())
    assert set(filling.statuses().values()) == {SHOWN}


def test_erased_words_are_gone_and_the_entry_never_comes_back(filling: Filling) -> None:
    filling.night({"a": [TEXT]})
    filling.night({"a": [replace(TEXT, text=LONG + "更正。")]})
    name = filling.row("图书馆").id
    filling.settle(withdrawn=withdrawal(name, purge=True))
    assert filling.statuses() == {"": WITHDRAWN}
    with filling.database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(revision)) == 0
    filling.settle(withdrawn=())
    assert filling.statuses() == {"": GONE}


def test_erasing_later_reaches_the_site(filling: Filling) -> None:
    filling.night({"a": [TEXT]})
    name = filling.row("图书馆").id
    filling.settle(withdrawn=withdrawal(name))
    before = filling.row("图书馆").version
    filling.settle(withdrawn=withdrawal(name, purge=True))
    assert filling.row("").version > before


def test_an_account_leaves_and_returns(filling: Filling) -> None:
    filling.night({"a": [TEXT], "b": [Item("other", title="别的")]})
    filling.settings = matrix("b")
    filling.settle()
    assert filling.statuses() == {"图书馆": DORMANT, "别的": SHOWN}
    filling.settings = matrix("a", "b")
    filling.settle()
    assert set(filling.statuses().values()) == {SHOWN}


def test_hold_words_may_change(filling: Filling) -> None:
    filling.night({"a": [Item("p", title="內部通知"), Item("q", title="公开通知")]})
    filling.settings = matrix("a", holds=Holds(words=("内部",)))
    filling.settle()
    assert filling.statuses() == {"內部通知": HELD, "公开通知": SHOWN}
    filling.settings = matrix("a", holds=Holds(words=("公开",)))
    filling.settle()
    assert filling.statuses() == {"內部通知": SHOWN, "公开通知": HELD}


def test_a_group_holds_its_accounts(filling: Filling) -> None:
    filling.night({"a": [TEXT], "b": [Item("other", title="别的")]})
    group = Group("g", "组", publish=Publish.HOLD)
    filling.settings = matrix(Account("a", "a", "a", groups=("g",)), "b", groups=(group,))
    filling.settle()
    assert filling.statuses() == {"图书馆": HELD, "别的": SHOWN}


def test_settling_again_changes_nothing(filling: Filling) -> None:
    filling.night({"a": [TEXT]})
    filling.settle(withdrawn=withdrawal(filling.row("图书馆").id))

    def latest() -> int:
        with filling.database.read() as connection:
            return connection.scalar(select(func.max(change.c.seq))) or 0

    before = latest()
    filling.settle()
    assert latest() == before
