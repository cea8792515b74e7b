"""What is odd with feeds though they may be read: no feed any more, another site's, spam, moving dates, bad guids.

A record says what is odd after its last answer; the store keeps each finding with its time (`store.findings`).
Bursts and gaps are told from what accounts published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Final

from matrixsite.config.settings import FreshnessSettings, IdentityRule
from matrixsite.model import Reason
from matrixsite.registry.health import advice
from matrixsite.registry.news import News, Window, silences
from matrixsite.registry.record import FeedRecord

RESTAMPED = 2  # documents in a row: once, a publisher may have put dates right
BURST = 20  # posts of a day that may be one …
TIMES = 5  # … if they are so many times those of a usual day
BURST_DAYS = 30  # that are looked back for one
REGULAR = 8  # days with posts from which an account has a rhythm
_DAY = timedelta(days=1)


class Watch(StrEnum):
    """What is looked out for."""

    UNREACHABLE = "unreachable"  # kept for bulletins; a run's report lists failing feeds anyway
    NO_FEED = "no-feed"  # a web page or something else stands where the feed was
    OTHER_SITE = "other-site"
    SPAM = "spam"
    RESTAMPED = "restamped"
    BAD_GUIDS = "bad-guids"
    BURST = "burst"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd with a feed, or with all that an account publishes (then `feed` is the account's id)."""

    feed: str
    watch: Watch
    since: datetime
    reason: Reason
    until: datetime | None = None

    @property
    def sentence(self) -> str:
        return advice(self.reason).sentence

    @property
    def mend(self) -> str:
        return advice(self.reason).mend


_NO_FEED = frozenset({"html-page", "not-a-feed", "empty", "bad-json", "bad-csv", "unreadable"})
_NOT_ASKED = frozenset({"offline", "deferred"})
_PROBLEMS: Final[Mapping[str, Watch]] = {
    "changed-identity": Watch.OTHER_SITE,
    "spam": Watch.SPAM,
    "bad-guids": Watch.BAD_GUIDS,
    "rotating-guids": Watch.BAD_GUIDS,
}


def odd(record: FeedRecord) -> dict[Watch, Reason]:
    """What is odd with a feed by its record, each with the reason."""
    found: dict[Watch, Reason] = {}
    for problem in record.problems:
        if watch := _PROBLEMS.get(problem.code):
            found.setdefault(watch, problem)
    if record.rule is not IdentityRule.GUID and record.rule_since and Watch.BAD_GUIDS not in found:
        found[Watch.BAD_GUIDS] = Reason("bad-guids", f"entries are told apart by {record.rule.value}")
    if record.restamped >= RESTAMPED:
        found[Watch.RESTAMPED] = Reason("restamped", f"{record.restamped} documents in a row")
    reason = record.state.paused_reason or record.state.reason
    if reason and reason.code not in _NOT_ASKED:
        found[Watch.NO_FEED if reason.code in _NO_FEED else Watch.UNREACHABLE] = reason
    return found


@dataclass(frozen=True, slots=True)
class Turn:
    """What a run found to be odd with a feed that was not before, and what isn't any more."""

    begun: tuple[Finding, ...] = ()
    ended: tuple[tuple[str, Watch], ...] = ()


def turn(before: FeedRecord, after: FeedRecord, now: datetime) -> Turn:
    """The difference that an answer made."""
    was, is_ = odd(before), odd(after)
    began = tuple(Finding(after.key, watch, now, reason) for watch, reason in is_.items() if watch not in was)
    return Turn(began, tuple((after.key, watch) for watch in was if watch not in is_))


def bursts_and_gaps(
    account: str, news: News, window: Window, freshness: FreshnessSettings
) -> Iterator[Finding]:
    """The last burst of a month, and the gap that lasts, of an account that has a rhythm.

    A burst is a day with many times the posts of its usual day: a bridge that caught up, or a feed of others' posts. A
    gap is a silence several times as long as its usual ones, told before the account is red.
    """
    if len(news.days) < REGULAR:
        return
    usual = median(news.days.values())
    recent = window.today - BURST_DAYS * _DAY
    bursts = [day for day, count in news.days.items() if day > recent and count >= max(BURST, TIMES * usual)]
    if bursts:
        day = max(bursts)
        reason = Reason("burst", f"{news.days[day]} on {day}, usually {usual:g} a day")
        yield Finding(account, Watch.BURST, _midnight(day, window), reason)
    quiet = silences(news, window)
    if not quiet or quiet[-1].last != window.today:
        return
    lasting = quiet.pop()
    active = len(news.days)
    rhythm = sum(one.days for one in quiet) / active + 1  # days from one day with posts to the next
    if lasting.days >= max(freshness.amber // 2, TIMES * rhythm) and lasting.days < freshness.red:
        reason = Reason("gap", f"{lasting.days} days, usually {rhythm:.1f} from post to post")
        yield Finding(account, Watch.GAP, _midnight(lasting.first, window), reason)


def _midnight(day: date, window: Window) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=window.zone)


def told(findings: Iterable[Finding]) -> list[Finding]:
    """Those that people look at, worst kind first: unreachable feeds are told of elsewhere."""
    order = list(Watch)
    shown = (one for one in findings if one.watch is not Watch.UNREACHABLE)
    return sorted(shown, key=lambda one: (order.index(one.watch), one.feed))
