"""Taking in what feeds brought: matching with what is stored, then inserts, revisions and refreshes in one transaction.

Entries of one account never depend on another account's, so a batch may hold any number of accounts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from matrixsite.clean.entry import CLEAN_VERSION
from matrixsite.editorial.status import EntryFacts
from matrixsite.ingest.decision import Action, Known, decide
from matrixsite.ingest.harvest import Harvest
from matrixsite.ingest.harvested import Harvested
from matrixsite.model import CleanEntry, Status
from matrixsite.store.bulk import insert_rows
from matrixsite.store.columns import dump_enclosures, dump_list, seconds, seconds_or_none
from matrixsite.store.database import chunks
from matrixsite.store.matching import Stored, stored_for
from matrixsite.store.outbox import record_changes
from matrixsite.store.removals import Signs, heed
from matrixsite.store.schema import entry, revision
from matrixsite.store.unlearned import unlearn

BACKFILL = timedelta(days=1)  # an undated entry of a feed's first fetch is older than today's news
Row = dict[str, Any]

WORDLESS: Row = {"html": "", "text": "", "excerpt": ""}
_FRESH: Row = {"corrected": None, "feed_id": None, "story": None, "version": 1}
_FRESH |= {"gone": False, "removal_seen": None, "purged": False}
_COLUMNS = [column.name for column in entry.columns]
_VALUES = itemgetter(*_COLUMNS)


@dataclass(slots=True)
class Taken:
    """What came of one document; `touched` are the ids of stored entries that changed."""

    key: str
    new: int = 0
    corrected: int = 0
    touched: list[str] = field(default_factory=list)
    rotated: int = 0  # entries that came under another identity than before
    again: int = 0  # entries that came again otherwise written, their words the same …
    restamped: int = 0  # … and of these under another date


@dataclass(frozen=True, slots=True)
class Intake:
    """What a run adds to what feeds say: the time of first sight, the zone of months, the status of a new entry.

    `feeds` are the keys of all feeds there are: an entry of one that is no more passes to whichever shows it.
    """

    now: datetime
    zone: tzinfo
    judge: Callable[[EntryFacts], Status]
    feeds: frozenset[str]


@dataclass(slots=True)
class _Batch:
    """What is stored, as the batch finds and leaves it, and the rows to write."""

    stored: Stored
    inserts: list[Row] = field(default_factory=list)
    updates: dict[str, Row] = field(default_factory=dict)
    passed: dict[str, Row] = field(default_factory=dict)  # to another identity or feed
    superseded: dict[str, None] = field(default_factory=dict)
    unlearned: dict[str, None] = field(default_factory=dict)  # their words changed
    signs: dict[str, Signs] = field(default_factory=dict)  # of removal upstream, by feed


def take_in(
    connection: Connection, harvests: Sequence[Harvest], first: frozenset[str], intake: Intake
) -> list[Taken]:
    """Store the entries of some documents; `first` names the feeds that never brought anything before."""
    batch = _Batch(stored_for(connection, harvests))
    taken = [_match(batch, harvest, harvest.key in first, intake) for harvest in harvests]
    _write(connection, batch, intake)
    for name, item in zip(heed(connection, batch.signs.values(), intake.now), taken, strict=True):
        item.touched += name
    return taken


def _match(batch: _Batch, harvest: Harvest, first: bool, intake: Intake) -> Taken:
    taken = Taken(harvest.key)
    signs = batch.signs[harvest.key] = Signs(harvest.account, harvest.key, harvest.deleted)
    for item, known in zip(harvest.entries, batch.stored.pair(harvest), strict=True):
        if known is None:
            signs.note(item, _insert(batch, harvest, item, first, intake))
            taken.new += 1
            continue
        known = _pass_on(batch, harvest.key, item, known, intake, taken)
        if known.feed == harvest.key:
            signs.note(item, known.id)
            _note_date(item, known, taken)
        action = decide(item, known, harvest.key)
        if action is not Action.KEEP:
            _update(batch, item, known, action, intake)
            taken.corrected += action is Action.CORRECT
            taken.touched.append(known.id)
    return taken


def _note_date(item: Harvested, known: Known, taken: Taken) -> None:
    """Dates are frozen at first sight; here is told whether the feed's own stand still."""
    if item.words != known.words or item.raw_digest == known.raw_digest:
        return
    taken.again += 1
    published = item.dates.published
    taken.restamped += published is not None and seconds(published) != known.published


def _pass_on(batch: _Batch, feed: str, item: Harvested, known: Known, intake: Intake, taken: Taken) -> Known:
    """The entry under the identity and feed that it has from now on."""
    if known.feed not in intake.feeds:
        known = replace(known, feed=feed)
        batch.passed[known.id] = _place(known)
    if known.feed != feed or known.identity in (item.identity.strict, item.identity.loose):
        return known
    identity = batch.stored.free_identity(item)
    taken.rotated += known.identity not in item.identity.former
    if identity:
        known = replace(known, identity=identity)
        batch.stored.learn(known)
        batch.passed[known.id] = _place(known)
    return known


def _place(known: Known) -> Row:
    return {"of": known.id, "identity": known.identity, "feed": known.feed}


def _insert(batch: _Batch, harvest: Harvest, item: Harvested, first: bool, intake: Intake) -> str:
    """Returns the new entry's id."""
    identity = batch.stored.free_identity(item)
    new_id = batch.stored.new_id(identity)
    published = item.dates.published or intake.now
    if item.dates.published is None and first:
        published = intake.now - BACKFILL - timedelta(minutes=item.position)
    local = published.astimezone(intake.zone)
    month = f"{local.year}/{local.month:02}"
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
        "status": intake.judge(EntryFacts(new_id, harvest.account, "", item.held_by)).value,
        **_FRESH,
        **_content(item),
    }
    if item.clean.placeholder:  # a notice stands where the text should be: wait for the text
        row |= WORDLESS
    batch.inserts.append(row)
    batch.stored.learn(
        Known(
            id=new_id,
            account=harvest.account,
            feed=harvest.key,
            identity=identity,
            url_key=item.url_key,
            title=row["title"],
            text=row["text"],
            words=item.words,
            raw_digest=item.raw_digest,
            published=row["published"],
            purged=False,
        )
    )
    return new_id


def _update(batch: _Batch, item: Harvested, known: Known, action: Action, intake: Intake) -> None:
    content = _content(item)
    if item.words != known.words:
        batch.unlearned[known.id] = None
    row = batch.updates.setdefault(known.id, {"of": known.id})
    row |= content
    if action is Action.CORRECT:
        row["corrected"] = seconds(intake.now)
        batch.superseded[known.id] = None
    fresh = {name: content[name] for name in ("url_key", "title", "text", "words", "raw_digest")}
    batch.stored.learn(replace(known, **fresh))


def _content(item: Harvested) -> Row:
    return clean_columns(item.clean) | {
        "url_key": item.url_key,
        "title_key": item.title_key,
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
        "media": clean.media.value,
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
    _keep_revisions(connection, batch.superseded, intake)
    if batch.inserts:
        insert_rows(connection, entry, _COLUMNS, list(map(_VALUES, batch.inserts)))
    statement = update(entry).where(entry.c.id == bindparam("of"))
    if batch.passed:
        connection.execute(statement, list(batch.passed.values()))
    corrected = [row for row in batch.updates.values() if "corrected" in row]
    refreshed = [row for row in batch.updates.values() if "corrected" not in row]
    for rows in (corrected, refreshed):  # the rows of one statement name the same columns
        if rows:
            connection.execute(statement.values(version=entry.c.version + 1), rows)
    unlearn(connection, batch.unlearned)
    record_changes(connection, "entry", [*(row["id"] for row in batch.inserts), *batch.updates])


def _keep_revisions(connection: Connection, ids: Iterable[str], intake: Intake) -> None:
    for part in chunks(ids):
        numbers = Counter[str](
            dict(
                connection.execute(
                    select(revision.c.entry, func.max(revision.c.number))
                    .where(revision.c.entry.in_(part))
                    .group_by(revision.c.entry)
                ).all()
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
