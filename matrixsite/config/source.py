"""YAML text read into a plain tree that still knows the line of each of its parts.

Knows nothing of the matrix: settings and editors' files are both read here. Beyond YAML's own rules a key may
stand only once in a mapping, only plain values are allowed (no tags that build objects), and nesting and
the growth by aliases are bounded, so that no file can exhaust the machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from matrixsite.config.yaml_nodes import TAG, compose, line_of, unbuildable
from matrixsite.errors import Problem

FieldPath = tuple[str | int, ...]

# what XML 1.0 (section 2.2) and UTF-8 can't carry: it would break the feeds that name an account
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

MAX_ALIASED = 1_000_000  # nodes that aliases may add to those written out


@dataclass(frozen=True)
class Source:
    """One file read: its tree of dicts, lists and scalars, and the way from a place in it to a line.

    Keys of mappings are text as written (`on:` is "on", `2022:` is "2022"). A key without a value is left out
    of the tree, as if it were not there. Dates are `date` and `datetime`. An empty file has the tree None.
    """

    file: str
    tree: Any
    locate: Callable[[FieldPath], int]

    def problem(self, path: Sequence[str | int], reason: str, mend: str) -> Problem:
        """A problem at `path`; for a place that isn't there, with the line of what should hold it."""
        return Problem(self.file, self.locate(tuple(path)), dotted(path), reason, mend)


def dotted(path: Sequence[str | int]) -> str:
    """accounts.3.platform: how a place in a tree is named to people."""
    return ".".join(map(str, path))


def read_bytes(path: Path, file: str) -> tuple[bytes, list[Problem]]:
    """The bytes of the file at `path`, which problems call `file`; empty where it can't be read."""
    try:
        return path.read_bytes(), []
    except FileNotFoundError:
        return b"", [Problem(file, 0, "", "there is no such file", "Create it, or correct the name.")]
    except IsADirectoryError:
        return b"", [Problem(file, 0, "", "this is a folder, not a file", "Name a file.")]
    except OSError as error:
        reason = f"it can't be read: {error.strerror or error}"
        return b"", [Problem(file, 0, "", reason, "Check the file and its access rights.")]


def read_yaml(path: Path, file: str) -> tuple[Source | None, list[Problem]]:
    """Read the YAML file at `path`; problems call it `file`. See `parse_yaml`."""
    content, problems = read_bytes(path, file)
    return (None, problems) if problems else parse_yaml(content, file)


def parse_yaml(content: bytes | str, file: str, first_line: int = 1) -> tuple[Source | None, list[Problem]]:
    """The tree of YAML text whose first line is line `first_line` of `file` (front matter starts at 2).

    Gives the source, or None where the text is no YAML at all, and all problems found. A source may come with
    problems (a key that stands twice: the first one counts): its other faults are then found in the same go.
    """
    encoded = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    try:
        encoded.decode("utf-8")
    except UnicodeDecodeError as error:
        line = encoded.count(b"\n", 0, error.start) + first_line
        mend = "Save the file in the encoding UTF-8."
        return None, [Problem(file, line, "", "the text is not UTF-8", mend)]
    builder = _TreeBuilder(file, first_line)
    try:
        root = compose(encoded)
        tree = None if root is None else builder.build(root, ())
    except yaml.YAMLError as error:
        return None, [*builder.problems, _syntax_problem(error, encoded, file, first_line)]

    def locate(path: FieldPath) -> int:
        return line_of(root, path) + first_line

    return Source(file, tree, locate), builder.problems


def _syntax_problem(error: yaml.YAMLError, content: bytes, file: str, first_line: int) -> Problem:
    line, reason = 0, str(error)
    if isinstance(error, yaml.MarkedYAMLError):
        reason = ", ".join(filter(None, (error.context, error.problem)))
        mark = error.problem_mark or error.context_mark
        line = mark.line if mark else 0
    elif isinstance(error, yaml.reader.ReaderError):
        reason = "the text holds a control character that YAML does not allow"
        line = content.count(b"\n", 0, error.position)
    last = len(content.splitlines()) - 1  # libyaml names the line after the last one where the end is missing
    mend = "Check indentation (spaces, no tabs), colons and quotes here and in the line before."
    return Problem(file, max(min(line, last), 0) + first_line, "", f"not valid YAML: {reason}", mend)


_CONSTRUCTOR = yaml.constructor.SafeConstructor()
_SCALARS: dict[str, Callable[[yaml.ScalarNode], Any]] = {
    "str": lambda node: node.value,
    "value": lambda node: node.value,  # a lone =
    "merge": lambda node: node.value,  # << where no key stands
    "null": lambda node: None,
    "bool": lambda node: _CONSTRUCTOR.bool_values[node.value.lower()],
    "int": _CONSTRUCTOR.construct_yaml_int,
    "float": _CONSTRUCTOR.construct_yaml_float,
    "timestamp": _CONSTRUCTOR.construct_yaml_timestamp,
}


class _TreeBuilder:
    """Turns composed nodes into plain values, noting what is wrong with them."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.built: dict[int, Any] = {}  # collections by the id of their node: aliases share them
        self.sizes: dict[int, int] = {}  # nodes below each of them
        self.size = 0  # nodes met so far, those by alias again
        self.aliased = 0

    def build(self, node: yaml.Node, path: FieldPath) -> Any:
        self.size += 1
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if id(node) in self.built:
            return self._alias(node)
        self.built[id(node)], before = None, self.size
        value: Any
        if isinstance(node, yaml.MappingNode) and node.tag == TAG + "map":
            value = self._mapping(node, path)
        elif isinstance(node, yaml.SequenceNode) and node.tag == TAG + "seq":
            value = [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        else:
            value = None
            self._refuse_tag(node, path)
        self.built[id(node)], self.sizes[id(node)] = value, self.size - before
        return value

    def _scalar(self, node: yaml.ScalarNode, path: FieldPath) -> Any:
        kind = node.tag.removeprefix(TAG)
        if kind not in _SCALARS:
            self._refuse_tag(node, path)
            return None
        if not node.value.isprintable() and UNPRINTABLE.search(node.value):  # the cheap test first
            self._note(node, path, "the text holds a control character", "Remove the \\ and what follows it.")
            return None
        try:
            return _SCALARS[kind](node)
        except (ValueError, AttributeError, LookupError, OverflowError):  # PyYAML on `!!timestamp soon`
            mend = "Correct the value, or put quotes around it if it is text."
            self._note(node, path, f"{node.value[:40]!r} is no valid {kind}", mend)
            return None

    def _alias(self, node: yaml.Node) -> Any:
        if id(node) not in self.sizes:
            raise unbuildable(node, "an alias stands inside what it names")
        self.size += self.sizes[id(node)]
        self.aliased += self.sizes[id(node)]
        if self.aliased > MAX_ALIASED:
            raise unbuildable(node, "aliases blow the file up")
        return self.built[id(node)]

    def _mapping(self, node: yaml.MappingNode, path: FieldPath) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            if key.tag == TAG + "merge":
                self._merge(value, path, merged)
            elif not isinstance(key, yaml.ScalarNode):
                self._note(key, path, "a key must be text", "Write a word before the colon.")
            elif key.value in lines:
                reason = f"the key stands twice, first in line {lines[key.value]}"
                self._note(key, (*path, key.value), reason, "Remove one of the two.")
            else:
                lines[key.value] = key.start_mark.line + self.first_line
                built = self.build(value, (*path, key.value))
                if built is not None:
                    mapping[key.value] = built
        return {**merged, **mapping}

    def _merge(self, node: yaml.Node, path: FieldPath, merged: dict[str, Any]) -> None:
        """`<<: *defaults` or `<<: [*one, *two]`: keys taken over where the mapping has none of its own."""
        for part in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            value = self.build(part, path)
            if isinstance(value, dict):
                merged.update({key: item for key, item in value.items() if key not in merged})
            else:
                mend = "Name the anchor of a mapping."
                self._note(part, (*path, "<<"), "only a mapping can be merged", mend)

    def _refuse_tag(self, node: yaml.Node, path: FieldPath) -> None:
        self._note(node, path, f"the tag {node.tag[:60]} is not allowed", "Remove the tag.")

    def _note(self, node: yaml.Node, path: FieldPath, reason: str, mend: str) -> None:
        line = node.start_mark.line + self.first_line
        self.problems.append(Problem(self.file, line, dotted(path), reason, mend))
