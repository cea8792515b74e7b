"""A run over the feeds, from settings to stories:

    settings, content ─► feeds due ─► collect ─► clean again ─► stories ─► status ─► rules ─► report

Each stage commits batch by batch, so a run that is killed has lost nothing and the next one goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from matrixsite.config.settings import Account, Feed, Settings
from matrixsite.editorial.content import Content
from matrixsite.editorial.rules import Predicate, compile_rule
from matrixsite.editorial.status import account_standing, status_of
from matrixsite.fetch.schedule import request_for, state_for
from matrixsite.model import Request
from matrixsite.pipeline.collecting import Collected, Collector, feeds_to_ask
from matrixsite.pipeline.engine import Engine
from matrixsite.pipeline.progress import Progress
from matrixsite.registry.record import FeedRecord
from matrixsite.store.database import Database
from matrixsite.store.entries import Intake
from matrixsite.store.feeds import load_feeds
from matrixsite.store.memberships import match_rules
from matrixsite.store.recleaning import outdated, outdated_count, reclean, write_recleaned
from matrixsite.store.settling import decisions_of, restatus, settle
from matrixsite.store.stories import join_pending, pending_count


@dataclass(frozen=True, slots=True)
class Options:
    """How a run goes about it; none of it changes what comes out."""

    now: datetime
    offline: bool = False
    only: str = ""  # an account's id
    force: bool = False  # ask paused and deferred feeds too
    jobs: int = 1
    batch: int = 100  # accounts to a transaction
    story_batch: int = 2000  # entries to a transaction


@dataclass(frozen=True, slots=True)
class Updated:
    """What a run over the feeds came to."""

    records: Mapping[str, FeedRecord]  # of all feeds in the settings
    collected: Collected
    joined: int


WORTH_A_POOL = 100  # feeds to ask below which starting workers costs more than it saves


def update(settings: Settings, content: Content, database: Database, options: Options, progress: Progress) -> Updated:
    """Bring the store up to date. The caller holds the lock."""
    every = feeds_to_ask(settings, "")
    with database.write() as connection:
        stored = load_feeds(connection)
        settle(connection, settings, content, options.now)
        decisions = decisions_of(connection, content)
    records = {key: _record(account, feed, stored.get(key)) for key, (account, feed) in every.items()}
    requests = _due(records, feeds_to_ask(settings, options.only), options)
    judge = partial(status_of, standing=account_standing(settings), decisions=decisions)
    intake = Intake(options.now, ZoneInfo(settings.site.timezone), judge)
    progress.stage("feeds", len(requests))
    with Engine(options.jobs if len(requests) >= WORTH_A_POOL else 1) as engine:
        collector = Collector(settings, database, records, stored, intake, engine, progress, batch=options.batch)
        collected = asyncio.run(collector.collect(requests, offline=options.offline))
        _reclean(database, engine, progress)
    joined = _join(database, settings, options, progress)
    touched = [name for taken in collected.taken.values() for name in taken.touched]
    with database.write() as connection:
        restatus(connection, touched, account_standing(settings), decisions_of(connection, content))
        settle(connection, settings, content, options.now)
        match_rules(connection, _predicates(settings, content), intake.zone)
    return Updated(records, collected, joined)


def _record(account: Account, feed: Feed, stored: FeedRecord | None) -> FeedRecord:
    state = state_for(feed, stored.state if stored else None)
    if stored is None:
        return FeedRecord(state, account.id)
    if state is stored.state and stored.account == account.id:
        return stored
    return FeedRecord(state, account.id, stored.health, stored.since)


def _due(
    records: Mapping[str, FeedRecord], feeds: Mapping[str, tuple[Account, Feed]], options: Options
) -> list[Request]:
    asked = (request_for(records[key].state, options.now, force=options.force) for key in feeds)
    return [request for request in asked if isinstance(request, Request)]


def _reclean(database: Database, engine: Engine, progress: Progress) -> None:
    with database.read() as connection:
        count = outdated_count(connection)
    if not count:
        return
    progress.stage("clean again", count)
    while True:
        with database.read() as connection:
            items = outdated(connection, 500)
        if not items:
            return
        rows = engine.submit(reclean, items).result()
        with database.write() as connection:
            write_recleaned(connection, rows)
        progress.advance(len(items))


def _join(database: Database, settings: Settings, options: Options, progress: Progress) -> int:
    with database.read() as connection:
        count = pending_count(connection)
    if not count:
        return 0
    progress.stage("stories", count)
    host = urlsplit(settings.site.url).hostname or "localhost"
    joined = 0
    while True:
        with database.write() as connection:
            done = join_pending(connection, options.story_batch, host)
        joined += done
        progress.advance(done)
        if done < options.story_batch:
            return joined


def _predicates(settings: Settings, content: Content) -> Mapping[str, Predicate]:
    return {
        f"column:{column.id}": compile_rule(column.rule, settings) for column in content.columns if column.rule
    }
