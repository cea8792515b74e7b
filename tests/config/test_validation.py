from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

import pytest

from matrixsite.config.source import parse_yaml
from matrixsite.config.validation import validate, validate_each


class Level(StrEnum):
    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True)
class Winner:
    name: str
    by: tuple[str | Winner, ...] = ()


@dataclass(frozen=True, slots=True)
class Roll:
    title: str
    level: Level = Level.LOW
    from_: date | None = None
    count: int = 0
    share: float = 0.0
    open: bool = False
    winners: tuple[str | Winner, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    inner: Roll | None = None


def outcome(text: str, expected: Any = Roll) -> tuple[Any, list[tuple[int, str, str, str]]]:
    source, problems = parse_yaml(text, "f.yaml")
    assert source is not None
    assert problems == []
    value, problems = validate(expected, source.tree, source)
    return value, [(each.line, each.field, each.reason, each.mend) for each in problems]


def test_a_valid_tree_becomes_the_value() -> None:
    text = "{title: x, level: high, from: 2024-01-31, winners: [a, {name: b, by: [c]}], inner: {title: y}}"
    value, problems = outcome(text)
    assert problems == []
    assert value == Roll(
        "x", Level.HIGH, date(2024, 1, 31), winners=("a", Winner("b", ("c",))), inner=Roll("y")
    )


KNOWN = "Known are: by, name."
FAULTS = [
    ("", 1, "title", "this key is required", "Add `title: …`."),
    ("- 1", 1, "", "must be a mapping, not a list", "Write it as `key: value`."),
    ("title: x\ntitel: y", 2, "titel", "unknown key", "Did you mean `title`?"),
    ("title: x\nfrom_: 2024-01-31", 2, "from_", "unknown key", "Did you mean `from`?"),
    ("title: 5", 1, "title", "must be text, not `5`", "Put quotes around it."),
    ("title: no", 1, "title", "must be text, not false", "Put quotes around it."),
    ("title: 2024-01-31", 1, "title", "must be text, not `2024-01-31`", "Put quotes around it."),
    ("title: [x]", 1, "title", "must be text, not a list", "Write one value."),
    ("title: x\nlevel: hihg", 2, "level", "`hihg` is not one of low, high", "Did you mean `high`?"),
    ("title: x\nfrom: soon", 2, "from", "must be a date, not `soon`", "Write it as 2024-01-31."),
    ("title: x\ncount: many", 2, "count", "must be a whole number, not `many`", "Write a whole number."),
    ("title: x\nshare: much", 2, "share", "must be a number, not `much`", "Write a number."),
    ("title: x\nopen: maybe", 2, "open", "must be true or false, not `maybe`", "Write true or false."),
    ("title: x\nwinners: a", 2, "winners", "must be a list, not `a`", "Write it as a list: [one, two]."),
    ("title: x\nwinners:\n- 1", 3, "winners.0", "must be text, not `1`", "Put quotes around it."),
    ("title: x\nwinners:\n- {nam: a, name: b}", 3, "winners.0.nam", "unknown key", "Did you mean `name`?"),
    ("title: x\nwinners:\n- {name: b, z: a}", 3, "winners.0.z", "unknown key", KNOWN),
    (
        "title: x\nwinners:\n- [a]",
        3,
        "winners.0",
        "must be a mapping or text, not a list",
        "Correct the value.",
    ),
    ("title: x\ncounts: {a: z}", 2, "counts.a", "must be a whole number, not `z`", "Write a whole number."),
    ("title: x\ninner:\n  titel: z\n  title: z", 3, "inner.titel", "unknown key", "Did you mean `title`?"),
    (
        "title: [x, 'http://me:secret@h.org/?token=y']\n",
        1,
        "title",
        "must be text, not a list",
        "Write one value.",
    ),
]


@pytest.mark.parametrize(("text", "line", "name", "reason", "mend"), FAULTS)
def test_faults(text: str, line: int, name: str, reason: str, mend: str) -> None:
    assert outcome(text) == (None, [(line, name, reason, mend)])


def test_all_faults_come_at_once() -> None:
    _, problems = outcome("level: x\nzzz: 1\nwinners:\n- 1\n- {by: [{name: 2}]}\n- ok")
    assert [name for _, name, _, _ in problems] == [
        "title",
        "level",
        "winners.0",
        "winners.1.name",
        "winners.1.by.0.name",
        "zzz",
    ]


def test_messages_keep_credentials_to_themselves() -> None:
    _, [(_, _, reason, _)] = outcome("title: x\ncount: http://me:secret@host/feed?token=secret")
    assert "host/feed" in reason
    assert "secret" not in reason


def test_the_root_may_be_a_list() -> None:
    assert outcome("- {name: a}", tuple[Winner, ...]) == ((Winner("a"),), [])
    assert outcome("", tuple[Winner, ...]) == ((), [])
    _, problems = outcome("- {name: a}\n- {}", tuple[Winner, ...])
    assert [(line, name) for line, name, _, _ in problems] == [(2, "1.name")]


def test_good_items_survive_bad_ones() -> None:
    source, _ = parse_yaml("- {name: a}\n- {name: 1}\n- {name: c}", "f.yaml")
    assert source is not None
    values, problems = validate_each(Winner, source.tree, source, ())
    assert values == {0: Winner("a"), 2: Winner("c")}
    assert [problem.field for problem in problems] == ["1.name"]
