"""Which pages there are: a stream of (path, kind, key) from the store and the settings, nothing rendered,
nothing kept.

The order is that of publication (entries and stories first, so that lists never link to what isn't there
yet).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from matrixsite.site import urls
from matrixsite.site.directory import directory_pages, group_pages
from matrixsite.site.edition import Edition
from matrixsite.site.rows import MOST_ROWS, has_page


class Kind(StrEnum):
    """What a page is, and so which values it needs."""

    ENTRY = "entry"
    STORY = "story"
    FORMER_STORY = "former_story"
    WITHDRAWN = "withdrawn"
    ACCOUNT = "account"
    MONTH = "month"
    DIRECTORY = "directory"
    GROUP = "group"
    COLUMNS = "columns"
    COLUMN = "column"
    FORMER_COLUMN = "former_column"
    HONORS = "honors"
    HONOR = "honor"
    FORMER_HONOR = "former_honor"
    HOME = "home"
    NOT_FOUND = "not_found"
    FEED_RSS = "rss"
    FEED_ATOM = "atom"
    FEED_JSON = "json"
    ACCOUNT_FEED = "account_atom"
    ROBOTS = "robots"


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site and what it is made from."""

    path: str
    kind: Kind
    key: str = ""  # id of the entry, story, account, …
    month: str = ""  # of a month archive
    number: int = 1  # of a paged list


def plan(edition: Edition) -> Iterator[Page]:
    """All pages, each once; O(1) memory beyond the settings."""
    yield from _entries(edition)
    yield from _stories(edition)
    yield from _stubs(edition)
    yield from _accounts(edition)
    yield from _directory(edition)
    yield from _editorial(edition)
    yield Page(urls.HOME, Kind.HOME)
    yield Page(urls.NOT_FOUND, Kind.NOT_FOUND)
    yield from _programs(edition)


def _entries(edition: Edition) -> Iterator[Page]:
    for listed in edition.source.shown_entries():
        account = edition.accounts.get(listed.entry.account)
        if account is not None and has_page(listed, account):
            yield Page(listed.entry.path, Kind.ENTRY, listed.entry.id)


def _stories(edition: Edition) -> Iterator[Page]:
    for story in edition.source.shared_stories():
        yield Page(urls.story_page(story), Kind.STORY, story)
    for former, story in edition.source.former_stories():
        yield Page(urls.story_page(former), Kind.FORMER_STORY, story)


def _stubs(edition: Edition) -> Iterator[Page]:
    for path in edition.source.withdrawn_paths():
        yield Page(path, Kind.WITHDRAWN)


def _accounts(edition: Edition) -> Iterator[Page]:
    for account in edition.settings.accounts:
        yield Page(urls.account_page(account.id), Kind.ACCOUNT, account.id)
        yield Page(urls.account_feed(account.id), Kind.ACCOUNT_FEED, account.id)
        for month in edition.source.months_of(account.id):
            for number in range(1, pages_for(month.count) + 1):
                path = urls.account_month(account.id, month.name, number)
                yield Page(path, Kind.MONTH, account.id, month.name, number)


def pages_for(count: int) -> int:
    """How many pages a list of `count` rows takes."""
    return max(1, -(-count // MOST_ROWS))


def _directory(edition: Edition) -> Iterator[Page]:
    for number in range(1, directory_pages(edition) + 1):
        yield Page(urls.directory(number), Kind.DIRECTORY, number=number)
    for group in edition.settings.groups:
        for number in range(1, group_pages(edition, group.id) + 1):
            yield Page(urls.group_page(group.id, number), Kind.GROUP, group.id, number=number)


def _editorial(edition: Edition) -> Iterator[Page]:
    if edition.columns:
        yield Page(urls.COLUMNS, Kind.COLUMNS)
    for column in edition.columns.values():
        yield Page(urls.column_page(column.id), Kind.COLUMN, column.id)
        for former in column.former:
            yield Page(urls.column_page(former), Kind.FORMER_COLUMN, column.id)
    if edition.rolls:
        yield Page(urls.HONORS, Kind.HONORS)
    for roll in edition.rolls.values():
        yield Page(urls.honor_page(roll.id), Kind.HONOR, roll.id)
        for former in roll.former:
            yield Page(urls.honor_page(former), Kind.FORMER_HONOR, roll.id)


def _programs(edition: Edition) -> Iterator[Page]:
    formats = edition.settings.feeds.formats
    for name, path, kind in (
        ("rss", urls.FEED_RSS, Kind.FEED_RSS),
        ("atom", urls.FEED_ATOM, Kind.FEED_ATOM),
        ("json", urls.FEED_JSON, Kind.FEED_JSON),
    ):
        if name in formats:
            yield Page(path, kind)
    yield Page(urls.ROBOTS, Kind.ROBOTS)
