"""Taking in what feeds brought: matching with what is stored, then inserts, revisions and refreshes in one transaction.

Entries of one account never depend on another account's, so a batch may hold any number of accounts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta, tzinfo
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select, update

from matrixsite.clean.entry import CLEAN_VERSION
from matrixsite.config.settings import IdentityRule
from matrixsite.editorial.status import EntryFacts
from matrixsite.ingest.decision import Action, Known, decide, same_item
from matrixsite.ingest.harvest import Harvest, Harvested
from matrixsite.ingest.identity import entry_id
from matrixsite.model import CleanEntry, Status
from matrixsite.store.columns import dump_enclosures, dump_list, seconds, seconds_or_none
from matrixsite.store.schema import change, entry, revision

CHUNK = 500  # values in one IN list, below every database's limit
BACKFILL = timedelta(days=1)  # an undated entry of a feed's first fetch is older than today's news
Row = dict[str, Any]

_KNOWN = [entry.c[column.name] for column in fields(Known)]


@dataclass(slots=True)
class Taken:
    """What came of one document; `touched` are the ids of stored entries that changed."""

    key: str
    new: int = 0
    corrected: int = 0
    refreshed: int = 0
    touched: list[str] = field(default_factory=list)
    rotated: int = 0  # entries that came under another identity than before


@dataclass(frozen=True, slots=True)
class Intake:
    """What a run adds to what feeds say: the time of first sight, the zone of months, the status of a new entry."""

    now: datetime
    zone: tzinfo
    judge: Callable[[EntryFacts], Status]


@dataclass(slots=True)
class _Batch:
    """Rows to write, and what was matched so far: entries inserted by this very batch are found like stored ones."""

    by_identity: dict[bytes, Known] = field(default_factory=dict)
    by_link: dict[tuple[str, int], list[Known]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    inserts: list[Row] = field(default_factory=list)
    updates: dict[Action, list[Row]] = field(default_factory=lambda: {Action.CORRECT: [], Action.REFRESH: []})
    identities: list[Row] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)


def take_in(
    connection: Connection, harvests: Sequence[Harvest], first: frozenset[str], intake: Intake
) -> list[Taken]:
    """Store the entries of some documents; `first` names the feeds that never brought anything before."""
    batch = _load(connection, harvests)
    taken = [_match(batch, harvest, harvest.key in first, intake) for harvest in harvests]
    _write(connection, batch, intake)
    return taken


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Lists short enough for an IN clause."""
    iterator = iter(values)
    while part := list(islice(iterator, CHUNK)):
        yield part


def _load(connection: Connection, harvests: Sequence[Harvest]) -> _Batch:
    batch = _Batch()
    items = [item for harvest in harvests for item in harvest.entries]
    wanted = {digest for item in items for digest in (item.identity.loose, item.identity.strict) if digest}
    for known in _known(connection, entry.c.identity, wanted):
        batch.by_identity[known.identity] = known
    found = batch.by_identity
    links = {
        item.url_key
        for item in items
        if item.url_key is not None and not {item.identity.loose, item.identity.strict} & found.keys()
    }
    accounts = {harvest.account for harvest in harvests}
    for known in _known(connection, entry.c.url_key, links):
        if known.account in accounts and known.url_key is not None:
            batch.by_link.setdefault((known.account, known.url_key), []).append(known)
    ids = {entry_id(item.identity.loose or item.identity.strict) for item in items}
    ids |= {entry_id(item.identity.strict) for item in items}
    for part in chunks(sorted(ids)):
        batch.ids.update(connection.scalars(select(entry.c.id).where(entry.c.id.in_(part))))
    return batch


def _known(connection: Connection, column: ColumnElement[Any], values: set[Any]) -> Iterator[Known]:
    for part in chunks(sorted(values)):
        for row in connection.execute(select(*_KNOWN).where(column.in_(part))):
            yield Known(*row)


def _match(batch: _Batch, harvest: Harvest, first: bool, intake: Intake) -> Taken:
    taken = Taken(harvest.key)
    own = {digest for item in harvest.entries for digest in (item.identity.loose, item.identity.strict)}
    for item in harvest.entries:
        known, identity = _find(batch, harvest.account, item, own)
        action = decide(item, known, harvest.key)
        if known is None:
            _insert(batch, harvest, item, identity, first, intake)
            taken.new += 1
            continue
        if identity != known.identity and known.feed == harvest.key:
            batch.identities.append({"of": known.id, "identity": identity})
            taken.rotated += 1
        if action is not Action.KEEP:
            batch.updates[action].append(_update(item, known, action, intake))
            taken.corrected += action is Action.CORRECT
            taken.refreshed += action is Action.REFRESH
            taken.touched.append(known.id)
        if action is Action.CORRECT:
            batch.superseded.append(known.id)
    return taken


def _find(batch: _Batch, account: str, item: Harvested, own: set[bytes]) -> tuple[Known | None, bytes]:
    """The stored entry that an item is, and the identity it has from now on."""
    loose, strict = item.identity.loose, item.identity.strict
    if known := batch.by_identity.get(strict):
        return known, strict
    if loose and (known := batch.by_identity.get(loose)):
        if same_item(item, known, item.identity.rule):
            return known, loose
        return None, strict
    if item.url_key is not None:
        linked = batch.by_link.get((account, item.url_key), [])
        if (
            len(linked) == 1
            and linked[0].identity not in own
            and same_item(item, linked[0], IdentityRule.LINK)
        ):
            return linked[0], loose or strict
    return None, loose or strict


def _insert(
    batch: _Batch, harvest: Harvest, item: Harvested, identity: bytes, first: bool, intake: Intake
) -> None:
    attempt = 0
    while (new_id := entry_id(identity, attempt)) in batch.ids:
        attempt += 1
    batch.ids.add(new_id)
    published = item.dates.published or intake.now
    if item.dates.published is None and first:
        published = intake.now - BACKFILL - timedelta(minutes=item.position)
    month = published.astimezone(intake.zone).strftime("%Y/%m")
    row: Row = {
        "id": new_id,
        "account": harvest.account,
        "feed": harvest.key,
        "identity": identity,
        "guid": item.guid,
        "published": seconds(published),
        "inferred": item.dates.inferred,
        "first_seen": seconds(intake.now),
        "backfill": first,
        "path": f"{month}/{new_id}.html",
        "month": month,
        "status": intake.judge(EntryFacts(new_id, harvest.account, "", item.held_by)),
        **_content(item),
    }
    if item.clean.placeholder:  # a notice stands where the text should be: wait for the text
        row |= {"html": "", "text": "", "excerpt": "", "text_key": None}
    batch.inserts.append(row)
    values: Row = {name.name: row.get(name.name, False) for name in fields(Known)}
    known = Known(**values)
    batch.by_identity[identity] = known
    if known.url_key is not None:
        batch.by_link.setdefault((harvest.account, known.url_key), []).append(known)


def _update(item: Harvested, known: Known, action: Action, intake: Intake) -> Row:
    row = {"of": known.id, **_content(item)}
    return row | {"corrected": seconds(intake.now)} if action is Action.CORRECT else row


def _content(item: Harvested) -> Row:
    return clean_columns(item.clean) | {
        "url_key": item.url_key,
        "text_key": item.text_key,
        "updated": seconds_or_none(item.dates.updated),
        "held_by": item.held_by,
        "words": item.words,
        "raw_digest": item.raw_digest,
        "raw": item.raw,
    }


def clean_columns(clean: CleanEntry) -> Row:
    """The columns that cleaning fills."""
    return {
        "url": clean.url,
        "canonical_url": clean.canonical_url,
        "title": clean.title,
        "media": clean.media,
        "credit": clean.credit,
        "authors": dump_list(clean.authors),
        "categories": dump_list(clean.categories),
        "topics": dump_list(clean.topics),
        "enclosures": dump_enclosures(clean.enclosures),
        "cover": clean.cover,
        "excerpt": clean.excerpt,
        "clean_version": CLEAN_VERSION,
        "html": clean.html,
        "text": clean.text,
    }


def _write(connection: Connection, batch: _Batch, intake: Intake) -> None:
    if batch.superseded:
        _keep_revisions(connection, batch.superseded, intake)
    if batch.inserts:
        connection.execute(insert(entry), batch.inserts)
    if batch.identities:
        connection.execute(update(entry).where(entry.c.id == bindparam("of")), batch.identities)
    for rows in batch.updates.values():
        if rows:
            statement = update(entry).where(entry.c.id == bindparam("of"))
            connection.execute(statement.values(version=entry.c.version + 1), rows)
    touched = [row["id"] for row in batch.inserts]
    touched += [row["of"] for rows in batch.updates.values() for row in rows]
    record_changes(connection, "entry", touched)


def _keep_revisions(connection: Connection, ids: Sequence[str], intake: Intake) -> None:
    for part in chunks(ids):
        numbers = Counter[str](
            dict(
                connection.execute(
                    select(revision.c.entry, func.max(revision.c.number))
                    .where(revision.c.entry.in_(part))
                    .group_by(revision.c.entry)
                )
                .all()
            )
        )
        old = connection.execute(
            select(entry.c.id, entry.c.title, entry.c.text, entry.c.raw).where(entry.c.id.in_(part))
        )
        rows = [
            {
                "entry": row.id,
                "number": numbers[row.id] + 1,
                "seen": seconds(intake.now),
                "title": row.title,
                "text": row.text,
                "raw": row.raw,
            }
            for row in old
        ]
        connection.execute(insert(revision), rows)


def record_changes(connection: Connection, kind: str, keys: Sequence[str]) -> None:
    """Put rows into the outbox: what a site must look at again."""
    if keys:
        connection.execute(insert(change), [{"kind": kind, "key": key} for key in keys])
