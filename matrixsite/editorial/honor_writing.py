"""Adding a list to honors/<id>.md: what editors wrote there keeps its comments, its order and its words."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matrixsite.config.settings import Settings
from matrixsite.config.source import parse_yaml
from matrixsite.config.wording import shown
from matrixsite.editorial.frontmatter import PAGE_ID, parse_page
from matrixsite.editorial.honors import HonorKind, read_honor_roll
from matrixsite.editorial.laureates import Register
from matrixsite.editorial.replacing import replace_file
from matrixsite.errors import Problem, SettingsError

if TYPE_CHECKING:
    from ruamel.yaml import YAML

Winners = Sequence[str | dict[str, str | int]]

_FENCES = re.compile(rb"\A(\xef\xbb\xbf)?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_INDENTED = re.compile(r"^lists:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*( *)- ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NewList:
    """A list to be written."""

    title: str
    kind: HonorKind
    winners: Winners
    announced: int = 0
    ordered: bool = False

    def keys(self) -> dict[str, Any]:
        """As it stands in the file."""
        announced = {"announced": self.announced} if self.announced else {}
        return {
            "title": self.title,
            "kind": self.kind.value,
            **announced,
            "ordered": self.ordered,
            "winners": list(self.winners),
        }


@dataclass(frozen=True, slots=True)
class NewRoll:
    """What a roll begins with that isn't there yet."""

    title: str
    year: int


def write_list(
    settings: Settings, roll: str, honors: NewList, *, new: NewRoll | None = None, replace: bool = False
) -> tuple[Path, list[Problem]]:
    """Add the list at the end of content/honors/<roll>.md, or begin that file with it: its path and what to look at.

    A list of the same title is only written over where `replace` says so. Raises SettingsError, with the file
    untouched, where it would be wrong, or is.
    """
    file = f"content/honors/{roll}.md"
    path = (settings.root / file).resolve()  # a symbolic link stays one
    if not PAGE_ID.fullmatch(roll):
        raise _error(file, "the roll's id is no page id", "Use a to z, digits and hyphens.")
    if path.exists():
        content = with_list(path.read_bytes(), file, honors, replace=replace)
    elif new:
        content = _begun(new, honors)
    else:
        raise _error(file, "there is no such roll", "Give the title of a new one, or correct the id.")
    warnings = _checked(content, file, roll, settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, content)
    return path, warnings


def with_list(written: bytes, file: str, honors: NewList, *, replace: bool = False) -> bytes:
    """The bytes of a roll with one list more; raises SettingsError where it can't take it."""
    fences = _FENCES.match(written)
    if not fences:
        mend = "Begin the file with a line `---`, then keys, then a second line `---`."
        raise _error(file, "there is no front matter", mend, line=1)
    source, problems = parse_yaml(fences[2], file, first_line=2)
    if source is None or problems:
        raise SettingsError(problems)
    yaml = _yaml(fences[2].decode())
    tree: Any = yaml.load(fences[2].decode())
    lists = tree.setdefault("lists", []) if isinstance(tree, dict) else None
    if not isinstance(lists, list):
        raise SettingsError(
            [source.problem(("lists",), "must be a list", "Write it as `lists:`, then `- title: …`.")]
        )
    there = next((at for at, one in enumerate(lists) if _title(one) == honors.title), None)
    if there is None:
        lists.append(_commented(honors))
    elif replace:
        lists[there] = _commented(honors)
    else:
        reason = f"the list {shown(honors.title)} is there already"
        mend = "Give it another title, or ask to replace it."
        raise SettingsError([source.problem(("lists", there, "title"), reason, mend)])
    return written[: fences.start(2)] + _dumped(yaml, tree, fences[2]) + written[fences.end(2) :]


def _begun(roll: NewRoll, honors: NewList) -> bytes:
    tree = {"title": _scalar(roll.title), "year": roll.year, "lists": [_commented(honors)]}
    return b"---\n" + _dumped(_yaml(""), tree, b"") + b"---\n"


def _checked(content: bytes, file: str, roll: str, settings: Settings) -> list[Problem]:
    """What is to be written must read as a roll; its warnings."""
    page, problems = parse_page(content, file, roll)
    if page is None or problems:
        raise SettingsError(problems)
    _, problems, warnings = read_honor_roll(page, Register(settings))
    if problems:
        raise SettingsError(problems)
    return warnings


def _yaml(written: str) -> YAML:
    """Reads and writes as the file is written: its indentation, its quotes, no line broken anew."""
    try:
        from ruamel.yaml import YAML
    except ModuleNotFoundError as error:
        mend = "Install it with `pip install matrixsite[desk]`."
        raise _error("content", "writing editors' files needs ruamel.yaml", mend) from error
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    indented = _INDENTED.search(written)
    offset = len(indented[1]) if indented else 0
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


def _dumped(yaml: YAML, tree: Any, written: bytes) -> bytes:
    out = io.StringIO()
    yaml.dump(tree, out)
    text = out.getvalue()
    return (text.replace("\n", "\r\n") if b"\r\n" in written else text).encode()


def _commented(honors: NewList) -> Any:
    """The list in the form that people write: names in one line, a winner with more to say in a line each."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    keys = CommentedMap({key: _scalar(value) for key, value in honors.keys().items()})
    winners = CommentedSeq()
    for winner in honors.winners:
        if isinstance(winner, dict):
            one = CommentedMap({key: _scalar(value) for key, value in winner.items()})
            one.fa.set_flow_style()
            winners.append(one)
        else:
            winners.append(_scalar(winner))
    if all(isinstance(winner, str) for winner in honors.winners):
        winners.fa.set_flow_style()
    keys["winners"] = winners
    return keys


def _scalar(value: Any) -> Any:
    """Text that YAML 1.1, by which files are read, would take for something else is quoted."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if not isinstance(value, str):
        return value
    source, problems = parse_yaml(value, "")
    plain = source is not None and not problems and source.tree == value
    return value if plain else DoubleQuotedScalarString(value)


def _title(honors: object) -> object:
    return honors.get("title") if isinstance(honors, dict) else None


def _error(file: str, reason: str, mend: str, *, line: int = 0) -> SettingsError:
    return SettingsError([Problem(file, line, "", reason, mend)])
