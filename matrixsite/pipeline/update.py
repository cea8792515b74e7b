"""A run over the feeds, from settings to stories:

    settings, content ─► feeds due ─► collect ─► clean again ─► settle (stories, status, rules) ─► images ─► report

Each stage commits batch by batch, so a run that is killed has lost nothing and the next one goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from matrixsite.config.settings import Settings
from matrixsite.editorial.content import Content
from matrixsite.editorial.status import AccountStanding, Decisions, account_standing, status_of
from matrixsite.fetch.crawl import fetch_all
from matrixsite.ingest.by_hand import by_hand, hand_harvests
from matrixsite.model import Request
from matrixsite.pipeline.asking import Tasks, due, in_shard, open_feeds, record_for, require_plugins
from matrixsite.pipeline.collecting import Collector
from matrixsite.pipeline.engines import AnyEngine, Engines
from matrixsite.pipeline.mirroring import MirrorResult, mirror_images
from matrixsite.pipeline.options import Options
from matrixsite.pipeline.progress import Progress
from matrixsite.pipeline.settling import Settling
from matrixsite.pipeline.shelving import Collected, Rejudge, Shelf
from matrixsite.pipeline.spreading import fetch_spread
from matrixsite.registry.news import Window
from matrixsite.registry.record import FeedRecord
from matrixsite.registry.watch import BURST, Finding, Watch, bursts_and_gaps
from matrixsite.store.database import Database
from matrixsite.store.entries import Intake, Taken, take_in
from matrixsite.store.feeds import load_feeds
from matrixsite.store.news import news_by_account
from matrixsite.store.recleaning import outdated, outdated_count, reclean, write_recleaned
from matrixsite.store.settling import decisions_of, restatus

WORTH_A_POOL = 100  # feeds to ask below which several workers cost more than they save


@dataclass(frozen=True, slots=True)
class Updated:
    """What a run over the feeds came to: the records of all feeds, the keys of those asked, what each brought.

    Of a feed that answered as ever the record is that from before the run: the store has the time of the answer.
    """

    records: Mapping[str, FeedRecord]
    asked: frozenset[str]
    taken: Mapping[str, Taken]
    joined: int = 0
    images: MirrorResult = field(default_factory=MirrorResult)
    found: Sequence[Finding] = ()  # odd with a feed since this run

    @classmethod
    def of(cls, learned: Collected, before: Mapping[str, FeedRecord]) -> Updated:
        """What was collected, no more."""
        records = {**before, **learned.records}
        return cls(records, frozenset(learned.asked), learned.taken, found=learned.found)


def update(
    settings: Settings,
    content: Content,
    database: Database,
    options: Options,
    engines: Engines,
    progress: Progress,
) -> Updated:
    """Bring the store up to date. The caller holds the lock. A shard is collected, and waits for a run of all."""
    require_plugins(settings.accounts)
    today = options.now.astimezone(ZoneInfo(settings.site.timezone)).date()
    feeds, standing = open_feeds(settings, today), account_standing(settings)
    with database.read() as connection:
        stored = load_feeds(connection)
        decisions = decisions_of(connection, content)
    records = {key: record_for(account, feed, stored.get(key)) for key, (account, feed) in feeds.items()}
    accounts = in_shard(settings, options.shard)
    requests = due((record for record in records.values() if record.account in accounts), options)
    progress.stage("feeds", len(requests))
    with engines(many=len(requests) >= WORTH_A_POOL, apart=True) as engine:
        rejudge = partial(restatus, standing=standing, words=decisions)
        intake = _intake(settings, standing, decisions, options)
        shelf = Shelf(settings, database, records, stored, intake, rejudge, options.batch)
        collector = Collector(Tasks(settings, feeds, options), records, shelf, engine, progress)
        asyncio.run(_collect(settings, requests, shelf, collector, engine, offline=options.offline))
        _reclean(settings, database, engine, rejudge, progress)
        by_editors = list(hand_harvests(content.entries, settings, options.now))
        with database.write() as connection:
            take_in(connection, by_editors, frozenset(), shelf.intake)
        if options.shard:
            return Updated.of(shelf.collected, records)
        joined = Settling(settings, content, database, options).settle(engine, progress)
    images = mirror_images(settings, database, options, progress)
    learned = shelf.collected
    found = [*learned.found, *_bursts(settings, database, learned.taken, stored, options)]
    return replace(Updated.of(learned, records), joined=joined, images=images, found=found)


def _bursts(
    settings: Settings,
    database: Database,
    taken: Mapping[str, Taken],
    before: Mapping[str, FeedRecord],
    options: Options,
) -> list[Finding]:
    """Accounts of which a run brought far more of the last two days than usual; a first night is none."""
    accounts = {
        before[key].account
        for key, came in taken.items()
        if came.new >= BURST and key in before and before[key].state.last_success
    }
    if not accounts:
        return []
    zone = ZoneInfo(settings.site.timezone)
    window = Window(options.now.astimezone(zone).date(), zone)
    with database.read() as connection:
        news = news_by_account(connection, window, accounts)
    return [
        one
        for name, its in sorted(news.items())
        for one in bursts_and_gaps(name, its, window, settings.freshness)
        if one.watch is Watch.BURST and one.since.date() >= window.today - timedelta(days=1)
    ]


def _intake(settings: Settings, standing: AccountStanding, decisions: Decisions, options: Options) -> Intake:
    judge = partial(status_of, standing=standing, decisions=decisions)
    keys = frozenset(feed.key for account in settings.accounts for feed in account.feeds)
    keys |= {by_hand(account) for account in settings.accounts}
    return Intake(options.now, ZoneInfo(settings.site.timezone), judge, keys)


async def _collect(
    settings: Settings,
    requests: list[Request],
    shelf: Shelf,
    collector: Collector,
    engine: AnyEngine,
    *,
    offline: bool,
) -> None:
    for request in requests:
        shelf.expect(request.key)
    site, fetch = settings.site, settings.fetch
    if engine.remote and not offline:
        asked = fetch_spread(requests, fetch, settings.root, site_url=site.url, engine=engine)
    else:
        asked = fetch_all(requests, fetch, settings.root, site_url=site.url, offline=offline)
    async with aclosing(asked) as answers:
        await collector.collect(answers)


def _reclean(
    settings: Settings, database: Database, engine: AnyEngine, rejudge: Rejudge, progress: Progress
) -> None:
    with database.read() as connection:
        count = outdated_count(connection)
    if not count:
        return
    progress.stage("clean again", count)
    filters = {account.id: account.filters for account in settings.accounts if account.filters}
    while True:
        with database.read() as connection:
            items = outdated(connection, 500)
        if not items:
            return
        rows = engine.submit(reclean, items, settings.holds.words, filters).result()
        with database.write() as connection:
            rejudge(connection, write_recleaned(connection, rows))
        progress.advance(len(items))
