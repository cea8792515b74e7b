"""Trees checked against standard-library dataclasses: the value, or every problem at once.

The dataclasses alone define what may stand in a file: their fields are its keys, unknown keys are errors.
Knows nothing of the matrix: settings and editors' files are both validated here. pydantic does the work and
is only imported when there is some.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from matrixsite.config.source import FieldPath, Source
from matrixsite.config.wording import shown, worded
from matrixsite.errors import Problem

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")

_KEYS = {"account_class": "class"}


def key_of(field: str) -> str:
    """The key that a field has in files: its name, but `class` and `from`, which Python keeps to itself."""
    return _KEYS.get(field, field.removesuffix("_"))


def keys_of(expected: Any) -> dict[str, str]:
    """The keys that a dataclass allows in files, with the fields they stand for."""
    return {key_of(field.name): field.name for field in fields(expected)}


def validate(
    expected: type[T], tree: Any, source: Source, path: FieldPath = ()
) -> tuple[T | None, list[Problem]]:
    """`tree`, found at `path` of `source`, as a value of type `expected` (a dataclass, `tuple[X, ...]`, …).

    Gives the value and no problems, or None and all of them. None (an empty file) counts as a mapping or list
    without items.
    """
    if tree is None:
        tree = {} if is_dataclass(expected) else []
    values, findings = _check(expected, [tree])
    problems = [source.problem((*path, *found.path[1:]), found.reason, found.mend) for found in findings]
    return values.get(0), problems


def validate_each(
    expected: type[T],
    items: Sequence[Any],
    source: Source,
    path: FieldPath,
    written: Callable[[FieldPath], FieldPath] = lambda path: path,
) -> tuple[dict[int, T], list[Problem]]:
    """The items of a list at `path`, each on its own: the valid ones by their index, the others' problems.

    `written` maps a path of the tree to that of the source, where the two differ.
    """
    values, findings = _check(expected, items)
    return values, [
        source.problem(written((*path, *found.path)), found.reason, found.mend) for found in findings
    ]


@dataclass(frozen=True, slots=True)
class _Finding:
    path: FieldPath  # starts with the index of the item
    reason: str
    mend: str


@cache
def _adapter(expected: Any) -> TypeAdapter[Any]:
    from pydantic import ConfigDict, TypeAdapter

    config = ConfigDict(extra="forbid", alias_generator=key_of)  # dataclasses inside take it over
    return TypeAdapter(cast(Any, types.GenericAlias(tuple, (expected, ...))), config=config)


def _check(expected: Any, items: Sequence[Any]) -> tuple[dict[int, Any], list[_Finding]]:
    from pydantic import ValidationError

    try:
        return dict(enumerate(_adapter(expected).validate_python(items))), []
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False)
    findings: dict[FieldPath, list[_Finding]] = {}
    for each in errors:
        found = _findings(expected, each, items)
        findings.setdefault(
            found[0].path, found
        )  # a union gives an error for each of its types: once is enough
    good = [index for index in range(len(items)) if index not in {each["loc"][0] for each in errors}]
    values = _adapter(expected).validate_python([items[index] for index in good])
    return dict(zip(good, values, strict=True)), [each for found in findings.values() for each in found]


def _findings(expected: Any, error: Any, items: Sequence[Any]) -> list[_Finding]:
    """What one of pydantic's errors means; where it lies in a union, all that is wrong with that value."""
    location: FieldPath = error["loc"]
    hint, value, keys = expected, items[int(location[0])], ()  # type: Any, Any, Any
    for depth, step in enumerate(location[1:], 1):
        hint, options = _unwrap(hint)
        if options:
            return _findings_in_union(options, value, location[:depth])
        if is_dataclass(hint):
            keys = keys_of(hint)
            hint = _hints(cast(Any, hint)).get(keys.get(str(step), ""))
        else:
            hint = next(iter(get_args(hint)[-1:] if get_origin(hint) is dict else get_args(hint)), None)
        value = (
            value.get(step)
            if isinstance(value, dict)
            else value[int(step)]
            if isinstance(value, list)
            else None
        )
    return [_Finding(location, *worded(error, _unwrap(hint)[0], keys))]


def _findings_in_union(options: Sequence[Any], value: Any, path: FieldPath) -> list[_Finding]:
    """The problems of a value that fits no type of a union, measured by the type that has its shape."""
    shapes = {_shape(option): option for option in reversed(options)}
    shape = "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else "text"
    if shape not in shapes:
        return [
            _Finding(path, f"must be {' or '.join(sorted(shapes))}, not {shown(value)}", "Correct the value.")
        ]
    _, findings = _check(shapes[shape], [value])
    return [_Finding((*path, *found.path[1:]), found.reason, found.mend) for found in findings]


def _shape(hint: Any) -> str:
    if is_dataclass(hint) or get_origin(hint) is dict:
        return "a mapping"
    return "a list" if get_origin(hint) in (tuple, list) else "text"


def _unwrap(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type without Annotated and `| None`, and its options if it is a union still."""
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if get_origin(hint) not in (Union, types.UnionType):
        return hint, ()
    options = tuple(option for option in get_args(hint) if option is not types.NoneType)
    return _unwrap(options[0]) if len(options) == 1 else (hint, options)


@cache
def _hints(expected: Any) -> dict[str, Any]:
    return get_type_hints(expected, include_extras=True)
