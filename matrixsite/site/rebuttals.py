"""Rebuttals (辟谣) as the store knows their entries: what a story rebuts, and what rebuts it.

Whoever carries a text carries what it rebuts, so both are said of stories. What is not shown is not named; what lies
outside the matrix is, by the editors' title.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from matrixsite.editorial.content_kinds import ContentKind, Rebuttal, Rebutted
from matrixsite.site.source import Listed, Source


@dataclass(frozen=True, slots=True)
class Outside:
    """Something that lies elsewhere."""

    title: str
    url: str


@dataclass(slots=True)
class Rebuttals:
    """What is said of one story."""

    rebuts: list[Listed | Outside] = field(default_factory=list)
    rebutted_by: list[Listed] = field(default_factory=list)


def rebuttals_by_story(kinds: Iterable[ContentKind], source: Source) -> Mapping[str, Rebuttals]:
    """By story, what it rebuts and what rebuts it, in the order of the editors."""
    every = [rebuttal for kind in kinds for rebuttal in kind.rebuttals]
    refs = [ref for rebuttal in every for ref in _refs(rebuttal)]
    found, named = (source.found(refs), source.named(refs)) if refs else ({}, {})
    said: dict[str, Rebuttals] = {}
    for rebuttal in every:
        if by := found.get(rebuttal.ref.text):
            for one in rebuttal.rebuts:
                other = found.get(one.ref.text)
                if other and other.entry.story != by.entry.story:
                    said.setdefault(by.entry.story, Rebuttals()).rebuts.append(other)
                    said.setdefault(other.entry.story, Rebuttals()).rebutted_by.append(by)
                elif one.title and not named.get(one.ref.text):
                    said.setdefault(by.entry.story, Rebuttals()).rebuts.append(_outside(one))
    return said


def stories_beside(entries: Collection[str], kinds: Iterable[ContentKind], source: Source) -> set[str]:
    """The shown stories that rebut, or are rebutted by, one of these entries, its own among them."""
    every = [_refs(rebuttal) for kind in kinds for rebuttal in kind.rebuttals]
    if not every:
        return set()
    named = source.named([ref for refs in every for ref in refs])
    beside = [
        ref
        for refs in every
        if any(id_ in entries for one in refs for id_ in named.get(one, ()))
        for ref in refs
    ]
    return {listed.entry.story for listed in source.found(beside).values()}


def _refs(rebuttal: Rebuttal) -> tuple[str, ...]:
    return (rebuttal.ref.text, *_rebutted(rebuttal.rebuts))


def _rebutted(rebuts: Iterable[Rebutted]) -> Iterator[str]:
    return (one.ref.text for one in rebuts)


def _outside(one: Rebutted) -> Outside:
    return Outside(one.title, one.ref.text)
