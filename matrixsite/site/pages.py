"""From a planned page to its bytes: which values it needs, and what writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any

from matrixsite.site import contexts
from matrixsite.site.directory import directory_page, group_page
from matrixsite.site.edition import Edition
from matrixsite.site.plan import Kind, Page
from matrixsite.site.render import Renderer, encode
from matrixsite.site.syndication.items import combined, of_account
from matrixsite.site.syndication.json_feed import json_feed
from matrixsite.site.syndication.xml_feeds import atom, rss
from matrixsite.site.values.accounts import account_page, month_page
from matrixsite.site.values.editorial import (
    column_page,
    columns_page,
    former_column_page,
    former_honor_page,
    honor_page,
    honors_page,
)
from matrixsite.site.values.entries import entry_pages, former_story_page, story_page, withdrawn_page
from matrixsite.site.values.home import home_page, not_found_page

BATCH = 200  # entries loaded at a time

_VALUES: Mapping[Kind, Callable[[Page, Edition], Any]] = {
    Kind.STORY: lambda page, edition: story_page(page.key, edition),
    Kind.FORMER_STORY: lambda page, edition: former_story_page(page.key, edition),
    Kind.FORMER_COLUMN: lambda page, edition: former_column_page(page.key, edition),
    Kind.WITHDRAWN: lambda _, edition: withdrawn_page(edition),
    Kind.ACCOUNT: lambda page, edition: account_page(page.key, edition),
    Kind.MONTH: lambda page, edition: month_page(page.key, page.month, page.number, edition),
    Kind.DIRECTORY: lambda page, edition: directory_page(edition, page.number),
    Kind.GROUP: lambda page, edition: group_page(edition, page.key, page.number),
    Kind.COLUMNS: lambda _, edition: columns_page(edition),
    Kind.COLUMN: lambda page, edition: column_page(page.key, edition),
    Kind.HONORS: lambda _, edition: honors_page(edition),
    Kind.HONOR: lambda page, edition: honor_page(page.key, edition),
    Kind.FORMER_HONOR: lambda page, edition: former_honor_page(page.key, edition),
    Kind.HOME: lambda _, edition: home_page(edition),
    Kind.NOT_FOUND: lambda _, edition: not_found_page(edition),
    Kind.FEED_RSS: lambda page, edition: combined(edition, page.path),
    Kind.FEED_ATOM: lambda page, edition: combined(edition, page.path),
    Kind.FEED_JSON: lambda page, edition: combined(edition, page.path),
    Kind.ACCOUNT_FEED: lambda page, edition: of_account(page.key, edition),
    Kind.ROBOTS: lambda _, _edition: "User-agent: *\nAllow: /\n",
}

_WRITERS: Mapping[Kind, Callable[[Any], bytes]] = {
    Kind.FEED_RSS: rss,
    Kind.FEED_ATOM: atom,
    Kind.FEED_JSON: json_feed,
    Kind.ACCOUNT_FEED: atom,
    Kind.ROBOTS: encode,
}

_TEMPLATES: Mapping[type, str] = {
    contexts.HomePage: "home",
    contexts.EntryPage: "entry",
    contexts.StoryPage: "story",
    contexts.AccountPage: "account",
    contexts.MonthPage: "month",
    contexts.DirectoryPage: "directory",
    contexts.ColumnsPage: "columns",
    contexts.ColumnPage: "column",
    contexts.HonorsPage: "honors",
    contexts.HonorPage: "honor",
    contexts.RedirectPage: "redirect",
    contexts.WithdrawnPage: "withdrawn",
    contexts.NotFoundPage: "not_found",
}


def valued(pages: Iterable[Page], edition: Edition) -> Iterator[tuple[Page, Any]]:
    """Each page with the values it shows; entries, which are by far the most, are loaded in batches."""
    for kind, run in groupby(pages, key=lambda page: page.kind):
        if kind is not Kind.ENTRY:
            yield from ((page, _VALUES[kind](page, edition)) for page in run)
            continue
        while batch := {page.key: page for page in islice(run, BATCH)}:
            for id_, value in entry_pages(batch, edition):
                yield batch[id_], value


def written(page: Page, value: Any, render: Renderer) -> bytes:
    """The bytes of a page: by its writer where it is for programs, else by the template of its values."""
    if writer := _WRITERS.get(page.kind):
        return writer(value)
    return render(page.path, _TEMPLATES[type(value)], value)
