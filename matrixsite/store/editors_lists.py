"""The editors' lists as nodes of the membership table: refs become ids, rules become predicates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain

from sqlalchemy import Connection, select

from matrixsite.config.settings import Settings
from matrixsite.editorial.content import Content
from matrixsite.editorial.content_kinds import ContentKind
from matrixsite.editorial.lists import EditorsList
from matrixsite.editorial.refs import Ref, parse_ref
from matrixsite.editorial.rules import Rule, compile_rule
from matrixsite.editorial.sections import all_sections, rules_by_section
from matrixsite.store.database import chunks
from matrixsite.store.memberships import Node
from matrixsite.store.refs import resolve
from matrixsite.store.schema import entry


def editors_lists(connection: Connection, settings: Settings, content: Content) -> dict[str, Node]:
    """The editors' lists by node name; a section holds what those below it hold.

    What rebuts an entry and what it rebuts stand in a list of their own: so those whose pages name each other hear of
    it when editors say otherwise.
    """
    sections = rules_by_section(content.sections)
    nodes = {}
    for one in chain.from_iterable(content.lists.values()):
        compiled = compile_rule(one.rule, settings, sections) if one.rule else None
        nodes[one.node] = Node(
            one.predicate(compiled),
            _ids(connection, (*(pick.ref for pick in one.picks), *_by_hand(one, content))),
            _stories(connection, one.exclude),
            one.title,
        )
    for section in all_sections(content.sections):
        within = [pick.ref for part in all_sections((section,)) for pick in part.picks]
        predicate = compile_rule(Rule(sections=(section.id,)), settings, sections)
        nodes[f"section:{section.id}"] = Node(predicate, _ids(connection, within))
    for rebuttal in (each for kind in content.kinds for each in kind.rebuttals):
        refs = (rebuttal.ref, *(one.ref for one in rebuttal.rebuts))
        name = f"rebuttal:{rebuttal.ref.id or rebuttal.ref.url}"
        before = nodes.get(name, Node())
        nodes[name] = Node(
            None, before.picks | _ids(connection, refs), title=f"{before.title}{rebuttal.rebuts}"
        )
    return nodes


def _by_hand(one: EditorsList, content: Content) -> Iterator[Ref]:
    """The entries that editors entered as of this kind."""
    if isinstance(one, ContentKind):
        for entry in content.entries:
            if one.id in entry.kinds:
                with suppress(ValueError):  # an address that names no entry labels none
                    yield parse_ref(entry.url)


def _ids(connection: Connection, refs: Iterable[Ref]) -> frozenset[str]:
    """The entries that refs name; one that names none, or several, names nothing yet."""
    return frozenset(names[0] for names in resolve(connection, refs).values() if len(names) == 1)


def _stories(connection: Connection, refs: Iterable[Ref]) -> frozenset[str]:
    """All carriers of the stories of these entries: whoever stands for a story, leaving out one leaves it out."""
    named = _ids(connection, refs)
    found = set(named)
    for part in chunks(sorted(named)):
        stories = select(entry.c.story).where(entry.c.id.in_(part))
        found.update(connection.scalars(select(entry.c.id).where(entry.c.story.in_(stories))))
    return frozenset(found)
