"""Feed records in the store: loaded once a run, written where they changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from matrixsite.config.settings import IdentityRule
from matrixsite.fetch.schedule import FeedState
from matrixsite.model import Reason
from matrixsite.registry.record import FeedRecord, Health
from matrixsite.store.columns import dump_list, moment_or_none, seconds_or_none
from matrixsite.store.schema import feed

MOST_HOSTS = 20  # of a feed's items: an aggregator's are without end


def load_feeds(connection: Connection) -> dict[str, FeedRecord]:
    """Every feed ever asked, by key."""
    return {row.key: _record(row) for row in connection.execute(select(feed))}


def save_feeds(connection: Connection, records: Iterable[FeedRecord], known: Iterable[str]) -> None:
    """Write these records; `known` are the keys that the store has already."""
    rows = [_row(record) for record in records]
    stored = set(known)
    if fresh := [row for row in rows if row["key"] not in stored]:
        connection.execute(insert(feed), fresh)
    if changed := [{**row, "of": row.pop("key")} for row in rows if row["key"] in stored]:
        connection.execute(update(feed).where(feed.c.key == bindparam("of")), changed)


def _row(record: FeedRecord) -> dict[str, Any]:
    state = record.state
    return {
        "key": state.key,
        "account": record.account,
        "url": state.url,
        "etag": state.etag,
        "modified": state.modified,
        "digest": state.digest,
        "moved_to": state.moved_to,
        "moved_seen": state.moved_seen,
        "adopted": state.adopted,
        "failures": state.failures,
        "failing_since": seconds_or_none(state.failing_since),
        "next_try": seconds_or_none(state.next_try),
        "paused_since": seconds_or_none(state.paused_since),
        "paused_reason": _dump(state.paused_reason),
        "last_checked": seconds_or_none(state.last_checked),
        "last_success": seconds_or_none(state.last_success),
        "last_new": seconds_or_none(state.last_new),
        "reason": _dump(state.reason),
        "health": record.health,
        "health_since": seconds_or_none(record.since),
        "problems": dump_list([[problem.code, problem.detail] for problem in record.problems]),
        "identity": record.rule,
        "identity_since": seconds_or_none(record.rule_since),
        "snapshot": record.snapshot,
        "title": record.title,
        "format": record.format,
        "hosts": dump_list(sorted(record.hosts)[:MOST_HOSTS]),
    }


def _record(row: Row[Any]) -> FeedRecord:
    state = FeedState(
        key=row.key,
        url=row.url,
        etag=row.etag,
        modified=row.modified,
        digest=row.digest,
        moved_to=row.moved_to,
        moved_seen=row.moved_seen,
        adopted=row.adopted,
        failures=row.failures,
        failing_since=moment_or_none(row.failing_since),
        next_try=moment_or_none(row.next_try),
        paused_since=moment_or_none(row.paused_since),
        paused_reason=_load(row.paused_reason),
        last_checked=moment_or_none(row.last_checked),
        last_success=moment_or_none(row.last_success),
        last_new=moment_or_none(row.last_new),
        reason=_load(row.reason),
    )
    return FeedRecord(
        state=state,
        account=row.account,
        health=Health(row.health),
        since=moment_or_none(row.health_since),
        problems=tuple(Reason(*item) for item in json.loads(row.problems or "[]")),
        rule=IdentityRule(row.identity),
        rule_since=moment_or_none(row.identity_since),
        snapshot=row.snapshot,
        title=row.title,
        format=row.format,
        hosts=frozenset(json.loads(row.hosts or "[]")),
    )


def _dump(reason: Reason | None) -> str:
    return json.dumps([reason.code, reason.detail], ensure_ascii=False) if reason else ""


def _load(stored: str) -> Reason | None:
    return Reason(*json.loads(stored)) if stored else None
