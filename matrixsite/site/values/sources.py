"""The sources page: whether each account's feeds could be read last time, and nothing more of them.

A feed's address may hold a token or name a private host, and a fault may quote either, so neither leaves the machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from matrixsite.config.settings import Account
from matrixsite.site import urls
from matrixsite.site.contexts.accounts import SourceGroup, SourceRow, SourcesPage
from matrixsite.site.contexts.frame import Link
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.paging import numbered, page_count
from matrixsite.site.rows import MOST_ROWS


def source_pages(edition: Edition) -> Iterator[Made]:
    """Every account that has feeds, under the first of its groups; at most 100 a page."""
    rows = list(_rows(edition))
    available = sum(row.available for _, row in rows)
    count = page_count(len(rows))
    for number in range(1, count + 1):
        path = urls.sources(number)
        part = rows[(number - 1) * MOST_ROWS : number * MOST_ROWS]
        groups = groupby(part, key=lambda item: item[0])
        page = SourcesPage(
            head=edition.head(edition.say("来源状态"), path),
            count=len(rows),
            available=available,
            groups=tuple(
                SourceGroup(_group(name, edition), tuple(row for _, row in items)) for name, items in groups
            ),
            pages=numbered(urls.sources, number, count),
        )
        yield Made("", path, page)


def _rows(edition: Edition) -> Iterator[tuple[str, SourceRow]]:
    health = edition.source.health()
    order = {group.id: place for place, group in enumerate(edition.settings.groups)}
    fed = [
        account for account in edition.settings.accounts if account.feeds and account.open_on(edition.today)
    ]
    first = {account.id: (*edition.groups_of(account), "")[0] for account in fed}
    for account in sorted(fed, key=lambda account: order.get(first[account.id], len(order))):
        yield first[account.id], _row(account, all(health.get(feed.key, False) for feed in account.feeds))


def _row(account: Account, available: bool) -> SourceRow:
    return SourceRow(Link(account.name, urls.account_page(account.id)), account.platform, available)


def _group(name: str, edition: Edition) -> Link:
    return Link(edition.groups[name].name, urls.group_page(name)) if name else Link("")
