"""The items of a list in an editors' file, moved with the lines that they stand in.

Comments above an item go where it goes. A list that isn't written an item a line (`picks: [{…}, {…}]`) is written anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from matrixsite.desk.yaml_text import rewritten, written


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the list as it shall be: one that stood there, by its number, or a new one; with these values."""

    values: Mapping[str, Any]  # blank ones are left out
    stood: int | None = None


def with_items(text: str, key: str, items: Sequence[Item]) -> str:
    """The YAML text of a mapping with the items of the list under `key` as given; those not named are gone."""
    blocks = _blocks(text, key)
    values = [item.values for item in items]
    if blocks is None or not items:
        return rewritten(text, lambda tree: _with_list(tree, key, values))
    lines = text.splitlines(keepends=True)
    indent = " " * blocks.column
    made = [line for item in items for line in _lines_of(item, blocks, lines, indent)]
    return "".join((*lines[: blocks.starts[0]], *made, *lines[blocks.starts[-1] :]))


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Where the items of a list lie."""

    starts: tuple[int, ...]  # line of each item with the comments above it, and of what follows the list
    dashes: tuple[int, ...]  # line of each item's dash
    column: int  # of the dashes
    values: tuple[Any, ...]


def _blocks(text: str, key: str) -> _Blocks | None:
    """None where the list isn't there, or isn't written an item a line."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return None
    node = next((value for name, value in root.value if name.value == key), None)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
        return None
    lines = text.splitlines()
    column = node.start_mark.column
    dashes = [one.start_mark.line for one in node.value]
    if any(lines[line][:column].strip() or lines[line][column : column + 1] != "-" for line in dashes):
        return None  # an item whose value begins below its dash
    starts = [_with_comments(line, lines) for line in dashes]
    last = node.value[-1].end_mark
    end = last.line + (last.column > 0)
    while end > dashes[-1] + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1  # what stands below the list belongs to what follows
    loaded = yaml.safe_load(text)[key]
    return _Blocks((*starts, end), tuple(dashes), column, tuple(loaded))


def _with_comments(line: int, lines: Sequence[str]) -> int:
    while line and lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line


def _lines_of(item: Item, blocks: _Blocks, lines: Sequence[str], indent: str) -> list[str]:
    if item.stood is None:
        return _indented(rewritten("", lambda _: [_filled(item.values)]), indent)
    start, end = blocks.starts[item.stood], blocks.starts[item.stood + 1]
    own = [line if line.endswith("\n") else line + "\n" for line in lines[start:end]]
    if _same(blocks.values[item.stood], item.values):
        return own
    text = "".join(line.removeprefix(indent) for line in own)
    return _indented(rewritten(text, lambda tree: [_updated(tree[0], item.values)]), indent)


def _indented(text: str, indent: str) -> list[str]:
    return [indent + line if line.strip() else line for line in text.splitlines(keepends=True)]


def _same(stood: Any, values: Mapping[str, Any]) -> bool:
    its = stood if isinstance(stood, dict) else {"ref": stood}
    return all((its.get(name) or "") == (value or "") for name, value in values.items())


def _updated(tree: Any, values: Mapping[str, Any]) -> Any:
    if not isinstance(tree, dict):
        return _filled(values)
    for name, value in values.items():
        if value:
            tree[name] = written(value)
        else:
            tree.pop(name, None)
    return tree


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: written(value) for name, value in values.items() if value}


def _with_list(tree: Any, key: str, values: Sequence[Mapping[str, Any]]) -> Any:
    tree = {} if tree is None else tree
    if values:
        tree[key] = [_filled(one) for one in values]
    else:
        tree.pop(key, None)
    return tree
