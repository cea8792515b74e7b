"""The matrix while it is being read: valid parts from all files, each with the place it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any, Generic, TypeVar, get_type_hints

from matrixsite.config.settings import Account, Batch, Group, Member, Organisation, Settings
from matrixsite.config.source import FieldPath, Source
from matrixsite.config.spelling import account_tree, fetch_tree, include_tree, member_tree, written_path
from matrixsite.config.validation import validate, validate_each
from matrixsite.config.value_checks import Fault
from matrixsite.config.wording import shown, suggestion
from matrixsite.errors import Problem

T = TypeVar("T")

LISTS: dict[str, type] = {
    "groups": Group,
    "members": Member,
    "organisations": Organisation,
    "batches": Batch,
    "accounts": Account,
}
_MADE_BY_LOADING = {"root", "state", "file", "digest", "pinyin"}


def top_level() -> dict[str, Any]:
    """The keys of feeds.yaml with their types."""
    hints = get_type_hints(Settings)
    written = {name: hints[name] for name in (each.name for each in fields(Settings))}
    return {"include": tuple[str, ...]} | {
        name: hint for name, hint in written.items() if name not in _MADE_BY_LOADING
    }


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A value and where it is written."""

    value: T
    source: Source
    path: FieldPath

    @property
    def place(self) -> str:
        """file:line, for messages about another place."""
        return f"{self.source.file}:{self.source.locate(self.path)}"

    def problem(self, fault: Fault) -> Problem:
        path = written_path((*self.path, *fault.path), self.source.tree)
        return self.source.problem(path, fault.reason, fault.mend)

    def problems(self, faults: Iterable[Fault]) -> Iterator[Problem]:
        return map(self.problem, faults)


@dataclass(slots=True)
class Draft:
    """What could be read so far, and every problem met."""

    single: dict[str, Placed[Any]] = field(default_factory=dict)  # site, fetch, store… by key
    groups: list[Placed[Group]] = field(default_factory=list)
    members: list[Placed[Member]] = field(default_factory=list)
    organisations: list[Placed[Organisation]] = field(default_factory=list)
    batches: list[Placed[Batch]] = field(default_factory=list)
    accounts: list[Placed[Account]] = field(default_factory=list)
    # ids by list, those of faulty items too: what refers to them is no fault
    named: dict[str, set[str]] = field(default_factory=lambda: {key: set() for key in LISTS})
    problems: list[Problem] = field(default_factory=list)

    def add(self, source: Source, main: bool) -> None:
        """Take in one file: feeds.yaml itself, or one that it includes, which may hold lists only."""
        tree = {} if source.tree is None else source.tree
        if not isinstance(tree, dict):
            mend = "Start with a key such as `accounts:`."
            self.problems.append(source.problem((), f"must be a mapping, not {shown(tree)}", mend))
            return
        if main and "site" not in tree:
            tree = {**tree, "site": {}}
        known = top_level()
        for key, value in tree.items():
            if key in LISTS:
                self._add_list(key, value, source)
            elif key not in known:
                self.problems.append(source.problem((key,), "unknown key", suggestion(key, known)))
            elif not main:
                mend = f"Write it in feeds.yaml; here may stand {', '.join(LISTS)}."
                self.problems.append(source.problem((key,), "this key can't stand in an included file", mend))
            else:
                self._add_single(key, known[key], value, source)

    def _add_single(self, key: str, expected: Any, value: Any, source: Source) -> None:
        mapped = {"fetch": fetch_tree, "include": include_tree}.get(key, lambda tree: tree)(value)
        result, problems = validate(expected, mapped, source, (key,))
        self.problems += problems
        if result is not None:
            self.single[key] = Placed(result, source, (key,))

    def _add_list(self, key: str, rows: Any, source: Source) -> None:
        if not isinstance(rows, list):
            mend = f"Write `{key}:` and below it lines that start with `- `."
            self.problems.append(source.problem((key,), f"must be a list, not {shown(rows)}", mend))
            return
        ids = (row.get("id") for row in rows if isinstance(row, dict))
        self.named[key].update(each for each in ids if isinstance(each, str))
        trees = [self._mapped(key, row, source, (key, index)) for index, row in enumerate(rows)]
        values: dict[int, Any]
        values, problems = validate_each(
            LISTS[key], trees, source, (key,), lambda path: written_path(path, source.tree)
        )
        self.problems += problems
        placed = [Placed(value, source, (key, index)) for index, value in values.items()]
        getattr(self, key).extend(placed)

    def _mapped(self, key: str, row: Any, source: Source, path: FieldPath) -> Any:
        if key == "members":
            return member_tree(row)
        if key != "accounts":
            return row

        def report(place: FieldPath, reason: str, mend: str) -> None:
            written = written_path((*path, *place), source.tree)
            self.problems.append(source.problem(written, reason, mend))

        return account_tree(row, report)
