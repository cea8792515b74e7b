"""YAML text changed so that only the lines of the change differ: comments, order, quotes and layout stay.

    text ─ruamel─► tree ─change─► tree ─ruamel─► text as ruamel writes it
      └─────────────────── three-way merge ──────────┘

ruamel.yaml keeps comments and order, but writes what it read in its own layout. What differs between its two writings,
before and after the change, is the change; the merge puts that into the text as the editor wrote it.
"""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import yaml
from merge3 import Merge3
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import SingleQuotedScalarString

from matrixsite.config.source import parse_yaml

Change = Callable[[Any], Any]  # takes the tree, gives it back changed, or another


class NoYaml(ValueError):
    """The text can't be read, so nothing can be changed in it but by hand."""


def rewritten(text: str, change: Change) -> str:
    """The text after a change of its tree, which is None for an empty text.

    Raises NoYaml for text that is none.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n")
    try:
        base = _dumped(_yaml().load(text))
        tree = change(_yaml().load(text))
    except YAMLError as error:
        raise NoYaml(str(error)) from error
    theirs = _dumped(tree)
    if not text.strip() or (_plain(text) is None and tree is not None):  # nothing, or comments alone
        return (text + ("\n" if text and not text.endswith("\n") else "") + theirs).replace("\n", newline)
    merged = _merged(base, text, theirs)
    return (merged if _plain(merged) == _plain(theirs) else theirs).replace("\n", newline)


def written(value: Any) -> Any:
    """A value as it may stand in YAML: text in quotes where a reader would take it for something else."""
    if isinstance(value, str):
        text = " ".join(value.split()) if "\n" not in value else value
        plain = yaml.safe_load(text) if _is_safe(text) else None
        return text if plain == text and type(plain) is str else SingleQuotedScalarString(text)
    if isinstance(value, dict):
        return {name: written(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [written(one) for one in value]
    return value


def _is_safe(text: str) -> bool:
    try:
        yaml.safe_load(text)
    except yaml.YAMLError:
        return False
    return bool(text)


def _yaml() -> YAML:
    made = YAML(typ="rt")
    made.preserve_quotes = True
    made.width = 1_000_000  # no line is folded
    made.allow_unicode = True
    return made


def _dumped(tree: Any) -> str:
    if tree is None:
        return ""
    out = StringIO()
    _yaml().dump(tree, out)
    return out.getvalue()


def _merged(base: str, ours: str, theirs: str) -> str:
    """What ruamel changed, in our text; where both differ from the base, the change."""
    before, its, changed = (text.splitlines(keepends=True) for text in (base, ours, theirs))
    merged: list[str] = []
    for region in Merge3(before, its, changed).merge_regions():
        if region[0] == "conflict":
            merged += changed[region[5] : region[6]]
        else:
            source = {"unchanged": before, "b": changed}.get(region[0], its)
            merged += source[region[1] : region[2]]
    return "".join(merged)


def _plain(text: str) -> Any:
    """The tree as settings and editors' files are read."""
    source, _ = parse_yaml(text, "")
    return source.tree if source else None
