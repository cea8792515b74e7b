"""How fresh the accounts are and how their feeds do: one row an account, for tables, JSON and CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from matrixsite.config.settings import Account
from matrixsite.registry.health import advice
from matrixsite.registry.record import FeedRecord, Health
from matrixsite.store.archive import Activity
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
    days: int | None  # since then; None where nothing dated was ever seen
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
    accounts: Sequence[Account],
    records: Mapping[str, FeedRecord],
    active: Mapping[str, Activity],
    images: Mapping[str, ImageCount],
    now: datetime,
) -> list[AccountStatus]:
    """Rows in the order of the settings."""
    return [
        _status(account, records, active.get(account.id), images.get(account.id, ImageCount()), now)
        for account in accounts
    ]


def _status(
    account: Account,
    records: Mapping[str, FeedRecord],
    active: Activity | None,
    images: ImageCount,
    now: datetime,
) -> AccountStatus:
    own = [records[feed.key] for feed in account.feeds if feed.key in records]
    worst = min(own, key=lambda record: _WORST.index(record.health), default=None)
    reason = worst.reason if worst else None
    told = advice(reason) if reason else None
    newest = active.newest if active else None
    return AccountStatus(
        account=account.id,
        name=account.name,
        member=account.member,
        platform=account.platform,
        entries=active.entries if active else 0,
        last_published=_iso(newest),
        days=(now - newest).days if newest else None,
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
