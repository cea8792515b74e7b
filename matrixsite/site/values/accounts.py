"""Account pages and their month archives."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from matrixsite.config.settings import Account
from matrixsite.site import urls
from matrixsite.site.contexts import AccountPage, FeedLink, Head, Link, MonthPage, MonthRow
from matrixsite.site.directory import numbered
from matrixsite.site.edition import Edition
from matrixsite.site.rows import MOST_ROWS, story_rows
from matrixsite.site.source import Month

ATOM_TYPE = "application/atom+xml"


def account_page(id_: str, edition: Edition) -> AccountPage:
    """An account with its newest 100 entries; the past is in its months."""
    account, standing = edition.accounts[id_], edition.standings.get(id_)
    return AccountPage(
        head=_head(account, urls.account_page(id_), account.name, edition),
        name=account.name,
        platform=account.platform,
        handle=account.handle,
        member=edition.member_name(account),
        groups=tuple(
            Link(edition.groups[group].name, urls.group_page(group)) for group in edition.groups_of(account)
        ),
        intro=account.intro,
        avatar=account.avatar,
        home=Link(account.home, account.home, external=True) if account.home else None,
        joined=account.joined.isoformat() if account.joined else "",
        closed=account.closed.isoformat() if account.closed else "",
        successor=_successor(account, edition),
        count=standing.count if standing else 0,
        newest=story_rows(edition.source.newest_of(id_, MOST_ROWS), edition),
        months=tuple(_month_row(id_, month) for month in edition.source.months_of(id_)),
    )


def month_page(id_: str, name: str, number: int, edition: Edition) -> MonthPage:
    """One page of one month of an account, oldest first, so that what is full never shifts."""
    account = edition.accounts[id_]
    count = next(month.count for month in edition.source.months_of(id_) if month.name == name)
    first = (number - 1) * MOST_ROWS
    rows = islice(edition.source.entries_of_month(id_, name), first, first + MOST_ROWS)
    shown_month = name.replace("/", "-")
    path = urls.account_month(id_, name, number)
    return MonthPage(
        head=_head(account, path, f"{account.name} {shown_month}", edition),
        account=Link(account.name, urls.account_page(id_)),
        month=shown_month,
        count=count,
        rows=story_rows(rows, edition),
        pages=numbered(lambda n: urls.account_month(id_, name, n), number, max(1, -(-count // MOST_ROWS))),
    )


def _month_row(account: str, month: Month) -> MonthRow:
    return MonthRow(month.name.replace("/", "-"), urls.account_month(account, month.name), month.count)


def _successor(account: Account, edition: Edition) -> Link | None:
    successor = edition.accounts.get(account.successor)
    return Link(successor.name, urls.account_page(successor.id)) if successor else None


def _head(account: Account, path: str, title: str, edition: Edition) -> Head:
    head = edition.head(title, path, account.intro)
    return replace(head, feeds=(FeedLink(account.name, urls.account_feed(account.id), ATOM_TYPE),))
