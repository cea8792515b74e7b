"""Feed records in the store: loaded once a run, written where they changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from matrixsite.config.settings import IdentityRule
from matrixsite.fetch.schedule import FeedState
from matrixsite.model import Reason
from matrixsite.registry.record import FeedRecord, Health
from matrixsite.store.bulk import among, insert_rows, rows_among, rows_for, update_rows
from matrixsite.store.columns import dump_list, moment_or_none, seconds, seconds_or_none
from matrixsite.store.schema import feed

MOST_HOSTS = 20  # of a feed's items: an aggregator's are without end

# In this order `_row` gives and `_record` takes them.
_COLUMNS = (
    *("account", "url", "etag", "modified", "digest", "moved_to", "moved_seen", "adopted", "failures"),
    *(
        "failing_since",
        "next_try",
        "paused_since",
        "paused_reason",
        "last_checked",
        "last_success",
        "last_new",
    ),
    *("reason", "health", "health_since", "problems", "identity", "identity_since", "snapshot", "title"),
    *("format", "hosts", "restamped", "key"),
)
_ALL = select(*(feed.c[name] for name in _COLUMNS))
_AMONG = _ALL.where(among(feed.c.key))
_HEALTH = {health.value: health for health in Health}
_RULES = {rule.value: rule for rule in IdentityRule}


def load_feeds(connection: Connection) -> dict[str, FeedRecord]:
    """Every feed ever asked, by key."""
    return {record.key: record for record in map(_record, rows_for(connection, _ALL))}


def feeds_among(connection: Connection, keys: Iterable[str]) -> dict[str, FeedRecord]:
    """Those of these feeds that were ever asked, by key."""
    return {record.key: record for record in map(_record, rows_among(connection, _AMONG, keys))}


def save_feeds(connection: Connection, records: Iterable[FeedRecord], known: Iterable[str]) -> None:
    """Write these records; `known` are the keys that the store has already."""
    rows = [_row(record) for record in records]
    stored = set(known)
    insert_rows(connection, feed, _COLUMNS, [row for row in rows if row[-1] not in stored])
    update_rows(connection, feed, _COLUMNS[:-1], [row for row in rows if row[-1] in stored], by="key")


def save_checked(connection: Connection, keys: Sequence[str], now: datetime) -> None:
    """Nothing changed of these feeds: they were asked now, with success."""
    checked = seconds(now)
    rows = [(checked, checked, key) for key in keys]
    update_rows(connection, feed, ("last_checked", "last_success"), rows, by="key")


def _row(record: FeedRecord) -> tuple[Any, ...]:
    state = record.state
    return (
        record.account,
        state.url,
        state.etag,
        state.modified,
        state.digest,
        state.moved_to,
        state.moved_seen,
        state.adopted,
        state.failures,
        seconds_or_none(state.failing_since),
        seconds_or_none(state.next_try),
        seconds_or_none(state.paused_since),
        _dump(state.paused_reason),
        seconds_or_none(state.last_checked),
        seconds_or_none(state.last_success),
        seconds_or_none(state.last_new),
        _dump(state.reason),
        record.health.value,
        seconds_or_none(record.since),
        dump_list([[problem.code, problem.detail] for problem in record.problems]),
        record.rule.value,
        seconds_or_none(record.rule_since),
        record.snapshot,
        record.title,
        record.format,
        dump_list(sorted(record.hosts)[:MOST_HOSTS]),
        record.restamped,
        state.key,
    )


def _record(row: Iterable[Any]) -> FeedRecord:
    (account, url, etag, modified, digest, moved_to, moved_seen, adopted, failures, *rest) = row
    (failing_since, next_try, paused_since, paused_reason, last_checked, last_success, last_new, *rest) = rest
    (reason, health, since, problems, rule, rule_since, snapshot, title, form, hosts, restamped, key) = rest
    state = FeedState(
        key,
        url,
        etag,
        modified,
        digest,
        moved_to,
        moved_seen,
        adopted,
        failures,
        moment_or_none(failing_since),
        moment_or_none(next_try),
        moment_or_none(paused_since),
        _load(paused_reason),
        moment_or_none(last_checked),
        moment_or_none(last_success),
        moment_or_none(last_new),
        _load(reason),
    )
    return FeedRecord(
        state,
        account,
        _HEALTH[health],
        moment_or_none(since),
        tuple(Reason(*item) for item in json.loads(problems)) if problems else (),
        _RULES[rule],
        moment_or_none(rule_since),
        snapshot,
        title,
        form,
        frozenset(json.loads(hosts)) if hosts else frozenset(),
        restamped,
    )


def _dump(reason: Reason | None) -> str:
    return json.dumps([reason.code, reason.detail], ensure_ascii=False) if reason else ""


def _load(stored: str) -> Reason | None:
    return Reason(*json.loads(stored)) if stored else None
