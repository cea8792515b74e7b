"""Candidates for the headline of a day from the store, as the command line and the editors' desk show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from matrixsite.config.settings import Account, Settings
from matrixsite.editorial.candidates import DAYS, Ranked, Reason, Say, rank, window
from matrixsite.editorial.content import Content
from matrixsite.editorial.rights import shown
from matrixsite.model import Entry, Status
from matrixsite.store.archive import Judge, one_entry
from matrixsite.store.carrying import carried_between
from matrixsite.store.refs import resolve

LOOK_AROUND = timedelta(days=31)  # days whose headlines don't lead again


@dataclass(frozen=True, slots=True)
class HeadlineCandidate:
    """A story that may lead a day. `entry` is the ref for `pick:`; `why` are the reasons in the site's language."""

    entry: str
    story: str
    title: str  # the title, else the beginning of the text
    url: str  # as published
    path: str  # of the entry's page on the site
    account: str
    account_name: str
    published: datetime  # in the site's zone
    carriers: int  # entries
    points: int
    reasons: tuple[Reason, ...]
    why: tuple[str, ...]


def headline_candidates(
    connection: Connection,
    judge: Judge,
    settings: Settings,
    content: Content,
    day: date,
    say: Say,
    *,
    limit: int = 10,
    days: int = DAYS,
) -> list[HeadlineCandidate]:
    """The stories of the `days` up to `day` that most speaks for; an editor's word counts at once."""
    zone = ZoneInfo(settings.site.timezone)
    stories = carried_between(connection, *window(day, zone, days))
    ranked = rank(stories, settings, day, led=_led(connection, judge, content, day))
    accounts = {account.id: account for account in settings.accounts}

    def candidates() -> Iterator[HeadlineCandidate]:
        for one in ranked:
            entry = one_entry(connection, judge, one.carried.standing.entry)
            if entry and entry.status is Status.SHOWN:
                yield _candidate(entry, accounts[entry.account], one, zone, say)

    return list(islice(candidates(), limit))


def as_mapping(candidate: HeadlineCandidate) -> dict[str, Any]:
    """For JSON."""
    return asdict(candidate) | {
        "published": candidate.published.isoformat(),
        "reasons": [asdict(reason) for reason in candidate.reasons],
    }


def _candidate(entry: Entry, account: Account, ranked: Ranked, zone: ZoneInfo, say: Say) -> HeadlineCandidate:
    part = shown(entry, account)
    return HeadlineCandidate(
        entry=entry.id,
        story=entry.story,
        title=" ".join((part.title or part.excerpt).split()),
        url=entry.url,
        path=entry.path,
        account=entry.account,
        account_name=account.name,
        published=entry.published.astimezone(zone),
        carriers=len(ranked.carried.carriers),
        points=ranked.points,
        reasons=ranked.reasons,
        why=tuple(reason.said(say) for reason in ranked.reasons),
    )


def _led(connection: Connection, judge: Judge, content: Content, day: date) -> set[str]:
    """The stories that lead other days around this one."""
    picks = [
        headline.pick
        for headline in content.headlines
        if headline.date != day and abs(headline.date - day) <= LOOK_AROUND
    ]
    names = {name for found in resolve(connection, picks).values() for name in found}
    entries = (one_entry(connection, judge, name) for name in names)
    return {entry.story for entry in entries if entry}
