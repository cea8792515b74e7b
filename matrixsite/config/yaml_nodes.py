"""YAML text as libyaml's nodes: composed within bounds, and found again by their paths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

MAX_DEPTH = 50

TAG = "tag:yaml.org,2002:"


class _Loader(yaml.CSafeLoader):
    """libyaml's composer, kept from recursing until the process dies: it calls these for each node."""

    depth = 0

    def descend_resolver(self, current_node: yaml.Node | None, current_index: Any) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise unbuildable(current_node, f"it is nested more than {MAX_DEPTH} deep")

    def ascend_resolver(self) -> None:
        self.depth -= 1


def compose(content: bytes) -> yaml.Node | None:
    """The root node; None for an empty text. Raises yaml.YAMLError, also for a text that is nested too deep."""
    loader = _Loader(content)
    try:
        root: yaml.Node | None = loader.get_single_node()
        return root
    finally:
        loader.dispose()


def line_of(node: yaml.Node | None, path: Sequence[str | int]) -> int:
    """0-based line of the place, or of the nearest part around it that exists."""
    if node is None:
        return 0
    line: int = node.start_mark.line
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        elif isinstance(node, yaml.MappingNode) and (pair := _pair(node, step)):
            node = pair[1]
            line = pair[0].start_mark.line
        else:
            break
    return line


def _pair(mapping: yaml.MappingNode, key: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The key and value nodes of `key`; a merged mapping's where it has none of its own."""
    merged: list[yaml.Node] = []
    for key_node, value_node in mapping.value:
        if key_node.tag == TAG + "merge":
            merged += value_node.value if isinstance(value_node, yaml.SequenceNode) else [value_node]
        elif isinstance(key_node, yaml.ScalarNode) and key_node.value == key:
            return key_node, value_node
    for part in merged:
        if isinstance(part, yaml.MappingNode) and part is not mapping and (pair := _pair(part, key)):
            return pair
    return None


def unbuildable(node: yaml.Node | None, problem: str) -> yaml.MarkedYAMLError:
    """What to raise where the text is YAML that must not be built."""
    return yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark if node else None)
