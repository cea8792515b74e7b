"""Feeds in, entries stored: the part of a run that waits for the network.

    requests ─fetch─► answers ─harvest on the engine─► documents ─account by account─► store

Bodies wait in bounded numbers only. The feeds of one account are stored together and in the order of the settings, so
that the store does not depend on which host answers first; accounts don't depend on each other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import datetime
from mimetypes import guess_type

from matrixsite.config.settings import Account, Feed, IdentityRule, Settings
from matrixsite.fetch.crawl import fetch_all
from matrixsite.fetch.schedule import after, failed
from matrixsite.ingest.harvest import Harvest, Task, harvest, harvest_all
from matrixsite.model import Answer, Outcome, Reason, Request
from matrixsite.pipeline.engine import Engine
from matrixsite.pipeline.progress import Progress
from matrixsite.registry.record import FeedRecord, with_harvest, with_state
from matrixsite.store.database import Database
from matrixsite.store.entries import Intake, Taken, take_in
from matrixsite.store.feeds import save_feeds

CHUNK_BYTES = 400_000  # of bodies that go to a worker at once
ROTATED = 0.05  # share of entries that came back under another guid beyond which guids aren't trusted any more


@dataclass(frozen=True, slots=True)
class Result:
    """A feed's answer and, where it brought a document, what was in it."""

    answer: Answer
    harvest: Harvest | None = None


@dataclass(slots=True)
class Collected:
    """What came of a collection, by feed key."""

    taken: dict[str, Taken] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)


class Collector:
    """One collection: everything it knows is given to it, everything it learns goes to the store and `records`."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        records: dict[str, FeedRecord],
        stored: Iterable[str],
        intake: Intake,
        engine: Engine,
        progress: Progress,
        *,
        batch: int = 100,
    ) -> None:
        """`records` of all feeds to be asked, changed in place, `stored` the keys of those that the store has.

        `batch`: accounts to a transaction.
        """
        self._settings, self._database, self._records, self._intake = settings, database, records, intake
        self._engine, self._progress, self._batch = engine, progress, batch
        self._feeds = {feed.key: (account, feed) for account in settings.accounts for feed in account.feeds}
        self._stored = set(stored)
        self._waiting: dict[str, int] = {}
        self._results: dict[str, list[Result]] = {}
        self._ready: list[Result] = []
        self._accounts = 0
        self._chunk: list[tuple[Answer, Task]] = []
        self._under_way: set[asyncio.Task[None]] = set()
        self.collected = Collected()

    async def collect(self, requests: Sequence[Request], *, offline: bool) -> Collected:
        """Ask all, store all. Feeds' faults are recorded; what the store raises ends the collection."""
        for request in requests:
            name = self._feeds[request.key][0].id
            self._waiting[name] = self._waiting.get(name, 0) + 1
        answers = fetch_all(
            requests, self._settings.fetch, self._settings.root, site_url=self._settings.site.url, offline=offline
        )
        async with aclosing(answers):
            async for answer in answers:
                await self._take(answer)
        self._submit()
        while self._under_way:
            await self._one_done()
        self._flush()
        return self.collected

    async def _take(self, answer: Answer) -> None:
        self._progress.advance()
        if answer.outcome is not Outcome.NEW:
            self._arrived(Result(answer))
            return
        self._chunk.append((replace(answer, body=b""), self._task(answer)))
        if sum(len(task.body) for _, task in self._chunk) >= CHUNK_BYTES:
            self._submit()
            while len(self._under_way) > 2 * self._engine.jobs:
                await self._one_done()

    def _task(self, answer: Answer) -> Task:
        account, feed = self._feeds[answer.key]
        record = self._records[answer.key]
        return task_for(self._settings, account, feed, record, answer, self._intake.now)

    def _submit(self) -> None:
        if self._chunk:
            chunk, self._chunk = self._chunk, []
            self._under_way.add(asyncio.create_task(self._harvest(chunk)))

    async def _harvest(self, chunk: list[tuple[Answer, Task]]) -> None:
        tasks = [task for _, task in chunk]
        try:
            harvests = await asyncio.wrap_future(self._engine.submit(harvest_all, tasks))
        except BrokenProcessPool:
            harvests = [await self._harvest_alone(task) for task in tasks]
        for (answer, _), done in zip(chunk, harvests, strict=True):
            self._arrived(Result(answer, done))

    async def _harvest_alone(self, task: Task) -> Harvest:
        """A worker died over one document of a chunk: find which, and let the others live."""
        try:
            return await asyncio.wrap_future(self._engine.submit(harvest, task))
        except BrokenProcessPool:
            return Harvest(task.key, task.account, task.rule, error=Reason("worker-died"))

    async def _one_done(self) -> None:
        done, self._under_way = await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    def _arrived(self, result: Result) -> None:
        name = self._feeds[result.answer.key][0].id
        self._results.setdefault(name, []).append(result)
        self._waiting[name] -= 1
        if not self._waiting[name]:
            order = [feed.key for feed in self._feeds[result.answer.key][0].feeds]
            self._ready += sorted(self._results.pop(name), key=lambda item: order.index(item.answer.key))
            self._accounts += 1
            if self._accounts >= self._batch:
                self._flush()

    def _flush(self) -> None:
        """Store what is ready: entries and the state of their feeds in one transaction, or neither."""
        results, self._ready, self._accounts = self._ready, [], 0
        if not results:
            return
        records = {result.answer.key: self._next_record(result) for result in results}
        documents = [result.harvest for result in results if result.harvest and not result.harvest.error]
        first = frozenset(item.key for item in documents if self._records[item.key].state.last_success is None)
        with self._database.write() as connection:
            for taken in take_in(connection, documents, first, self._intake):
                self.collected.taken[taken.key] = taken
                records[taken.key] = _with_taken(records[taken.key], taken, self._settled(taken), self._intake.now)
            save_feeds(connection, records.values(), self._stored)
        self._records |= records
        self._stored |= records.keys()
        self.collected.asked |= records.keys()

    def _settled(self, taken: Taken) -> bool:
        """Whether the feed's identity policy must not degrade any further."""
        account = self._feeds[taken.key][0]
        return account.identity is not None or self._records[taken.key].rule is not IdentityRule.GUID

    def _next_record(self, result: Result) -> FeedRecord:
        record, answer, now = self._records[result.answer.key], result.answer, self._intake.now
        if result.harvest is None:
            return with_state(record, after(record.state, answer, now, self._settings.fetch), now)
        if result.harvest.error:
            return with_state(record, failed(record.state, result.harvest.error, now, self._settings.fetch), now)
        state = after(record.state, answer, now, self._settings.fetch)
        if result.harvest.revisit:
            state = replace(state, etag="", modified="", digest=b"")
        return with_harvest(record, state, result.harvest, now)


def _with_taken(record: FeedRecord, taken: Taken, settled: bool, now: datetime) -> FeedRecord:
    if taken.new:
        record = replace(record, state=replace(record.state, last_new=now))
    items = len(record.snapshot) // 16
    if settled or taken.rotated < 3 or taken.rotated <= ROTATED * items:
        return record
    finding = Reason("rotating-guids", f"{taken.rotated} of {items} entries came under a new guid")
    return replace(record, rule=IdentityRule.LINK, rule_since=now, problems=(*record.problems, finding))


def task_for(
    settings: Settings, account: Account, feed: Feed, record: FeedRecord, answer: Answer, now: datetime
) -> Task:
    """What harvesting needs to know, gathered from settings and record."""
    return Task(
        key=feed.key,
        account=account.id,
        body=answer.body,
        url=answer.url if not feed.local else account.home or settings.site.url,
        content_type=answer.content_type or guess_type(feed.url)[0] or "",
        zone=account.timezone or settings.site.timezone,
        now=now,
        rule=account.identity or record.rule,
        locked=account.identity is not None,
        several=len(account.feeds) > 1,
        charset=account.charset,
        future=account.future,
        skip_words=account.skip_words,
        hold_words=settings.holds.words,
        known=record.snapshot,
    )


def feeds_to_ask(settings: Settings, only: str) -> Mapping[str, tuple[Account, Feed]]:
    """Feeds by key; closed accounts are left in peace. `only` names one account."""
    return {
        feed.key: (account, feed)
        for account in settings.accounts
        if not account.closed and only in ("", account.id)
        for feed in account.feeds
    }
