"""What the editors' rules match: kept, so that a night matches only what it brought and a build none at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select

from matrixsite.editorial.rules import Candidate, Predicate, digest
from matrixsite.store.columns import load_list, moment
from matrixsite.store.entries import chunks
from matrixsite.store.schema import change, entry, membership, meta, rule

_SEEN = "memberships-up-to"  # the last change that was matched
_CANDIDATE = (
    entry.c.id,
    entry.c.account,
    entry.c.title,
    entry.c.text,
    entry.c.topics,
    entry.c.published,
    entry.c.media,
)


def match_rules(connection: Connection, predicates: Mapping[str, Predicate], zone: tzinfo) -> None:
    """Bring the membership table in line: `predicates` by node (column:<id>), days counted in `zone`.

    Rules that changed look at every entry they can match; the others at entries that changed since last time.
    """
    before = dict(connection.execute(select(rule.c.node, rule.c.digest)).all())
    wanted = {node: f"{digest(predicate)} {zone}" for node, predicate in predicates.items()}
    changed = [node for node in wanted if before.get(node) != wanted[node]]
    for node in sorted(before.keys() - wanted.keys() | set(changed)):
        connection.execute(delete(membership).where(membership.c.node == node))
        connection.execute(delete(rule).where(rule.c.node == node))
    for node in changed:
        connection.execute(insert(rule).values(node=node, digest=wanted[node]))
        _match(connection, {node: predicates[node]}, _reach(predicates[node]), zone)
    _match_changed(connection, {node: predicates[node] for node in wanted if node not in changed}, zone)


def _match_changed(connection: Connection, predicates: Mapping[str, Predicate], zone: tzinfo) -> None:
    seen = int(connection.scalar(select(meta.c.value).where(meta.c.key == _SEEN)) or 0)
    latest = connection.scalar(select(func.max(change.c.seq))) or seen
    if latest == seen:
        return
    keys = connection.scalars(
        select(change.c.key).where(change.c.seq > seen, change.c.kind == "entry").distinct()
    )
    for part in chunks(sorted(keys)):
        if predicates:
            stale = membership.c.entry.in_(part) & membership.c.node.in_(list(predicates))
            connection.execute(delete(membership).where(stale))
            _match(connection, predicates, select(*_CANDIDATE).where(entry.c.id.in_(part)), zone)
    connection.execute(delete(meta).where(meta.c.key == _SEEN))
    connection.execute(insert(meta).values(key=_SEEN, value=str(latest)))


def _reach(predicate: Predicate) -> Select[Any]:
    query = select(*_CANDIDATE)
    return (
        query if predicate.accounts is None else query.where(entry.c.account.in_(sorted(predicate.accounts)))
    )


def _match(
    connection: Connection,
    predicates: Mapping[str, Predicate],
    query: Select[Any],
    zone: tzinfo,
) -> None:
    for rows in connection.execute(query.execution_options(yield_per=1000)).partitions():
        found = list(_matches(rows, predicates, zone))
        if found:
            connection.execute(insert(membership), found)


def _matches(
    rows: Iterable[Row[Any]], predicates: Mapping[str, Predicate], zone: tzinfo
) -> Iterable[dict[str, str]]:
    for row in rows:
        day = moment(row.published).astimezone(zone).date()
        candidate = Candidate(row.account, row.title, row.text, load_list(row.topics), day, row.media)
        for node, predicate in predicates.items():
            if predicate.matches(candidate):
                yield {"node": node, "entry": row.id}
