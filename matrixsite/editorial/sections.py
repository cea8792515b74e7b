"""Sections (板块): the tree of the site's menu."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from annotated_types import MinLen

from matrixsite.config.settings import Settings
from matrixsite.config.source import FieldPath, Source
from matrixsite.config.validation import validate
from matrixsite.config.wording import shown
from matrixsite.editorial.frontmatter import PAGE_ID
from matrixsite.editorial.markup import is_address
from matrixsite.editorial.picks import Pick, WrittenPick, read_picks
from matrixsite.editorial.rules import NOTHING, Named, Rule, rule_faults
from matrixsite.errors import Problem

_OWN_PAGE = re.compile(r"pages/[\w.-]+\.html(?:#\S+)?")


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the menu: a list of entries, or a link. It holds what the sections below it hold too."""

    id: str
    title: str
    rule: Rule | None = None
    picks: tuple[Pick, ...] = ()
    link: str = ""  # an address, or a page of the editors: pages/about.html
    children: tuple[Section, ...] = ()

    @property
    def page(self) -> str:
        """The path of the editors' page that it leads to; empty where it doesn't."""
        return self.link.partition("#")[0] if _OWN_PAGE.fullmatch(self.link) else ""


@dataclass(frozen=True, slots=True)
class SectionItem:
    """A node as it stands in sections.yaml."""

    id: str
    title: Annotated[str, MinLen(1)]
    rule: Rule | None = None
    picks: tuple[WrittenPick, ...] = ()
    link: str = ""
    children: tuple[SectionItem, ...] = ()


def read_sections(
    source: Source, settings: Settings, named: Named = NOTHING
) -> tuple[tuple[Section, ...], list[Problem]]:
    """sections.yaml: a list of {id, title, rule | picks | link, children}; `named` beyond the sections themselves."""
    written, problems = validate(tuple[SectionItem, ...], source.tree, source)
    if written is None:
        return (), problems
    places = list(_walk(written, ()))
    named = Named(frozenset(node.id for _, node in places), named.kinds)
    seen: set[str] = set()
    for path, node in places:
        for place, reason, mend in (*_faults(node, seen), *_faults_of_rule(node, settings, named)):
            problems.append(source.problem((*path, *place), reason, mend))
        seen.add(node.id)
    sections = tuple(_section(node, (index,), source, problems) for index, node in enumerate(written))
    return sections, [*problems, *_circles(sections, places, source)]


def all_sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Every section of the tree, parents before children."""
    for section in sections:
        yield section
        yield from all_sections(section.children)


def rules_by_section(sections: tuple[Section, ...]) -> dict[str, tuple[Rule, ...]]:
    """For each section its rule and those of the sections below it: what `rules.compile_rule` asks for."""
    return {
        section.id: tuple(node.rule for node in all_sections((section,)) if node.rule)
        for section in all_sections(sections)
    }


def _walk(nodes: tuple[SectionItem, ...], path: FieldPath) -> Iterator[tuple[FieldPath, SectionItem]]:
    for index, node in enumerate(nodes):
        yield (*path, index), node
        yield from _walk(node.children, (*path, index, "children"))


def _faults(node: SectionItem, seen: set[str]) -> Iterator[tuple[FieldPath, str, str]]:
    if not PAGE_ID.fullmatch(node.id):
        yield ("id",), f"{shown(node.id)} is no page id", "Use a to z, digits and hyphens."
    if node.id in seen:
        yield ("id",), f"the id {shown(node.id)} stands twice", "Give one of the two another id."
    if node.link and (node.rule or node.picks):
        yield ("link",), "a link has no entries", "Remove `link`, or `rule` and `picks`."
    if node.link and not (is_address(node.link) or _OWN_PAGE.fullmatch(node.link)):
        mend = "Write it as https://…, or as pages/NAME.html for a page of content/pages/."
        yield ("link",), f"{shown(node.link)} is no web address", mend
    if not (node.rule or node.picks or node.link or node.children):
        yield (), "a section without entries", "Add `rule: {…}`, `picks: […]`, `link: …` or `children: […]`."


def _faults_of_rule(
    node: SectionItem, settings: Settings, named: Named
) -> Iterator[tuple[FieldPath, str, str]]:
    if node.rule:
        for place, reason, mend in rule_faults(node.rule, settings, named):
            yield ("rule", *place), reason, mend


def _section(node: SectionItem, path: FieldPath, source: Source, problems: list[Problem]) -> Section:
    picks = read_picks(node.picks, source, (*path, "picks"), problems)
    children = tuple(
        _section(child, (*path, "children", index), source, problems)
        for index, child in enumerate(node.children)
    )
    return Section(node.id, node.title, node.rule, picks, node.link, children)


def _circles(
    sections: tuple[Section, ...], places: list[tuple[FieldPath, SectionItem]], source: Source
) -> Iterator[Problem]:
    """Rules that take in, directly or through others, what they bring forth themselves."""
    below = {node.id: {part.id for part in all_sections((node,))} for node in all_sections(sections)}
    rules = {node.id: node.rule for _, node in places}
    for path, node in places:
        if node.id in _reached(node.id, rules, below):
            reason = f"the section {shown(node.id)} takes in what it brings forth itself"
            mend = "Break the circle: take one `sections` out of the rules on it."
            yield source.problem((*path, "rule", "sections"), reason, mend)


def _reached(start: str, rules: Mapping[str, Rule | None], below: Mapping[str, set[str]]) -> set[str]:
    """The sections whose rules the rule of `start` asks; naming a section names those below it."""
    reached: set[str] = set()
    ahead = [start]
    while ahead:
        for named in _named(rules[ahead.pop()]):
            new = below.get(named, set()) - reached
            reached |= new
            ahead.extend(new)
    return reached


def _named(rule: Rule | None) -> set[str]:
    return {*rule.sections, *_named(rule.not_)} if rule else set()
