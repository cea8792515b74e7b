"""Files of repost tasks: what they say, and what is wrong with them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from matrixsite.config.settings import Account, Group, Member
from matrixsite.config.source import parse_yaml
from matrixsite.editorial.tasks import Asked, Task, read_task
from tests.store.filling import matrix

ZONE = ZoneInfo("Asia/Shanghai")
SETTINGS = matrix(
    Account("a", "甲", "m", groups=("g",)),
    Account("b", "乙", "m", platform="weibo"),
    Account("c", "丙", "c", groups=("g",), closed=date(2026, 1, 1)),
    groups=(Group("g", "组"),),
    members=(Member("m", "成员"), Member("c", "丙")),
)


def read(more: str, name: str = "heating") -> tuple[Task | None, list[str]]:
    source, problems = parse_yaml(f"title: 供热\n{more}".encode(), "content/tasks/heating.yaml")
    assert source
    assert not problems
    task, problems = read_task(source, name, SETTINGS)
    return task, [f"{one.line} {one.field}: {one.reason}" for one in problems]


def test_a_task() -> None:
    task, problems = read(
        "piece: [https://example.com/p, abcdefgh2345]\nasked: {members: [m], groups: [g], rule: {platforms: [weibo]}}\n"
        "from: 2026-11-20 09:00\ndue: 2026-11-20\nnote: 原题转发\n"
    )
    assert problems == []
    assert task
    assert [ref.text for ref in task.refs] == ["https://example.com/p", "abcdefgh2345"]
    assert task.asked == (
        Asked("m", "成员", ("a", "b"), member=True),
        Asked("a", "甲", ("a",)),
        Asked("b", "乙", ("b",)),
    ), "a closed account is only asked by name"
    assert task.due == datetime(2026, 11, 21, tzinfo=ZONE), "a day lasts to its end"
    assert task.start == datetime(2026, 11, 20, 9, tzinfo=ZONE)


def test_words_are_folded_and_times_may_name_their_zone() -> None:
    task, _ = read("piece: {words: [供熱, ＡＢ]}\nasked: {accounts: [c]}\ndue: 2026-11-20T10:00:00Z\n")
    assert task
    assert (task.words, task.refs) == (("供热", "ab"), ())
    assert (task.due.hour, task.due.tzinfo) == (18, ZONE)
    assert [one.id for one in task.asked] == ["c"]


GOOD = {"piece": "https://example.com/p", "asked": "{members: [m]}", "due": "2026-11-20"}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"piece": "供热"}, "2 piece: "),
        ({"piece": "[]"}, "2 piece: a task without a piece"),
        ({"piece": "{words: []}"}, "2 piece.words: "),
        ({"piece": "{words: [' ']}"}, "2 piece.words.0: a blank word"),
        ({"asked": "{}"}, "3 asked: nobody is asked"),
        ({"asked": "{members: [x]}"}, "3 asked.members.0: `x` is not known here"),
        ({"asked": "{accounts: [m]}"}, "3 asked.accounts.0: "),
        ({"asked": "{rule: {words: [x]}}"}, "3 asked.rule: a rule that asks"),
        ({"asked": "{rule: {platforms: [fax]}}"}, "3 asked.rule.platforms.0: "),
        ({"due": "morgen"}, "4 due: must be a day or a time"),
        ({"due": "2026-11-20\nfrom: 2026-11-21"}, "4 due: it lies before `from`"),
        ({"due": "2026-11-20\nuntil: 1"}, "5 until: unknown key"),
    ],
)
def test_faults(changes: dict[str, str], problem: str) -> None:
    task, problems = read("".join(f"{key}: {value}\n" for key, value in (GOOD | changes).items()))
    assert task is None
    assert any(one.startswith(problem) for one in problems), problems


def test_the_name_of_the_file_is_its_address() -> None:
    _, problems = read("".join(f"{key}: {value}\n" for key, value in GOOD.items()), "供热")
    assert problems == ["0 : the file's name is no id of a task"]
