"""Kinds of content (辟谣, 政策解读, 公开信, 便民, …): what entries bear by rule or by hand.

A kind is listed as a column is. A pick may rebut something: an entry of the matrix, or what was said elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matrixsite.config.settings import Settings
from matrixsite.config.source import FieldPath, Source
from matrixsite.config.validation import validate
from matrixsite.config.wording import shown
from matrixsite.editorial.frontmatter import PAGE_ID
from matrixsite.editorial.lists import EditorsList, Fault, WrittenList, list_faults, made_list
from matrixsite.editorial.markup import is_address
from matrixsite.editorial.picks import WrittenPick
from matrixsite.editorial.refs import Ref, parse_ref, read_ref
from matrixsite.editorial.rules import MEDIA_KINDS, Named, Rule
from matrixsite.errors import Problem


@dataclass(frozen=True, slots=True)
class Rebutted:
    """What is rebutted: an entry, or with a title what lies at an address wherever that is."""

    ref: Ref
    title: str = ""


@dataclass(frozen=True, slots=True)
class Rebuttal:
    """An entry that rebuts others."""

    ref: Ref
    rebuts: tuple[Rebutted, ...]


@dataclass(frozen=True, slots=True)
class ContentKind(EditorsList):
    """An item of kinds.yaml."""

    folder = "kinds"
    prefix = "kind"

    rebuttals: tuple[Rebuttal, ...] = ()

    @property
    def refs(self) -> tuple[Ref, ...]:
        """What lies elsewhere need not be an entry of ours."""
        rebutted = (one.ref for each in self.rebuttals for one in each.rebuts if not one.title)
        return (*(pick.ref for pick in self.picks), *rebutted, *self.exclude)


@dataclass(frozen=True, slots=True)
class RebuttedItem:
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class KindPick(WrittenPick):
    rebuts: tuple[str | RebuttedItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KindItem(WrittenList):
    id: str
    picks: tuple[KindPick, ...] = ()


def kind_ids(source: Source) -> frozenset[str]:
    """The ids that kinds.yaml gives, right or wrong in all else: for rules that name them."""
    items = source.tree if isinstance(source.tree, list) else []
    ids = (item.get("id") for item in items if isinstance(item, dict))
    return frozenset(id_ for id_ in ids if isinstance(id_, str))


def read_kinds(
    source: Source, settings: Settings, named: Named, sections: Mapping[str, tuple[Rule, ...]]
) -> tuple[tuple[ContentKind, ...], list[Problem]]:
    """kinds.yaml: a list of {id, title, rule | picks, exclude}; `sections` are the rules that each section asks."""
    written, problems = validate(tuple[KindItem, ...], source.tree, source)
    kinds, seen = [], set[str]()
    for index, item in enumerate(written or ()):
        circles = _circles(item.rule, ("rule",), named, sections)
        faults = (*list_faults(item, "kind", settings, named), *_faults(item, seen), *circles)
        own: list[Problem] = []
        rebuttals = _rebuttals(item, source, (index, "picks"), own)
        kind, found = made_list(ContentKind, item.id, item, source, (index,), faults, rebuttals=rebuttals)
        if kind and not own:
            kinds.append(kind)
        problems += own + found
        seen.add(item.id)
    return tuple(kinds), problems


def _faults(item: KindItem, seen: set[str]) -> Iterator[Fault]:
    if not PAGE_ID.fullmatch(item.id):
        yield ("id",), f"{shown(item.id)} is no page id", "Use a to z, digits and hyphens."
    if item.id in MEDIA_KINDS:
        yield ("id",), f"{shown(item.id)} is what rules call a medium", "Choose another id."
    if item.id in seen:
        yield ("id",), f"the id {shown(item.id)} stands twice", "Give one of the two another id."


def _circles(
    rule: Rule | None, path: FieldPath, named: Named, sections: Mapping[str, tuple[Rule, ...]]
) -> Iterator[Fault]:
    """Kinds that the rule of a kind would need to know first, named by itself or by a section that it names."""
    if rule is None:
        return
    mend = "A kind's rule may name media (text, image, audio, video) only; say it in words or topics."
    for index, name in enumerate(rule.kinds):
        if name in named.kinds:
            yield (*path, "kinds", index), f"the rule of a kind can't ask for the kind {shown(name)}", mend
    for index, name in enumerate(rule.sections):
        if any(_asks_for_kinds(part, named, sections, frozenset()) for part in sections.get(name, ())):
            yield (*path, "sections", index), f"the section {shown(name)} asks for kinds itself", mend
    yield from _circles(rule.not_, (*path, "not"), named, sections)


def _asks_for_kinds(
    rule: Rule, named: Named, sections: Mapping[str, tuple[Rule, ...]], seen: frozenset[str]
) -> bool:
    below = [part for name in rule.sections if name not in seen for part in sections.get(name, ())]
    seen |= frozenset(rule.sections)
    return (
        not named.kinds.isdisjoint(rule.kinds)
        or (rule.not_ is not None and _asks_for_kinds(rule.not_, named, sections, seen))
        or any(_asks_for_kinds(part, named, sections, seen) for part in below)
    )


def _rebuttals(
    item: KindItem, source: Source, path: FieldPath, problems: list[Problem]
) -> tuple[Rebuttal, ...]:
    """What the picks rebut; the refs of the picks themselves are read with the list."""
    found = []
    for index, pick in enumerate(item.picks):
        places = ((*path, index, "rebuts", number) for number in range(len(pick.rebuts)))
        read = [
            _rebutted(one, source, place, problems) for one, place in zip(pick.rebuts, places, strict=True)
        ]
        rebuts = tuple(filter(None, read))
        try:
            ref = parse_ref(pick.ref)
        except ValueError:
            continue
        if any(one.ref == ref for one in rebuts):
            mend = "Name what it rebuts, or remove the ref."
            problems.append(source.problem((*path, index, "rebuts"), "an entry can't rebut itself", mend))
        if rebuts:
            found.append(Rebuttal(ref, rebuts))
    return tuple(found)


def _rebutted(
    written: str | RebuttedItem, source: Source, place: FieldPath, problems: list[Problem]
) -> Rebutted | None:
    if isinstance(written, str):
        ref = read_ref(written, source, place, problems)
        return Rebutted(ref) if ref else None
    if not is_address(written.url):
        reason = f"{shown(written.url)} is no web address"
        problems.append(source.problem((*place, "url"), reason, "Write it as https://…"))
        return None
    if not written.title.strip():
        problems.append(
            source.problem((*place, "title"), "it needs a title", "Write what is being said there.")
        )
        return None
    ref = read_ref(written.url, source, (*place, "url"), problems)
    return Rebutted(ref, written.title) if ref else None
