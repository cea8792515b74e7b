"""What other packages may add to matrixsite, by entry points: kinds of feeds, filters, functions of formulas.

    [project.entry-points."matrixsite.sources"]     a kind of feed:  feeds: [{url: …, source: NAME}]
    [project.entry-points."matrixsite.filters"]     a filter:        filters: [NAME]
    [project.entry-points."matrixsite.functions"]   a function:      formula: NAME(reads) + …

Each names a function of one of the types below. They are called in worker processes, must be importable there, and
must depend on nothing but their arguments: the same document must give the same entries tomorrow. What one raises is a
failure of the feed (or the formula) that it was called for, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Protocol

from matrixsite.errors import PluginBroken
from matrixsite.model import CleanEntry, Enclosure, Media, ParsedFeed, RawEntry, Reason

__all__ = [
    "CleanEntry",
    "Enclosure",
    "Filter",
    "Function",
    "Media",
    "ParsedFeed",
    "RawEntry",
    "Reason",
    "Source",
]


class Source(Protocol):
    """The body of an answer and its address → what it holds, as published: nothing cleaned, nothing resolved.

    Fetching stays matrixsite's (conditional, polite, bounded). A document that can't be read is a `ParsedFeed` with an
    `error`.
    """

    def __call__(self, body: bytes, url: str, /) -> ParsedFeed: ...


class Filter(Protocol):
    """A safe entry → that entry, another that is to be stored in its place, or None: then it is not taken in.

    A new `html` is cleaned again; where `text` and `excerpt` are left as they were, they follow it.
    """

    def __call__(self, entry: CleanEntry, /) -> CleanEntry | None: ...


class Function(Protocol):
    """Numbers → a number. What it raises, and a result that is not finite, gives no score."""

    def __call__(self, *numbers: float) -> float: ...


class Kind(StrEnum):
    """The groups of entry points."""

    SOURCE = "matrixsite.sources"
    FILTER = "matrixsite.filters"
    FUNCTION = "matrixsite.functions"


@cache
def installed(kind: Kind) -> Mapping[str, EntryPoint]:
    """The plugins of a kind by name."""
    return {point.name: point for point in entry_points(group=kind)}


@cache
def loaded(kind: Kind, name: str) -> Callable[..., Any]:
    """A plugin. Raises PluginBroken where it isn't installed, or can't be imported."""
    point = installed(kind).get(name)
    if point is None:
        raise PluginBroken(f"there is no plugin {name!r} of {kind}; install its package, or correct the name")
    package = point.dist.name if point.dist else point.value
    try:
        found = point.load()
    except Exception as error:
        raise PluginBroken(
            f"the plugin {name!r} of the package {package} can't be loaded: {error}; upgrade it, or do without"
        ) from error
    if not callable(found):
        raise PluginBroken(f"the plugin {name!r} of the package {package} is no function; ask who made it")
    result: Callable[..., Any] = found
    return result


def version_of(kind: Kind, name: str) -> str:
    """The version of the package that a plugin comes with: what it made before may be made otherwise by another."""
    point = installed(kind).get(name)
    return point.dist.version if point and point.dist else ""
