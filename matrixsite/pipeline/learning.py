"""After an answer: what it and its document change in a feed's record. Values in, values out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from matrixsite.config.settings import FetchSettings, IdentityRule
from matrixsite.fetch.schedule import after, failed
from matrixsite.ingest.harvest import DIGEST, Harvest
from matrixsite.model import Answer, Reason
from matrixsite.registry.record import FeedRecord, with_harvest, with_rule, with_state
from matrixsite.store.entries import Taken

ROTATED = 0.05  # share of entries back under another guid beyond which guids aren't trusted any more
ROTATED_LEAST = 3
RESTAMPED_LEAST = 3  # entries that come under other dates, and half of what comes again


@dataclass(frozen=True, slots=True)
class Result:
    """A feed's answer and, where it brought a document, what was in it."""

    answer: Answer
    harvest: Harvest | None = None

    @property
    def document(self) -> Harvest | None:
        """What is to be stored; None where nothing came, or no feed."""
        return self.harvest if self.harvest and not self.harvest.error else None


def with_result(
    record: FeedRecord, result: Result, now: datetime, settings: FetchSettings, home: str = ""
) -> FeedRecord:
    """The record after an answer. `home` is the account's own page, where the operator named one."""
    if result.harvest and result.harvest.error:
        return with_state(record, failed(record.state, result.harvest.error, now, settings), now)
    state = after(record.state, result.answer, now, settings)
    if result.harvest is None:
        return with_state(record, state, now)
    if result.harvest.revisit:
        state = replace(state, etag="", modified="", digest=b"")
    return with_harvest(record, state, result.harvest, now, home)


def with_taken(record: FeedRecord, taken: Taken, *, locked: bool, now: datetime) -> FeedRecord:
    """The record after its entries were stored. Guids that rotate lose their trust, unless the policy is locked."""
    if taken.new:
        record = replace(record, state=replace(record.state, last_new=now))
    moved = taken.restamped >= RESTAMPED_LEAST and 2 * taken.restamped >= taken.again
    if moved or record.restamped:
        record = replace(record, restamped=record.restamped + 1 if moved else 0)
    items = len(record.snapshot) // DIGEST - 1
    if locked or record.rule is not IdentityRule.GUID:
        return record
    if taken.rotated < ROTATED_LEAST or taken.rotated <= ROTATED * items:
        return record
    finding = Reason("rotating-guids", f"{taken.rotated} of {items} entries came under a new guid")
    return with_rule(record, IdentityRule.LINK, finding, now)
