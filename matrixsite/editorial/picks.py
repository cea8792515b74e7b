"""Entries chosen by hand, in columns and sections alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matrixsite.config.source import FieldPath, Source
from matrixsite.editorial.refs import Ref, read_ref
from matrixsite.errors import Problem


@dataclass(frozen=True, slots=True)
class Pick:
    """An entry, with the editors' words on it."""

    ref: Ref
    note: str = ""


@dataclass(frozen=True, slots=True)
class WrittenPick:
    """A pick as it stands in a file."""

    ref: str
    note: str = ""


def read_picks(
    written: Sequence[WrittenPick], source: Source, path: FieldPath, problems: list[Problem]
) -> tuple[Pick, ...]:
    """The picks at `path` of an editors' file; bad refs are added to `problems`."""
    return tuple(
        Pick(ref, pick.note)
        for index, pick in enumerate(written)
        if (ref := read_ref(pick.ref, source, (*path, index, "ref"), problems))
    )
