"""The editors' lists as nodes of the membership table: refs become ids, rules become predicates."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from matrixsite.config.settings import Settings
from matrixsite.editorial.content import Content
from matrixsite.editorial.refs import Ref
from matrixsite.editorial.rules import Rule, compile_rule
from matrixsite.editorial.sections import all_sections, rules_by_section
from matrixsite.store.database import chunks
from matrixsite.store.memberships import Node
from matrixsite.store.refs import resolve
from matrixsite.store.schema import entry


def editors_lists(connection: Connection, settings: Settings, content: Content) -> dict[str, Node]:
    """Columns and sections by node name; a section holds what those below it hold."""
    sections = rules_by_section(content.sections)
    nodes = {}
    for column in content.columns:
        nodes[f"column:{column.id}"] = Node(
            compile_rule(column.rule, settings, sections) if column.rule else None,
            _ids(connection, (pick.ref for pick in column.picks)),
            _stories(connection, column.exclude),
        )
    for section in all_sections(content.sections):
        within = [pick.ref for part in all_sections((section,)) for pick in part.picks]
        predicate = compile_rule(Rule(sections=(section.id,)), settings, sections)
        nodes[f"section:{section.id}"] = Node(predicate, _ids(connection, within))
    return nodes


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
