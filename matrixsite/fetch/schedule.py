"""Which feed is asked in a run, and what its answer changes. Values in, values out, no clock.

state = state_for(feed, stored)
request_for(state, now)          → Request, or the Reason why the feed isn't asked
after(state, answer, now, …)     → the next state          (its body could be read, or there was none)
as_ever(state, answer)           → whether that is the same state, checked now
failed(state, reason, now, …)    → the next state          (its body turned out to be no feed)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from matrixsite.config.settings import Feed, FetchSettings
from matrixsite.fetch.addresses import Guard, literal
from matrixsite.fetch.reasons import DEFERRED, GONE, NOT_FOUND, NOT_THE_FEEDS_FAULT, OFFLINE, PAUSED
from matrixsite.model import Answer, Outcome, Reason, Request

DAY: Final = timedelta(days=1)
EARLY: Final = timedelta(hours=6)
"""A nightly job doesn't start at the same minute: what is due within this time after it is due now."""

FORGIVEN: Final = 3  # failures in a row without any back-off
LONGEST_BACKOFF: Final = 3  # days
NOT_FOUND_FOR: Final = 14 * DAY  # after which a feed that answers 404 pauses
PAUSED_FOR: Final = 30 * DAY  # after which a paused feed is tried once


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed between runs. Times are UTC."""

    key: str
    url: str  # as configured; where it changes, nothing that the old address taught holds any more
    etag: str = ""
    modified: str = ""
    digest: bytes = b""
    moved_to: str = ""  # where permanent redirects lead
    moved_seen: int = 0  # in so many runs in a row
    adopted: str = ""  # the address in force instead of `url`; empty: `url`
    failures: int = 0  # in a row
    failing_since: datetime | None = None
    next_try: datetime | None = None
    paused_since: datetime | None = None
    paused_reason: Reason | None = None
    last_checked: datetime | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None  # an entry not seen before was stored: set by whoever stores it
    reason: Reason | None = None  # of the last failure, while it lasts


def state_for(feed: Feed, stored: FeedState | None) -> FeedState:
    """The state to go on with: a fresh one for a new feed, or for one whose address the operator changed."""
    if stored is None:
        return FeedState(feed.key, feed.url)
    if stored.url == feed.url:
        return stored
    return FeedState(
        feed.key,
        feed.url,
        last_checked=stored.last_checked,
        last_success=stored.last_success,
        last_new=stored.last_new,
    )


def request_for(state: FeedState, now: datetime, *, force: bool = False) -> Request | Reason:
    """The request due now, or why there is none (paused, deferred). `force` asks whatever was agreed."""
    if state.next_try is not None and now < state.next_try and not force:
        if state.paused_since is not None:
            return Reason(PAUSED, f"since {state.paused_since:%Y-%m-%d}: {state.paused_reason}")
        return Reason(DEFERRED, f"until {state.next_try:%Y-%m-%d %H:%M} UTC")
    return Request(state.key, state.adopted or state.url, state.etag, state.modified, state.digest)


def after(state: FeedState, answer: Answer, now: datetime, settings: FetchSettings) -> FeedState:
    """The state after an answer. For a body that turns out to be no feed, call `failed` instead."""
    if answer.outcome in (Outcome.FAILED, Outcome.GONE):
        return _after_fault(state, answer, now, settings)
    again = state.last_checked == now
    state = replace(
        state,
        etag=answer.etag,
        modified=answer.modified,
        digest=answer.digest,
        failures=0,
        failing_since=None,
        next_try=None,
        paused_since=None,
        paused_reason=None,
        last_checked=now,
        last_success=now,
        reason=None,
    )
    return _moved(state, answer.moved_to, settings, again=again)


def as_ever(state: FeedState, answer: Answer) -> bool:
    """Whether an answer changes nothing of a state but when it was last checked, with success."""
    return (
        answer.outcome is Outcome.SAME
        and (answer.etag, answer.modified, answer.digest) == (state.etag, state.modified, state.digest)
        and state.failures == state.moved_seen == 0
        and state.moved_to == answer.moved_to == ""
        and state.reason is state.paused_reason is None
        and state.next_try is state.failing_since is state.paused_since is None
    )


def failed(state: FeedState, reason: Reason, now: datetime, settings: FetchSettings) -> FeedState:
    """The state after a body that was no feed.

    Validators and digest go: with them the server would say "unchanged" of the same bad body, and neither a
    mended server nor a mended parser would ever be noticed.
    """
    bare = replace(state, etag="", modified="", digest=b"", moved_to="", moved_seen=0)
    return _failing(bare, reason, now, settings)


def _after_fault(state: FeedState, answer: Answer, now: datetime, settings: FetchSettings) -> FeedState:
    reason = answer.reason or Reason(GONE)
    wait = now + timedelta(seconds=answer.retry_after) if answer.retry_after > 0 else None
    if reason.code == OFFLINE:
        return state
    if reason.code in NOT_THE_FEEDS_FAULT:
        since = state.failing_since or now
        return replace(state, reason=reason, failing_since=since, next_try=wait or state.next_try)
    state = _failing(state, reason, now, settings)
    if reason.code == GONE or _never_found(state, now):
        return replace(
            state,
            paused_since=state.paused_since or now,
            paused_reason=state.paused_reason or reason,
            next_try=now + PAUSED_FOR - EARLY,
        )
    if wait is not None and (state.next_try is None or state.next_try < wait):
        return replace(state, next_try=wait)
    return state


def _failing(state: FeedState, reason: Reason, now: datetime, settings: FetchSettings) -> FeedState:
    again = (
        state.failures > 0 and state.last_checked == now
    )  # an interrupted night goes on: not counted twice
    failures = state.failures + (not again)
    state = replace(
        state,
        failures=failures,
        failing_since=state.failing_since or now,
        last_checked=now,
        reason=reason,
        next_try=_next_try(state, failures, now),
    )
    if state.adopted and failures >= settings.adopt_after:
        # a move that came to nothing: back to the operator's address, at the next run
        return replace(
            state, adopted="", moved_to="", moved_seen=0, etag="", modified="", digest=b"", next_try=None
        )
    return state


def _next_try(state: FeedState, failures: int, now: datetime) -> datetime | None:
    if state.paused_since is not None:
        return now + PAUSED_FOR - EARLY
    if failures <= FORGIVEN or "://" not in state.url:  # a file costs nothing to look for
        return None
    return now + min(failures - FORGIVEN + 1, LONGEST_BACKOFF) * DAY - EARLY


def _never_found(state: FeedState, now: datetime) -> bool:
    reason, since = state.reason, state.failing_since
    return (
        reason is not None and reason.code == NOT_FOUND and since is not None and now - since >= NOT_FOUND_FOR
    )


def _moved(state: FeedState, moved_to: str, settings: FetchSettings, *, again: bool) -> FeedState:
    """Count agreeing runs of a permanent redirect; adopt its end after `settings.adopt_after` of them.

    `again`: the run of this very time was interrupted and goes on.
    """
    if not moved_to:
        return replace(state, moved_to="", moved_seen=0)
    seen = state.moved_seen + (not again) if moved_to == state.moved_to else 1
    if seen < settings.adopt_after or not _adoptable(moved_to, state, settings):
        return replace(state, moved_to=moved_to, moved_seen=seen)
    return replace(state, adopted="" if moved_to == state.url else moved_to, moved_to="", moved_seen=0)


def _adoptable(moved_to: str, state: FeedState, settings: FetchSettings) -> bool:
    """Not to a private address, not from https to http, and not away from an address with credentials."""
    try:
        old, new = urlsplit(state.url), urlsplit(moved_to)
        if "@" in old.netloc or new.scheme not in ("http", "https") or not new.hostname:
            return False
        port = new.port or (443 if new.scheme == "https" else 80)
    except ValueError:
        return False
    if old.scheme == "https" and new.scheme == "http":
        return False
    host = new.hostname
    return literal(host) is None or Guard(settings.allow_private).refusal(host, host, port) is None
