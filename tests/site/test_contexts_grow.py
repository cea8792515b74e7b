"""What page templates are given only grows within a major version: themes of others rely on it.

contexts.json is what was promised. After adding a value, or a field, run `python -m tests.site.test_contexts_grow`: its
difference shows in review. What is taken away or changed waits for the next major version.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from matrixsite.site import contexts

PROMISED = Path(__file__).with_name("contexts.json")
Shapes = dict[str, dict[str, str]]


def offered() -> Shapes:
    """The fields of every value that templates get, with their types as written."""
    names = [f"{contexts.__name__}.{module.name}" for module in iter_modules(contexts.__path__)]
    found = {
        name: {field.name: str(field.type) for field in fields(value)}
        for module in map(import_module, names)
        for name, value in vars(module).items()
        if isinstance(value, type) and is_dataclass(value) and value.__module__ == module.__name__
    }
    return dict(sorted(found.items()))


def lost(promised: Shapes, now: Shapes) -> list[str]:
    """What was promised and isn't there as it was."""
    return [
        f"{name}.{field}"
        for name, its in promised.items()
        for field, kind in its.items()
        if now.get(name, {}).get(field) != kind
    ]


@pytest.fixture
def promised() -> Shapes:
    read: Shapes = json.loads(PROMISED.read_text(encoding="utf-8"))
    return read


def test_nothing_that_was_promised_is_lost(promised: Shapes) -> None:
    assert lost(promised, offered()) == []


def test_everything_is_promised(promised: Shapes) -> None:
    assert lost(offered(), promised) == []


def test_a_loss_is_seen() -> None:
    assert lost({"A": {"x": "str", "y": "int"}}, {"A": {"x": "bytes"}, "B": {}}) == ["A.x", "A.y"]


if __name__ == "__main__":
    PROMISED.write_text(json.dumps(offered(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
