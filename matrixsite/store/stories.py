"""What joining decided, written: entries get their story and their lasting feed id, the index learns, stories merge."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from matrixsite.dedup.index import Index
from matrixsite.dedup.joining import Join
from matrixsite.dedup.lookup import Story
from matrixsite.dedup.prints import Pending, Print
from matrixsite.dedup.verdict import Evidence
from matrixsite.ingest.identity import is_iri
from matrixsite.store.bulk import insert_rows, update_rows
from matrixsite.store.database import chunks
from matrixsite.store.originals import ALONE, Sources, refresh_stories
from matrixsite.store.outbox import record_changes
from matrixsite.store.postings import write_learned
from matrixsite.store.schema import (
    entry,
    story,
    story_alias,
    story_contains,
    story_entry,
)
from matrixsite.store.story_index import StoredIndex

SAID = ("length", "signs", "named")
_FIELDS = Story._fields


def pending_count(connection: Connection) -> int:
    """Entries that have no story yet."""
    return connection.scalar(select(func.count()).select_from(entry).where(entry.c.story.is_(None))) or 0


def write_joins(
    connection: Connection,
    pending: Sequence[Pending],
    joins: Sequence[Join],
    index: Index,
    sources: Sources,
    host: str,
) -> int:
    """Store the decisions on a batch and what the index learned from it; returns how many rows that took.

    `host` is the site's, for the tag: URIs of entries without a globally unique guid (RFC 4151).
    """
    if not joins:
        return 0
    stories = {join.entry: index.surviving(join.story) for join in joins}
    _write_entries(connection, joins, stories, _feed_ids(connection, pending, host))
    founded = {join.entry for join in joins if join.evidence is Evidence.FOUNDER}
    write_stories(connection, [index.story(name) for name in index.changed], founded)
    for join in joins:
        for gone in join.merges:
            _redirect(connection, gone, index.surviving(gone))
    learned = write_learned(connection, index.fingerprints, index.sentences)
    pairs = {(index.surviving(digest), index.surviving(name)) for digest, name in index.contains}
    _write_contained(connection, pairs)
    naming = {index.surviving(join.story) for join in joins if join.print.named}
    grown = {name for name in index.changed if index.story(name).size > 1}
    refresh_stories(connection, sorted(naming | grown), sources)
    return learned


def _write_entries(
    connection: Connection, joins: Sequence[Join], stories: dict[str, str], feed_ids: dict[str, str]
) -> None:
    placed = [(into, feed_ids[name], name) for name, into in stories.items()]
    update_rows(connection, entry, ("story", "feed_id"), placed)
    rows = [(join.entry, join.evidence.value, _json(join), *said_of(join.print)) for join in joins]
    insert_rows(connection, story_entry, ("entry", "reason", "measures", *SAID), rows)


def said_of(made: Print) -> tuple[int, str, str]:
    """What is kept of a print beside its entry, to tell whose the story is: the columns SAID."""
    return len(made.words), made.signs, "\n".join(made.named)


def _json(join: Join) -> str:
    return json.dumps(dict(join.measures), separators=(",", ":")) if join.measures else ""


def write_stories(connection: Connection, stories: Sequence[Story], new: Iterable[str] = ()) -> None:
    """Store what joining knows of these stories."""
    fresh = set(new)
    inserts = [(*item, item.id, ALONE, "", "") for item in stories if item.id in fresh]
    updates = [(*item, item.id) for item in stories if item.id not in fresh]
    insert_rows(connection, story, (*_FIELDS, "original", "why", "pinned", "outside"), inserts)
    update_rows(connection, story, _FIELDS, updates)


def _write_contained(connection: Connection, pairs: Iterable[tuple[str, str]]) -> None:
    wanted = {(digest, name) for digest, name in pairs if digest != name}
    known: set[tuple[str, str]] = set()
    for part in chunks(sorted({digest for digest, _ in wanted})):
        query = select(story_contains.c.digest, story_contains.c.story)
        known.update(
            (row[0], row[1]) for row in connection.execute(query.where(story_contains.c.digest.in_(part)))
        )
    fresh = sorted(wanted - known)
    if fresh:
        connection.execute(insert(story_contains), [{"digest": one, "story": other} for one, other in fresh])
        record_changes(connection, "story", sorted({name for pair in fresh for name in pair}))


def _feed_ids(connection: Connection, pending: Sequence[Pending], host: str) -> dict[str, str]:
    """The guid where it is an IRI that no earlier entry holds, else a tag: URI; fixed for good.

    Only we mint tags in the name of `host`: a feed that does would take another entry's.
    """
    own = f"tag:{host},".casefold()
    iris = {item.guid for item in pending if is_iri(item.guid) and not item.guid.casefold().startswith(own)}
    taken: set[str] = set()
    for part in chunks(sorted(iris)):
        taken.update(
            filter(None, connection.scalars(select(entry.c.feed_id).where(entry.c.feed_id.in_(part))))
        )
    ids = {}
    for item in pending:
        free = item.guid in iris and item.guid not in taken
        ids[item.id] = item.guid if free else f"tag:{host},{item.year}:{item.id}"
        taken.add(ids[item.id])
    return ids


def merge_stories(connection: Connection, gone: str, into: str) -> None:
    """The older id survives; the other answers with a redirect for good. Who was first is to be found anew."""
    stories = StoredIndex(connection).stories((gone, into))
    old, new = stories[gone], stories[into]
    longest = max(new, old, key=lambda item: item.length)
    merged = new._replace(
        founded=min(old.founded, new.founded),
        first=min(old.first, new.first),
        last=max(old.last, new.last),
        touched=max(old.touched, new.touched),
        longest=longest.longest,
        length=longest.length,
        size=old.size + new.size,
        by_hand=old.by_hand or new.by_hand,
    )
    write_stories(connection, [merged])
    _redirect(connection, gone, into)


def _redirect(connection: Connection, gone: str, into: str) -> None:
    """All that stands under the one id stands under the other from now on; postings keep it and find the other."""
    moved = connection.scalars(select(entry.c.id).where(entry.c.story == gone)).all()
    connection.execute(update(entry).where(entry.c.story == gone).values(story=into))
    record_changes(connection, "entry", moved)
    connection.execute(update(story_alias).where(story_alias.c.story == gone).values(story=into))
    connection.execute(insert(story_alias).values(alias=gone, story=into))
    connection.execute(delete(story).where(story.c.id == gone))
    of = (story_contains.c.digest == gone) | (story_contains.c.story == gone)
    pairs = connection.execute(select(story_contains.c.digest, story_contains.c.story).where(of)).all()
    if pairs:
        connection.execute(delete(story_contains).where(of))
        record_changes(connection, "story", sorted({name for pair in pairs for name in pair}))
        now = {gone: into}
        _write_contained(connection, [(now.get(one, one), now.get(other, other)) for one, other in pairs])
    record_changes(connection, "story", [gone])


def surviving(connection: Connection, names: set[str]) -> set[str]:
    """The stories that these ids stand for after merges."""
    moved: dict[str, str] = {}
    for part in chunks(sorted(names)):
        query = select(story_alias.c.alias, story_alias.c.story).where(story_alias.c.alias.in_(part))
        moved.update(dict(connection.execute(query).all()))
    return {moved.get(name, name) for name in names}
