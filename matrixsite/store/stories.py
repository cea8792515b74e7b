"""The dedup stage at the store: pending entries find their story and their lasting feed id, batch by batch.

Entries are taken in order of (first_seen, published, account, id), and each batch is one transaction, so an
interrupted run goes on where it stopped and ends with the same stories, whatever the size of a batch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, update

from matrixsite.dedup.joining import BROUGHT, WORN, Evidence, Index, Join, Pending, join_all
from matrixsite.ingest.identity import is_iri
from matrixsite.store.database import chunks
from matrixsite.store.outbox import record_changes
from matrixsite.store.schema import entry, story, story_alias, story_entry


def pending_count(connection: Connection) -> int:
    """Entries that have no story yet."""
    return connection.scalar(select(func.count()).select_from(entry).where(entry.c.story.is_(None))) or 0


def join_pending(connection: Connection, limit: int, host: str) -> int:
    """Give the next pending entries their stories and feed ids; returns how many there were.

    `host` is the site's, for the tag: URIs of entries without a globally unique guid (RFC 4151).
    """
    query = (
        select(
            entry.c.id,
            entry.c.account,
            entry.c.title,
            entry.c.published,
            entry.c.first_seen,
            entry.c.guid,
            func.substr(entry.c.month, 1, 4),
            entry.c.url_key,
            entry.c.text_key,
        )
        .where(entry.c.story.is_(None))
        .order_by(entry.c.first_seen, entry.c.published, entry.c.account, entry.c.id)
    )
    pending = [Pending(*row) for row in connection.execute(query.limit(limit))]
    joins = join_all(pending, _index(connection, pending))
    _write(connection, joins, _feed_ids(connection, pending, host))
    return len(pending)


def _index(connection: Connection, pending: Sequence[Pending]) -> Index:
    """What the store knows of the keys of these entries; of a worn-out text no more than that it is."""
    url_keys = {item.url_key for item in pending if item.url_key is not None}
    text_keys = {item.text_key for item in pending if item.text_key is not None}
    index = Index(unusable=_shared_urls(connection, url_keys), brought=_brought(connection, text_keys))
    index.urls |= _stories_by(connection, entry.c.url_key, url_keys - index.unusable)
    fresh = {key for key in text_keys if index.brought[key] <= WORN}
    index.texts |= _stories_by(connection, entry.c.text_key, fresh)
    stories = sorted(set().union(*index.urls.values(), *index.texts.values()))
    titles = select(entry.c.story, entry.c.account, entry.c.title).distinct()
    ages = select(entry.c.id, entry.c.first_seen, entry.c.published, entry.c.account)
    for part in chunks(stories):
        for seen in connection.execute(titles.where(entry.c.story.in_(part))):
            index.saw(*seen)
        for row in connection.execute(ages.where(entry.c.id.in_(part))):
            index.age[row.id] = (row.first_seen, row.published, row.account, row.id)
    return index


def _stories_by(
    connection: Connection, column: ColumnElement[Any], keys: Iterable[int]
) -> dict[int, set[str]]:
    """By key, the stories in which it stands."""
    stories: dict[int, set[str]] = {}
    query = select(column, entry.c.story).where(entry.c.story.is_not(None)).distinct()
    for part in chunks(sorted(keys)):
        for key, name in connection.execute(query.where(column.in_(part))):
            stories.setdefault(key, set()).add(name)
    return stories


def _brought(connection: Connection, text_keys: Iterable[int]) -> Counter[int]:
    """By text, the entries that it did not help to their story."""
    counts = Counter[int]()
    query = (
        select(entry.c.text_key, func.count())
        .join(story_entry, story_entry.c.entry == entry.c.id)
        .where(story_entry.c.reason.in_(BROUGHT))
        .group_by(entry.c.text_key)
    )
    for part in chunks(sorted(text_keys)):
        for key, count in connection.execute(query.where(entry.c.text_key.in_(part))):
            counts[key] = count
    return counts


def _shared_urls(connection: Connection, keys: Iterable[int]) -> frozenset[int]:
    shared: set[int] = set()
    for part in chunks(sorted(set(keys))):
        query = (
            select(entry.c.url_key)
            .where(entry.c.url_key.in_(part))
            .group_by(entry.c.url_key, entry.c.feed)
            .having(func.count() > 1)
        )
        shared.update(key for key in connection.scalars(query) if key is not None)
    return frozenset(shared)


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


def _write(connection: Connection, joins: Sequence[Join], feed_ids: dict[str, str]) -> None:
    if not joins:
        return
    of = entry.c.id == bindparam("of")
    connection.execute(
        update(entry).where(of),
        [{"of": join.entry, "story": join.story, "feed_id": feed_ids[join.entry]} for join in joins],
    )
    connection.execute(
        insert(story_entry),
        [{"entry": join.entry, "story": join.story, "reason": join.evidence} for join in joins],
    )
    founders = [join for join in joins if join.evidence is Evidence.FOUNDER]
    if founders:
        connection.execute(
            insert(story), [{"id": join.story, "original": join.story, "size": 1} for join in founders]
        )
    for join in joins:
        for gone in join.merges:
            merge_stories(connection, gone, join.story)
    joined = {join.story for join in joins if join.evidence is not Evidence.FOUNDER}
    refresh_stories(connection, sorted(surviving(connection, joined)))


def merge_stories(connection: Connection, gone: str, into: str) -> None:
    """The older id survives; the other answers with a redirect for good."""
    connection.execute(update(entry).where(entry.c.story == gone).values(story=into))
    connection.execute(update(story_entry).where(story_entry.c.story == gone).values(story=into))
    connection.execute(update(story_alias).where(story_alias.c.story == gone).values(story=into))
    connection.execute(insert(story_alias).values(alias=gone, story=into))
    connection.execute(delete(story).where(story.c.id == gone))
    record_changes(connection, "story", [gone])


def surviving(connection: Connection, names: set[str]) -> set[str]:
    """The stories that these ids stand for after merges."""
    moved: dict[str, str] = {}
    for part in chunks(sorted(names)):
        query = select(story_alias.c.alias, story_alias.c.story).where(story_alias.c.alias.in_(part))
        moved.update(dict(connection.execute(query).all()))
    return {moved.get(name, name) for name in names}


def refresh_stories(connection: Connection, names: Sequence[str]) -> None:
    """Count the entries of stories and name their originals: whom the editors named, else the earliest whose date is
    the feed's own word."""
    rows: list[dict[str, Any]] = []
    for part in chunks(names):
        best: dict[str, tuple[Any, ...]] = {}
        sizes: dict[str, int] = {}
        named = story.c.pinned != entry.c.id
        query = select(entry.c.story, named, entry.c.inferred, entry.c.published, entry.c.account, entry.c.id)
        query = query.join(story, story.c.id == entry.c.story)
        for name, *claim in connection.execute(query.where(entry.c.story.in_(part))):
            sizes[name] = sizes.get(name, 0) + 1
            best[name] = min(best.get(name, tuple(claim)), tuple(claim))
        rows += [{"of": name, "original": best[name][-1], "size": sizes[name]} for name in sizes]
    if rows:
        connection.execute(update(story).where(story.c.id == bindparam("of")), rows)
        record_changes(connection, "story", [row["of"] for row in rows])
