"""Entries that editors enter by hand (content/entries.yaml), for accounts whose platform gives no feed.

They are harvested as the items of a document that the editors wrote, so that everything holds for them that holds for
others. To take one off the site, withdraw it: absence is no removal here either.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from matrixsite.config.settings import Account, IdentityRule, Settings
from matrixsite.editorial.entries import HandEntry
from matrixsite.ingest.harvest import Harvest, harvest
from matrixsite.ingest.task import Task
from matrixsite.model import Media


def hand_harvests(entries: Sequence[HandEntry], settings: Settings, now: datetime) -> Iterator[Harvest]:
    """A harvest for each account that has entries by hand, in the order of the settings."""
    for account in settings.accounts:
        if own := [item for item in entries if item.account == account.id]:
            yield _with_kinds(harvest(_task(account, own, settings, now)), own)


def by_hand(account: Account) -> str:
    """The key of the feed that an account's entries by hand come by."""
    return f"{account.id}/by-hand"


def _task(account: Account, entries: Sequence[HandEntry], settings: Settings, now: datetime) -> Task:
    rows = [
        {
            "url": item.url,
            "title": item.title,
            "published": item.date.isoformat(),
            "cover": item.cover
            if "://" in item.cover or not item.cover
            else f"{settings.site.url}/{item.cover}",
        }
        for item in entries
    ]
    return Task(
        key=by_hand(account),
        account=account.id,
        body=json.dumps(rows, ensure_ascii=False).encode(),
        url=account.home or settings.site.url,
        content_type="application/json",
        zone=account.timezone or settings.site.timezone,
        now=now,
        rule=IdentityRule.LINK,
        locked=True,
        future=account.future,
        hold_words=settings.holds.words,
    )


def _with_kinds(harvest: Harvest, entries: Sequence[HandEntry]) -> Harvest:
    """What an entry brings, the editors know: there is no text to tell it from."""
    kinds = {position: item.kind for position, item in enumerate(entries) if item.kind is not Media.TEXT}
    told = (
        replace(item, clean=replace(item.clean, media=kinds.get(item.position, item.clean.media)))
        for item in harvest.entries
    )
    return replace(harvest, entries=tuple(told))
