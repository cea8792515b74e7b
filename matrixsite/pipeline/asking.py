"""Which feeds a run asks, and what harvesting their answers needs to know. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import blake2b
from mimetypes import guess_type
from urllib.parse import urlsplit

from matrixsite.config.settings import Account, Feed, Settings
from matrixsite.fetch.schedule import request_for, state_for
from matrixsite.ingest.task import Task
from matrixsite.model import Answer, Request
from matrixsite.pipeline.options import Options, Shard
from matrixsite.plugins import Kind, loaded
from matrixsite.registry.record import FeedRecord


def open_feeds(settings: Settings, today: date) -> dict[str, tuple[Account, Feed]]:
    """Every feed by key, with its account; those of accounts that are closed by today are left in peace."""
    return {
        feed.key: (account, feed)
        for account in settings.accounts
        if account.open_on(today)
        for feed in account.feeds
    }


def record_for(account: Account, feed: Feed, stored: FeedRecord | None) -> FeedRecord:
    """The record to go on with; what was learned of another address or for another account doesn't hold."""
    state = state_for(feed, stored.state if stored else None)
    if stored is None:
        return FeedRecord(state, account.id)
    if state is stored.state and stored.account == account.id:
        return stored
    return FeedRecord(state, account.id, stored.health, stored.since)


def due(records: Iterable[FeedRecord], options: Options) -> list[Request]:
    """The requests of a run, in the order of the records."""
    wanted = (record for record in records if options.only in ("", record.account))
    asked = (request_for(record.state, options.now, force=options.force) for record in wanted)
    return [request for request in asked if isinstance(request, Request)]


def in_shard(settings: Settings, shard: Shard | None) -> frozenset[str]:
    """The accounts of a part of the matrix; all of them without one.

    Whose feeds come from the same host are of the same part, so that nobody else asks it at the same time. An account
    goes by its first feed, and local files by their account.
    """
    accounts = (
        account for account in settings.accounts if not shard or _part(account, shard) == shard.number
    )
    return frozenset(account.id for account in accounts)


def _part(account: Account, shard: Shard) -> int:
    host = next((urlsplit(feed.url).netloc for feed in account.feeds if not feed.local), "") or account.id
    digest = blake2b(host.rpartition("@")[2].casefold().encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % shard.of + 1


class Tasks:
    """What harvesting an answer needs, gathered from the settings and the feed's record."""

    def __init__(
        self, settings: Settings, feeds: Mapping[str, tuple[Account, Feed]], options: Options
    ) -> None:
        self._settings, self._feeds, self._now = settings, feeds, options.now

    def task(self, answer: Answer, record: FeedRecord) -> Task:
        """The task for an answer that brought a body."""
        account, feed = self._feeds[answer.key]
        return Task(
            key=feed.key,
            account=account.id,
            body=answer.body,
            url=(account.home or self._settings.site.url) if feed.local else bare_base(answer.url),
            content_type=answer.content_type or guess_type(urlsplit(feed.url).path)[0] or "",
            zone=account.timezone or self._settings.site.timezone,
            now=self._now,
            rule=account.identity or record.rule,
            locked=account.identity is not None,
            several=len(account.feeds) > 1,
            charset=account.charset,
            future=account.future,
            skip_words=account.skip_words,
            hold_words=self._settings.holds.words,
            source=feed.source,
            query=account.query,
            filters=account.filters,
            known=record.snapshot,
        )


def require_plugins(accounts: Iterable[Account]) -> None:
    """Raise PluginBroken for a plugin that can't be loaded, before workers need it: settings may be older than it."""
    for account in accounts:
        for name in account.filters:
            loaded(Kind.FILTER, name)
        for feed in account.feeds:
            if feed.source:
                loaded(Kind.SOURCE, feed.source)


def bare_base(url: str) -> str:
    """A feed's address as the base of relative links: without user, query and fragment, which may hold a token.

    Only references without a path of their own keep a base's query (RFC 3986, 5.2.2), and those name the feed itself.
    """
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()
