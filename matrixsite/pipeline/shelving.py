"""Results of feeds, stored: whole accounts, some to a transaction, entries and what was learned of their feeds as one.

The feeds of one account are stored together and in the order of the settings, so that the store does not depend on
which host answers first; accounts don't depend on each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from matrixsite.config.settings import Settings
from matrixsite.fetch.schedule import as_ever
from matrixsite.model import Outcome
from matrixsite.pipeline.learning import Result, with_result, with_taken
from matrixsite.registry.record import FeedRecord
from matrixsite.registry.watch import Finding, turn
from matrixsite.store.database import Database
from matrixsite.store.entries import Intake, Taken, take_in
from matrixsite.store.feeds import feeds_among, save_checked, save_feeds
from matrixsite.store.findings import note_turns
from matrixsite.store.removals import heed_unchanged

Rejudge = Callable[[Connection, Iterable[str]], object]  # settles the status of entries
QUIET = 50  # feeds in which nothing changed cost so many times less than an account in which something did


@dataclass(slots=True)
class Collected:
    """What a collection learned, by feed key: which were asked, the records of those that were not as ever, what
    was taken in, and what is odd since."""

    asked: set[str] = field(default_factory=set)
    records: dict[str, FeedRecord] = field(default_factory=dict)
    taken: dict[str, Taken] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)  # odd since this run


class Shelf:
    """Stores results: all feeds of an account together, some accounts to a transaction."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        records: Mapping[str, FeedRecord],
        stored: Mapping[str, FeedRecord],
        intake: Intake,
        rejudge: Rejudge,
        batch: int,
    ) -> None:
        """`records` of all feeds, `stored` those that the store has."""
        self._settings, self._database, self._records, self._stored = settings, database, records, stored
        self.intake, self._rejudge, self._batch = intake, rejudge, batch
        self._accounts = {feed.key: account for account in settings.accounts for feed in account.feeds}
        self._waiting: Counter[str] = Counter()
        self._results: dict[str, list[Result]] = {}
        self._complete: list[list[Result]] = []
        self._quiet: list[str] = []  # feeds of complete accounts in which nothing changed
        self.collected = Collected()

    def expect(self, key: str) -> None:
        """A result of this feed will come."""
        self._waiting[self._accounts[key].id] += 1

    def put(self, result: Result) -> None:
        """Take one result; with it an account, and with that a batch, may be complete."""
        account = self._accounts[result.answer.key]
        results = self._results.setdefault(account.id, [])
        results.append(result)
        if len(results) == self._waiting[account.id]:
            if len(results) > 1:
                order = [feed.key for feed in account.feeds]
                results.sort(key=lambda item: order.index(item.answer.key))
            del self._results[account.id]
            if all(map(self._as_ever, results)):
                self._quiet += (item.answer.key for item in results)
            else:
                self._complete.append(results)
            if len(self._complete) >= self._batch or len(self._quiet) >= QUIET * self._batch:
                self.flush()

    def flush(self) -> None:
        """Store what is complete: entries, their status and the state of their feeds in one transaction, or nothing."""
        accounts, quiet, self._complete, self._quiet = self._complete, self._quiet, [], []
        if not accounts and not quiet:
            return
        with self._database.write() as connection:
            results = self._still_ours(connection, accounts)
            same = [item.answer.key for item in results if item.answer.outcome is Outcome.SAME]
            save_checked(connection, quiet, self.intake.now)
            touched = self._store(connection, results) if results else []
            touched += heed_unchanged(connection, [*quiet, *same], self.intake.now)
            self._rejudge(connection, touched)
        self.collected.asked.update(quiet, (result.answer.key for result in results))

    def _still_ours(self, connection: Connection, accounts: Sequence[list[Result]]) -> list[Result]:
        """The results but those of accounts that another run stored meanwhile: what that found stands, and what it
        had not yet comes with the next night."""
        if self._database.shared:
            keys = [item.answer.key for account in accounts for item in account]
            there = feeds_among(connection, keys)
            accounts = [
                account
                for account in accounts
                if all(there.get(item.answer.key) == self._stored.get(item.answer.key) for item in account)
            ]
        return [result for account in accounts for result in account]

    def _as_ever(self, result: Result) -> bool:
        """Whether the store has all that is to be said of the feed, but for the time."""
        record = self._records[result.answer.key]
        return record is self._stored.get(record.key) and as_ever(record.state, result.answer)

    def _store(self, connection: Connection, results: Sequence[Result]) -> list[str]:
        """Store entries and state of these feeds; returns the entries that changed."""
        now, fetch = self.intake.now, self._settings.fetch
        before = {result.answer.key: self._records[result.answer.key] for result in results}
        records = {
            result.answer.key: with_result(
                before[result.answer.key], result, now, fetch, self._accounts[result.answer.key].home
            )
            for result in results
        }
        documents = [result.document for result in results if result.document]
        first = frozenset(item.key for item in documents if before[item.key].state.last_success is None)
        came = take_in(connection, documents, first, self.intake)
        for taken in came:
            locked = self._accounts[taken.key].identity is not None
            records[taken.key] = with_taken(records[taken.key], taken, locked=locked, now=now)
        save_feeds(connection, records.values(), self._stored)
        turns = [turn(before[key], record, now) for key, record in records.items()]
        note_turns(connection, turns, now)
        self.collected.found += [one for each in turns for one in each.begun]
        self.collected.taken |= {taken.key: taken for taken in came}
        self.collected.records |= records
        return [name for taken in came for name in taken.touched]
