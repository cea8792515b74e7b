"""Month archives of every list that has them: oldest first and paged, so that what is full never shifts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from matrixsite.site import scopes, urls
from matrixsite.site.contexts.frame import FeedLink, Head, Link
from matrixsite.site.contexts.lists import MonthPage
from matrixsite.site.contexts.rows import MonthRow, Pages
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Listing, Made
from matrixsite.site.paging import numbered
from matrixsite.site.rows import MOST_ROWS, story_rows
from matrixsite.site.values.feeds import ATOM


def archive_keys(edition: Edition) -> Iterator[str]:
    """<folder>/<id>/<yyyy>/<mm> of every month of every list."""
    for folder, name in scopes.every_list(edition):
        for month in edition.source.months(scopes.scope(folder, name, edition)):
            yield f"{folder}/{name}/{month.name}"


def archive_pages(key: str, edition: Edition) -> Iterator[Made]:
    """The pages of one month of one list; none where the list or the month is no more."""
    folder, name, month = key.split("/", 2)
    if not scopes.exists(folder, name, edition):
        return
    link, label = scopes.list_link(folder, name, edition), urls.dashed(month)
    ids = tuple(edition.source.ids(scopes.scope(folder, name, edition).within(month)))
    last = -(-len(ids) // MOST_ROWS)
    for number in range(1, last + 1):
        path = urls.month_page(folder, name, month, number)
        shown = ids[(number - 1) * MOST_ROWS : number * MOST_ROWS]
        page = MonthPage(
            head=list_head(folder, name, path, f"{link.title} {label}", edition),
            whole=link,
            one_account=folder == scopes.ACCOUNTS,
            month=label,
            count=len(ids) if number == 1 else 0,
            rows=(),
            pages=closed_pages(partial(urls.month_page, folder, name, month), number, last),
        )
        yield Made(key, path, Listing(shown, page, partial(_with_rows, page, shown, edition)))


def closed_pages(path: Callable[[int], str], number: int, last: int) -> Pages:
    """Where a page of a closed period stands: only the first says how many there are, else full ones would change."""
    pages = numbered(path, number, last)
    return pages if number == 1 else replace(pages, count=0)


def _with_rows(page: MonthPage, ids: Sequence[str], edition: Edition) -> MonthPage:
    return replace(page, rows=story_rows(edition.source.entries(ids, wide=False), edition))


def month_rows(folder: str, name: str, edition: Edition) -> tuple[MonthRow, ...]:
    """The archive of a list, newest month first."""
    folder, name = scopes.archive_of(folder, name, edition)
    found = edition.source.months(scopes.scope(folder, name, edition))
    return tuple(
        MonthRow(urls.dashed(month.name), urls.month_page(folder, name, month.name), month.count)
        for month in found
    )


def year_links(folder: str, name: str, edition: Edition) -> Mapping[str, str]:
    """The pages of the years of an account or member, by year, newest first."""
    folder, name = scopes.archive_of(folder, name, edition)
    months = edition.source.months(scopes.scope(folder, name, edition))
    return {one.name[:4]: urls.year_page(folder, name, one.name[:4]) for one in months}


def list_head(folder: str, name: str, path: str, title: str, edition: Edition, description: str = "") -> Head:
    """The head of a page of a list: it announces the list's own feed."""
    link: Link = scopes.list_link(folder, name, edition)
    feeds = (FeedLink(link.title, urls.list_feed(*scopes.archive_of(folder, name, edition)), ATOM.type),)
    return replace(edition.head(title, path, description), feeds=feeds)
