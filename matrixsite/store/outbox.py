"""The outbox: what changed since a folder was last built, and all that such a change reaches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, func, select

from matrixsite.site.source import Place, Touched
from matrixsite.store.bulk import insert_rows
from matrixsite.store.columns import moment
from matrixsite.store.database import chunks
from matrixsite.store.mirrored import digests_of
from matrixsite.store.schema import change, entry, membership, story_alias, story_contains

# What those who read the outbox beside the site remember: the last change that they looked at.
IMAGES_SEEN, LISTS_SEEN = "images-seen", "memberships-up-to"
_PLACE = (entry.c.id, entry.c.account, entry.c.month, entry.c.story, entry.c.published)


def record_changes(connection: Connection, kind: str, keys: Sequence[str]) -> None:
    """Put rows into the outbox: what a site must look at again."""
    if keys:
        insert_rows(connection, change, ("kind", "key"), [(kind, key) for key in keys])


def latest_change(connection: Connection) -> int:
    """The number of the last change."""
    return connection.scalar(select(func.max(change.c.seq))) or 0


def touched_since(connection: Connection, since: int) -> Touched:
    """What changed after change number `since`, and the carriers of every story that it touches: digests name the
    stories that they round up, and these the digests, so both are touched by a change of either."""
    keys: dict[str, set[str]] = {kind: set() for kind in ("entry", "story", "account", "node", "image")}
    for kind, key in connection.execute(
        select(change.c.kind, change.c.key).where(change.c.seq > since).distinct()
    ):
        keys[kind].add(key)
    places = {place.id: place for place in _places(connection, entry.c.id, keys["entry"])}
    places |= {place.id: place for place in _places(connection, entry.c.account, keys["account"])}
    changed = frozenset(places)
    stories = keys["story"] | {place.story for place in places.values() if place.story}
    stories |= _rounded_up(connection, stories)
    places |= {place.id: place for place in _places(connection, entry.c.story, stories)}
    nodes = {(node, month) for node, _, month in (key.rpartition(" ") for key in keys["node"])}
    return Touched(
        entries=tuple(places.values()),
        changed=changed,
        stories=frozenset(stories | _aliases(connection, stories)),
        accounts=frozenset(keys["account"]),
        nodes=frozenset(nodes | _nodes_of(connection, places)),
        images=frozenset(keys["image"] | digests_of(connection, changed)),
    )


def _places(
    connection: Connection, column: ColumnElement[str | None], values: Iterable[str]
) -> Iterable[Place]:
    for part in chunks(sorted(values)):
        for row in connection.execute(select(*_PLACE).where(column.in_(part))):
            yield Place(row.id, row.account, row.month, row.story or "", moment(row.published))


def _rounded_up(connection: Connection, stories: Iterable[str]) -> set[str]:
    """What these round up, and what rounds them up."""
    digest, one = story_contains.c.digest, story_contains.c.story
    found: set[str] = set()
    for part in chunks(sorted(stories)):
        found.update(connection.scalars(select(one).where(digest.in_(part))))
        found.update(connection.scalars(select(digest).where(one.in_(part))))
    return found


def _aliases(connection: Connection, stories: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for part in chunks(sorted(stories)):
        found.update(connection.scalars(select(story_alias.c.alias).where(story_alias.c.story.in_(part))))
    return found


def _nodes_of(connection: Connection, places: Iterable[str]) -> set[tuple[str, str]]:
    """The lists by rule that these entries stand in."""
    found: set[tuple[str, str]] = set()
    query = select(membership.c.node, entry.c.month).join(entry, entry.c.id == membership.c.entry).distinct()
    for part in chunks(sorted(places)):
        found.update(
            (node, month) for node, month in connection.execute(query.where(membership.c.entry.in_(part)))
        )
    return found
