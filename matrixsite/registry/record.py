"""A feed's record: what fetching learned of it, and what its last document was like."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from matrixsite.config.settings import IdentityRule
from matrixsite.fetch.schedule import FeedState
from matrixsite.ingest.harvest import Harvest
from matrixsite.model import Reason


class Health(StrEnum):
    """How a feed does."""

    NEW = "new"  # not asked yet
    OK = "ok"
    DEGRADED = "degraded"  # read, but something had to be mended or cut
    FAILED = "failed"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class FeedRecord:
    """All that the store keeps of a feed."""

    state: FeedState
    account: str
    health: Health = Health.NEW
    since: datetime | None = None  # since when the health is what it is
    problems: tuple[Reason, ...] = ()  # of the last document read
    rule: IdentityRule = IdentityRule.GUID
    rule_since: datetime | None = None  # when the identity policy was degraded
    snapshot: bytes = b""
    title: str = ""
    format: str = ""
    hosts: frozenset[str] = frozenset()  # where its items' pages lie
    restamped: int = 0  # documents in a row in which known entries came under other dates

    @property
    def key(self) -> str:
        """The feed's key in the matrix."""
        return self.state.key

    @property
    def reason(self) -> Reason | None:
        """Why it isn't well: the first thing to mend."""
        if self.health is Health.PAUSED:
            return self.state.paused_reason or self.state.reason
        if self.health is Health.FAILED:
            return self.state.reason
        return self.problems[0] if self.health is Health.DEGRADED else None


def with_state(record: FeedRecord, state: FeedState, now: datetime) -> FeedRecord:
    """The record after an answer that brought no document."""
    return _judged(replace(record, state=state), now)


def with_harvest(
    record: FeedRecord, state: FeedState, harvest: Harvest, now: datetime, home: str = ""
) -> FeedRecord:
    """The record after a document; `state` is the one after its answer, `home` the account's own page.

    What tells the feed from another site's, its title and hosts, stays as it was while another site's stands there.
    """
    rule_since = record.rule_since if harvest.rule is record.rule else now
    foreign = _is_foreign(record, harvest, home)
    was = Reason("changed-identity", f"it was {record.title!r} of {', '.join(sorted(record.hosts)[:3])}")
    return _judged(
        replace(
            record,
            state=state,
            problems=(was, *harvest.problems) if foreign else harvest.problems,
            rule=harvest.rule,
            rule_since=rule_since,
            snapshot=harvest.snapshot,
            title=record.title if foreign else harvest.title,
            format=harvest.format,
            hosts=record.hosts if foreign else harvest.hosts or record.hosts,
        ),
        now,
    )


def _is_foreign(record: FeedRecord, harvest: Harvest, home: str) -> bool:
    """Whether another site's feed stands where the feed was: another title, and pages on other hosts only.

    A site that moved keeps its title, one that was renamed its host. Who did both is named by `home`.
    """
    new = harvest.hosts
    known = record.hosts | {urlsplit(home).hostname or ""}
    return bool(record.hosts and new) and harvest.title != record.title and known.isdisjoint(new)


def with_rule(record: FeedRecord, rule: IdentityRule, finding: Reason, now: datetime) -> FeedRecord:
    """The record after its identity policy was degraded, for the reason found."""
    return _judged(replace(record, rule=rule, rule_since=now, problems=(*record.problems, finding)), now)


def _judged(record: FeedRecord, now: datetime) -> FeedRecord:
    health = _health(record)
    return record if health is record.health else replace(record, health=health, since=now)


def _health(record: FeedRecord) -> Health:
    if record.state.paused_since is not None:
        return Health.PAUSED
    if record.state.reason is not None:
        return Health.FAILED
    if record.state.last_success is None:
        return Health.NEW
    return Health.DEGRADED if record.problems else Health.OK
