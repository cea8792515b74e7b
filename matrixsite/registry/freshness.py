"""How fresh the accounts are and how their feeds do: one row an account, for tables, JSON and CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from matrixsite.config.settings import Account, Settings
from matrixsite.registry.health import advice
from matrixsite.registry.news import (
    NOTHING,
    Colour,
    News,
    Window,
    by_week,
    colour_of,
    days_since,
    longest_silence,
)
from matrixsite.registry.record import FeedRecord, Health
from matrixsite.store.images import ImageCount

_WORST = (Health.FAILED, Health.PAUSED, Health.DEGRADED, Health.NEW, Health.OK)


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """An account's freshness, and the health of its worst feed."""

    account: str
    name: str
    member: str
    platform: str
    entries: int
    last_published: str | None  # ISO 8601; of its newest dated entry
    days: int | None  # since that day; None where nothing dated was ever seen
    colour: str  # green, amber, red by `freshness:`; none: not measured
    weeks: tuple[int, ...]  # posts in each of the last whole weeks, oldest first
    silence: int  # days of the longest silence of the last 180
    silence_from: str | None
    silence_to: str | None
    health: str
    reason: str
    sentence: str
    mend: str
    since: str | None
    last_checked: str | None
    last_success: str | None
    images_mirrored: int  # pictures of its shown entries that the site has copies of
    images_missing: int  # of those it has none of (yet), though it should
    feeds: tuple[Mapping[str, Any], ...]  # key, health, reason, since of each


def account_statuses(
    settings: Settings,
    records: Mapping[str, FeedRecord],
    news: Mapping[str, News],
    images: Mapping[str, ImageCount],
    window: Window,
) -> list[AccountStatus]:
    """Rows in the order of the settings, as of the last day of the window."""
    return [
        _status(
            account,
            settings,
            records,
            news.get(account.id, NOTHING),
            images.get(account.id, ImageCount()),
            window,
        )
        for account in settings.accounts
    ]


def _status(
    account: Account,
    settings: Settings,
    records: Mapping[str, FeedRecord],
    news: News,
    images: ImageCount,
    window: Window,
) -> AccountStatus:
    own = [records[feed.key] for feed in account.feeds if feed.key in records]
    worst = min(own, key=lambda record: _WORST.index(record.health), default=None)
    reason = worst.reason if worst else None
    told = advice(reason) if reason else None
    days, silence = days_since(news, window), longest_silence(news, window)
    measured = is_measured(account, news, window) and (bool(news.entries) or _was_asked(own))
    return AccountStatus(
        account=account.id,
        name=account.name,
        member=account.member,
        platform=account.platform,
        entries=news.entries,
        last_published=_iso(news.newest),
        days=days,
        colour=(colour_of(days, settings.freshness) if measured else Colour.NONE).value,
        weeks=by_week(news, window.today),
        silence=silence.days if silence else 0,
        silence_from=silence.first.isoformat() if silence else None,
        silence_to=silence.last.isoformat() if silence else None,
        health=worst.health if worst else ("new" if account.feeds else "none"),
        reason=reason.code if reason else "",
        sentence=told.sentence if told else "",
        mend=told.mend if told else "",
        since=_iso(worst.since) if worst else None,
        last_checked=_iso(worst.state.last_checked) if worst else None,
        last_success=_iso(worst.state.last_success) if worst else None,
        images_mirrored=images.mirrored,
        images_missing=images.missing,
        feeds=tuple(_feed(record) for record in own),
    )


def is_measured(account: Account, news: News, window: Window) -> bool:
    """Whether an account is held to be fresh: it is open on the day, and has a feed or brought something by hand."""
    open_ = account.open_on(window.today)
    return open_ and (bool(account.feeds) or bool(news.entries))


def _was_asked(records: list[FeedRecord]) -> bool:
    return any(record.health is not Health.NEW for record in records)


def _feed(record: FeedRecord) -> Mapping[str, Any]:
    return {
        "key": record.key,
        "health": record.health.value,
        "reason": record.reason.code if record.reason else "",
        "detail": record.reason.detail if record.reason else "",
        "since": _iso(record.since),
        "identity": record.rule.value,
        "moved_to": bool(record.state.moved_to or record.state.adopted),
    }


def as_mapping(status: AccountStatus) -> dict[str, Any]:
    """For JSON."""
    return asdict(status)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
