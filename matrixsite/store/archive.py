"""Every entry, whatever its status: for export, explain and the library. Readers need no lock and see one moment.

The status is judged on the way out, so that an editor's word counts at once and not only after the next run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, Select, select

from matrixsite.dedup.lookup import Kind
from matrixsite.editorial.status import EntryFacts
from matrixsite.model import Entry, Status
from matrixsite.store.columns import moment, moment_or_none, seconds, to_entry
from matrixsite.store.listing import BATCH, FULL, NARROW, NEWEST, OLDEST
from matrixsite.store.schema import beyond_approval, entry, revision, story, story_contains, story_entry
from matrixsite.store.story_facts import linked

Judge = Callable[[EntryFacts], Status]


@dataclass(frozen=True, slots=True)
class Revision:
    """Words that were superseded."""

    number: int
    seen: datetime  # when they were superseded
    title: str
    text: str


def stored_entries(
    connection: Connection,
    judge: Judge,
    *,
    account: str = "",
    since: datetime | None = None,
    wide: bool = True,
) -> Iterator[Entry]:
    """Entries by account and then oldest first; `since` counts by publication. `wide`: with html and text."""
    query = _query(FULL if wide else NARROW).order_by(entry.c.account, entry.c.published, entry.c.id)
    if account:
        query = query.where(entry.c.account == account)
    if since:
        query = query.where(entry.c.published >= seconds(since))
    for rows in connection.execute(query.execution_options(yield_per=BATCH)).partitions():
        contains = _contained(connection, rows)
        yield from (_judged(row, judge, contains) for row in rows)


def newest_where(
    connection: Connection, judge: Judge, conditions: Sequence[ColumnElement[bool]], *, start: int, count: int
) -> list[Entry]:
    """The newest entries of which all this is true, from number `start` on, without their texts."""
    query = _query(NARROW).where(*conditions).order_by(*NEWEST).offset(start).limit(count)
    return [_judged(row, judge) for row in connection.execute(query)]


def one_entry(connection: Connection, judge: Judge, name: str) -> Entry | None:
    """The entry of that id."""
    rows = connection.execute(_query(FULL).where(entry.c.id == name)).all()
    return _judged(rows[0], judge, _contained(connection, rows)) if rows else None


def carriers_of(connection: Connection, judge: Judge, name: str) -> list[Entry]:
    """All entries of a story, oldest first, whatever their status."""
    query = _query(NARROW).where(entry.c.story == name).order_by(entry.c.published, entry.c.id)
    return [_judged(row, judge) for row in connection.execute(query)]


def _query(columns: Sequence[Column[Any]]) -> Select[Any]:
    beyond = beyond_approval().label("beyond_approval")
    facts = (entry.c.gone, beyond, story.c.original, story.c.kind, story.c.outside, story_entry.c.reason)
    query = select(*columns, *facts).outerjoin(story, story.c.id == entry.c.story)
    return query.outerjoin(story_entry, story_entry.c.entry == entry.c.id)


def _judged(row: Row[Any], judge: Judge, contains: Mapping[str, tuple[str, ...]] | None = None) -> Entry:
    item = to_entry(
        row[: len(NARROW)],
        original=row.original in (None, row.id),
        html=row._mapping.get("html", ""),
        text=row._mapping.get("text", ""),
    )
    gone, beyond = bool(row.gone), bool(row.beyond_approval)
    status = judge(EntryFacts(item.id, item.account, item.story, item.held_by, gone, beyond))
    return replace(
        item,
        status=status,
        story=item.story or item.id,
        outside=row.outside or "",
        evidence=row.reason or "",
        contains=(contains or {}).get(item.story, ()),
    )


def _contained(connection: Connection, rows: Sequence[Row[Any]]) -> Mapping[str, tuple[str, ...]]:
    """The stories that the digests among these rows round up."""
    digests = {row.story for row in rows if row.kind == Kind.DIGEST}
    return linked(connection, story_contains.c.digest, story_contains.c.story, digests)


@dataclass(frozen=True, slots=True)
class Joining:
    """Why an entry is in its story, and why the original is the original."""

    measures: Mapping[str, float | int | str]  # of the comparison that decided, see dedup.compare.Measures
    why: str  # dedup.origins.Origin.why, with the number of those who name it


def joining_of(connection: Connection, name: str) -> Joining:
    """What the stage noted of an entry; nothing while it waits for its story."""
    query = select(story_entry.c.measures, story.c.why).join(entry, entry.c.id == story_entry.c.entry)
    query = query.join(story, story.c.id == entry.c.story)
    row = connection.execute(query.where(story_entry.c.entry == name)).one_or_none()
    return Joining(json.loads(row.measures) if row.measures else {}, row.why) if row else Joining({}, "")


def rounded_up_by(connection: Connection, judge: Judge, name: str) -> list[Entry]:
    """The originals of the stories that a digest rounds up, oldest first."""
    return _originals(connection, judge, story_contains.c.story, story_contains.c.digest == name)


def digests_with(connection: Connection, judge: Judge, name: str) -> list[Entry]:
    """The originals of the digests that round a story up, oldest first."""
    return _originals(connection, judge, story_contains.c.digest, story_contains.c.story == name)


def _originals(
    connection: Connection, judge: Judge, wanted: Column[str], which: ColumnElement[bool]
) -> list[Entry]:
    query = _query(NARROW).where(entry.c.id == story.c.original, story.c.id.in_(select(wanted).where(which)))
    return [_judged(row, judge) for row in connection.execute(query.order_by(*OLDEST))]


def same_title(connection: Connection, judge: Judge, item: Entry, limit: int) -> list[Entry]:
    """The newest entries of other stories that bear the same title, but for what a repost puts around it."""
    key = select(entry.c.title_key).where(entry.c.id == item.id).scalar_subquery()
    query = _query(NARROW).where(entry.c.title_key == key, entry.c.story != item.story)
    rows = connection.execute(query.order_by(entry.c.published.desc(), entry.c.id).limit(limit))
    return [_judged(row, judge) for row in rows]


def revisions_of(connection: Connection, name: str) -> list[Revision]:
    """Superseded words of an entry, oldest first."""
    query = select(revision.c.number, revision.c.seen, revision.c.title, revision.c.text)
    rows = connection.execute(query.where(revision.c.entry == name).order_by(revision.c.number))
    return [Revision(number, moment(seen), title, text) for number, seen, title, text in rows]


def removal_seen(connection: Connection, name: str) -> datetime | None:
    """The night on which the sign that its publisher took an entry back was first seen; None: no sign of it."""
    return moment_or_none(connection.scalar(select(entry.c.removal_seen).where(entry.c.id == name)))
