"""Which entries stand in which list by rule: kept, so that a night matches only what it brought and a build nothing.

A node is a list: column:<id>, section:<id>, topic:<topic>, kind:<id>, … What enters or leaves one is told to the outbox
with its month, so that sites know which archives to look at; of lists that the pages of entries name, the entries are
told, too. Rules may ask for kinds, so an entry's kinds are found before its other lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select

from matrixsite.editorial.rules import Candidate, Predicate, digest
from matrixsite.model import Status
from matrixsite.store.bulk import among, rows_among
from matrixsite.store.columns import load_list, moment
from matrixsite.store.database import chunks
from matrixsite.store.outbox import LISTS_SEEN, latest_change, record_changes
from matrixsite.store.runs import remember, remembered
from matrixsite.store.schema import change, entry, membership, rule

_KIND = "kind:"
_NAMED = (_KIND, "series:", "rebuttal:")  # lists that the pages of their entries name
_CANDIDATE = (
    entry.c.id,
    entry.c.account,
    entry.c.title,
    entry.c.text,
    entry.c.topics,
    entry.c.published,
    entry.c.media,
    entry.c.month,
)
_CANDIDATES = select(*_CANDIDATE).where(among(entry.c.id))
_WITH_TOPICS = _CANDIDATES.where(entry.c.topics != "")  # all that lists by topic can hold
_HELD = (
    select(membership.c.node, membership.c.entry, entry.c.month)
    .join(entry, entry.c.id == membership.c.entry)
    .where(among(entry.c.id))
)


@dataclass(frozen=True, slots=True)
class Node:
    """What stands in a list: the editors' picks, and what its rule matches but for what they left out (entry ids)."""

    predicate: Predicate | None = None
    picks: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    title: str = ""  # which pages of its entries may show

    def holds(self, name: str, candidate: Candidate) -> bool:
        """Whether the entry stands in it."""
        if name in self.picks:
            return True
        return self.predicate is not None and name not in self.left_out and self.predicate.matches(candidate)

    def digest(self, zone: tzinfo) -> str:
        """Changes when what it holds may change, but for the kinds that its rule asks for."""
        rule = digest(self.predicate) if self.predicate else ""
        return f"{rule} {sorted(self.picks)} {sorted(self.left_out)} {zone}"


def _digest(name: str, nodes: Mapping[str, Node], zone: tzinfo) -> str:
    """Changes when what a list holds, or what is shown of the list itself by its entries, may change."""
    node = nodes[name]
    asked = node.predicate.named_kinds() if node.predicate else frozenset()
    kinds = (nodes[f"{_KIND}{kind}"].digest(zone) for kind in sorted(asked) if f"{_KIND}{kind}" in nodes)
    title = node.title if name.startswith(_NAMED) else ""
    return "\n".join(filter(None, (node.digest(zone), *kinds, title)))


def match_rules(connection: Connection, nodes: Mapping[str, Node], zone: tzinfo) -> None:
    """Bring the membership table in line with the editors' lists, days counted in `zone`.

    Lists that changed look at every entry they can hold; the others at entries that changed since last time.
    """
    before = dict(connection.execute(select(rule.c.node, rule.c.digest)).all())
    wanted = {name: _digest(name, nodes, zone) for name in nodes}
    for name in sorted(before.keys() | wanted.keys()):
        if before.get(name) != wanted.get(name):
            connection.execute(delete(rule).where(rule.c.node == name))
            if name in wanted:
                connection.execute(insert(rule).values(node=name, digest=wanted[name]))
            _match_again(connection, name, nodes, zone)
    _match_changed(connection, nodes, zone)


def would_hold(
    connection: Connection, name: str, nodes: Mapping[str, Node], zone: tzinfo, *, count: int, look_at: int
) -> list[str]:
    """The newest shown entries that a list would hold, up to `count` of the newest `look_at` that it can hold."""
    node = nodes[name]
    shown = entry.c.status == Status.SHOWN.value
    query = _reach(node).where(shown).order_by(entry.c.published.desc(), entry.c.id.desc()).limit(look_at)
    rows = connection.execute(query.execution_options(yield_per=200))
    found = (id_ for which, id_, _ in _matches(rows, _asked(name, nodes), zone) if which == name)
    return list(islice(found, count))


def _match_again(connection: Connection, name: str, nodes: Mapping[str, Node], zone: tzinfo) -> None:
    """One list, from the beginning. Its entries may show what it is called: all of them are told."""
    held = select(membership.c.entry, entry.c.month).join(entry, entry.c.id == membership.c.entry)
    before = {
        (name, row.entry, row.month) for row in connection.execute(held.where(membership.c.node == name))
    }
    after: set[tuple[str, str, str]] = set()
    if node := nodes.get(name):
        rows = connection.execute(_reach(node).execution_options(yield_per=1000))
        after = {found for found in _matches(rows, _asked(name, nodes), zone) if found[0] == name}
    _bring_in_line(connection, before, after)
    if name.startswith(_NAMED):
        record_changes(connection, "entry", sorted({id_ for _, id_, _ in before & after}))


def _match_changed(connection: Connection, nodes: Mapping[str, Node], zone: tzinfo) -> None:
    seen = int(remembered(connection, LISTS_SEEN) or 0)
    latest = latest_change(connection) or seen
    if latest == seen:
        return
    changed = select(change.c.key).where(change.c.seq > seen, change.c.kind == "entry").distinct()
    asked = _CANDIDATES if nodes else _WITH_TOPICS
    for part in chunks(sorted(connection.scalars(changed))):
        before = set(rows_among(connection, _HELD, part))
        _bring_in_line(connection, before, set(_matches(rows_among(connection, asked, part), nodes, zone)))
    remember(connection, LISTS_SEEN, str(latest))


def _bring_in_line(
    connection: Connection, before: set[tuple[str, str, str]], after: set[tuple[str, str, str]]
) -> None:
    """Write the difference of (node, entry, month), and tell whoever shows the lists."""
    left: dict[str, list[str]] = {}
    for name, entry_id, _ in sorted(before - after):
        left.setdefault(name, []).append(entry_id)
    for name, ids in left.items():
        for part in chunks(ids):
            gone = (membership.c.node == name) & membership.c.entry.in_(part)
            connection.execute(delete(membership).where(gone))
    if joined := sorted(after - before):
        connection.execute(insert(membership), [{"node": name, "entry": item} for name, item, _ in joined])
    differ = before ^ after
    record_changes(connection, "node", sorted({f"{name} {month}" for name, _, month in differ}))
    record_changes(connection, "entry", sorted({id_ for name, id_, _ in differ if name.startswith(_NAMED)}))


def _reach(node: Node) -> Select[Any]:
    """The entries that a list can hold."""
    query = select(*_CANDIDATE)
    if node.predicate is None:
        return query.where(entry.c.id.in_(sorted(node.picks)))
    if node.predicate.accounts is None:
        return query
    return query.where(
        entry.c.account.in_(sorted(node.predicate.accounts)) | entry.c.id.in_(sorted(node.picks))
    )


def _matches(rows: Iterable[Any], nodes: Mapping[str, Node], zone: tzinfo) -> Iterator[tuple[str, str, str]]:
    """(node, entry, month) for every list that one of these entries stands in, its topics included."""
    kinds = _kinds(nodes)
    others = {name: node for name, node in nodes.items() if name not in kinds}
    for id_, account, title, text, listed, published, media, month in rows:
        topics = load_list(listed)
        day = moment(published).astimezone(zone).date()
        candidate = Candidate(account, title, text, topics, day, media)
        yield from ((f"topic:{topic}", id_, month) for topic in topics)
        borne = [name for name, node in kinds.items() if node.holds(id_, candidate)]
        yield from ((name, id_, month) for name in borne)
        if borne:
            candidate = replace(candidate, kinds=frozenset(name.removeprefix(_KIND) for name in borne))
        for name, node in others.items():
            if node.holds(id_, candidate):
                yield name, id_, month


def _asked(name: str, nodes: Mapping[str, Node]) -> dict[str, Node]:
    """One list, with the kinds where its rule asks for some."""
    predicate = nodes[name].predicate
    return {name: nodes[name]} | (_kinds(nodes) if predicate and predicate.named_kinds() else {})


def _kinds(nodes: Mapping[str, Node]) -> dict[str, Node]:
    return {name: node for name, node in nodes.items() if name.startswith(_KIND)}
