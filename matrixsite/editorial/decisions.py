"""The editors' words on single entries: approved.yaml, withdrawn.yaml and stories.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from annotated_types import MinLen

from matrixsite.config.source import Source
from matrixsite.config.validation import validate
from matrixsite.editorial.refs import Ref, read_ref
from matrixsite.errors import Problem


class Scope(StrEnum):
    """How far a withdrawal reaches."""

    ENTRY = "entry"
    STORY = "story"  # all who carry the text, now and later


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A recorded act: the entry leaves the site, its address says so."""

    ref: Ref
    why: str
    scope: Scope = Scope.ENTRY
    by: str = ""
    on: date | None = None
    purge: bool = False  # erase its text and revisions too, leaving a hash


class StoryVerb(StrEnum):
    """What editors can say of stories."""

    JOIN = "join"  # these entries carry one text
    SPLIT = "split"  # these entries do not belong to the others of their story
    ORIGINAL = "original"  # this entry is its story's original


@dataclass(frozen=True, slots=True)
class StoryDecision:
    verb: StoryVerb
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class WithdrawalItem:
    """An item of withdrawn.yaml."""

    ref: str
    why: Annotated[str, MinLen(1)]
    scope: Scope = Scope.ENTRY
    by: str = ""
    on: date | None = None
    purge: bool = False


@dataclass(frozen=True, slots=True)
class StoryItem:
    """An item of stories.yaml: one of its keys."""

    join: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    original: str = ""


def read_approved(source: Source) -> tuple[tuple[Ref, ...], list[Problem]]:
    """approved.yaml: a list of refs."""
    written, problems = validate(tuple[str, ...], source.tree, source)
    refs = [read_ref(text, source, (index,), problems) for index, text in enumerate(written or ())]
    return tuple(filter(None, refs)), problems


def read_withdrawn(source: Source) -> tuple[tuple[Withdrawal, ...], list[Problem]]:
    """withdrawn.yaml: a list of {ref, scope, why, by, on, purge}."""
    written, problems = validate(tuple[WithdrawalItem, ...], source.tree, source)
    withdrawals = [
        Withdrawal(ref, item.why, item.scope, item.by, item.on, item.purge)
        for index, item in enumerate(written or ())
        if (ref := read_ref(item.ref, source, (index, "ref"), problems))
    ]
    return tuple(withdrawals), problems


def read_stories(source: Source) -> tuple[tuple[StoryDecision, ...], list[Problem]]:
    """stories.yaml: a list of {join: [ref]}, {split: [ref]} or {original: ref}."""
    written, problems = validate(tuple[StoryItem, ...], source.tree, source)
    decisions = []
    for index, item in enumerate(written or ()):
        if decision := _story_decision(item, index, source, problems):
            decisions.append(decision)
    return tuple(decisions), problems


def _story_decision(
    item: StoryItem, index: int, source: Source, problems: list[Problem]
) -> StoryDecision | None:
    given = [verb for verb in StoryVerb if getattr(item, verb.value)]
    if len(given) != 1:
        mend = "Write one of `join: [ref, ref]`, `split: [ref]`, `original: ref`."
        problems.append(source.problem((index,), "an item says exactly one thing", mend))
        return None
    verb = given[0]
    if verb is StoryVerb.ORIGINAL:
        ref = read_ref(item.original, source, (index, verb.value), problems)
        return StoryDecision(verb, (ref,)) if ref else None
    texts: tuple[str, ...] = getattr(item, verb.value)
    refs = [read_ref(text, source, (index, verb.value, place), problems) for place, text in enumerate(texts)]
    if verb is StoryVerb.JOIN and len(texts) < 2:
        problems.append(source.problem((index, "join"), "one entry joins nothing", "Name two or more refs."))
    return StoryDecision(verb, tuple(filter(None, refs)))
