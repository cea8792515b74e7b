"""What headlines add up to (头条采用通报): a year by member, account and month; a month as a bulletin and a table.

A headline counts for the account whose entry the editors picked, and for its member: not for those who carried it too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from matrixsite.editorial.rights import shown
from matrixsite.site import urls
from matrixsite.site.contexts.frame import Link
from matrixsite.site.contexts.headlines import (
    AccountTally,
    BulletinPage,
    BulletinRow,
    HeadlineYearPage,
    MemberTally,
    MonthOfYear,
)
from matrixsite.site.documents import FeedDocument, TableDocument
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.rows import MOST_ROWS, title_link, title_of
from matrixsite.site.syndication.headline_items import of_headlines
from matrixsite.site.values.headlines import Led, archive_of_headlines, headlines_come


def headline_pages(edition: Edition) -> Iterator[Made]:
    """All pages of headlines, their feed and their tables; nothing before the first one's day has come."""
    if not any(headline.date <= edition.today for headline in edition.content.headlines):
        return
    come = headlines_come(edition)
    yield from archive_of_headlines(come, edition)
    feed = of_headlines([(one.headline, one.listed) for one in come], edition)
    yield Made("", urls.HEADLINES_FEED, FeedDocument("atom", feed))
    for year, in_year in groupby(come, lambda one: one.year):
        yield Made("", urls.headline_year(year), _year_page(year, tuple(in_year), edition))
    for month, in_month in groupby(come, lambda one: one.month):
        days = tuple(reversed(tuple(in_month)))
        rows = tuple(_row(one, edition) for one in days)
        yield Made("", urls.headline_bulletin(month), _bulletin(month, days, rows, edition))
        yield Made("", urls.headline_table(month), _table(rows, edition))


def _year_page(year: str, days: Sequence[Led], edition: Edition) -> HeadlineYearPage:
    months = {month: list(led) for month, led in groupby(reversed(days), lambda one: one.month)}
    path = urls.headline_year(year)
    return HeadlineYearPage(
        head=edition.head(edition.say("{year}年今日头条采用统计", year=year), path),
        year=year,
        days=len(days),
        months=tuple(
            MonthOfYear(
                Link(urls.dashed(month), urls.headline_month(month)),
                urls.headline_bulletin(month),
                len(led),
            )
            for month, led in months.items()
        ),
        members=_by_member(days, list(months.values()), edition),
        accounts=_by_account(days, edition),
    )


def _by_member(
    days: Sequence[Led], months: Sequence[Sequence[Led]], edition: Edition
) -> tuple[MemberTally, ...]:
    """Most often first, then by name; at most 100."""
    totals = Counter(_member_of(one, edition) for one in days)
    by_month = [Counter(_member_of(one, edition) for one in month) for month in months]
    rows = [
        MemberTally(_member_link(member, edition), total, tuple(month[member] for month in by_month))
        for member, total in totals.items()
    ]
    rows.sort(key=lambda row: (-row.total, row.member.title, row.member.href))
    return tuple(rows[:MOST_ROWS])


def _by_account(days: Sequence[Led], edition: Edition) -> tuple[AccountTally, ...]:
    totals = Counter(one.listed.entry.account for one in days)
    rows = [
        AccountTally(edition.account_links[name], edition.member_name(edition.accounts[name]), total)
        for name, total in totals.items()
    ]
    rows.sort(key=lambda row: (-row.total, row.account.title, row.account.href))
    return tuple(rows[:MOST_ROWS])


def _bulletin(
    month: str, days: Sequence[Led], rows: tuple[BulletinRow, ...], edition: Edition
) -> BulletinPage:
    title = edition.say("{month}今日头条通报", month=edition.date_style.month_of_year(month))
    return BulletinPage(
        head=edition.head(title, urls.headline_bulletin(month)),
        month=Link(urls.dashed(month), urls.headline_month(month)),
        organizer=edition.settings.site.organizer,
        table=urls.headline_table(month),
        rows=rows,
        members=_by_member(days, (), edition),
    )


def _table(rows: Sequence[BulletinRow], edition: Edition) -> TableDocument:
    """The bulletin for spreadsheets, with the addresses of what led."""
    head = (
        edition.say("日期"),
        edition.say("标题"),
        edition.say("账号"),
        edition.say("成员单位"),
        edition.say("推荐理由"),
        edition.say("推荐人"),
        edition.say("地址"),
    )
    return TableDocument((head, *(_cells(row, edition) for row in rows)))


def _cells(row: BulletinRow, edition: Edition) -> tuple[str, ...]:
    address = row.title.href if row.title.external else edition.absolute(row.title.href)
    return (
        row.day,
        row.title.title,
        row.account.title,
        row.member.title,
        row.reason,
        row.picker,
        address,
    )


def _row(one: Led, edition: Edition) -> BulletinRow:
    account = edition.accounts[one.listed.entry.account]
    part = shown(one.listed.entry, account)
    return BulletinRow(
        day=one.headline.date.isoformat(),
        title=title_link(one.listed, account, title_of(part)),
        account=edition.account_links[account.id],
        member=_member_link(account.member, edition),
        reason=one.headline.reason,
        picker=one.headline.picker,
    )


def _member_of(one: Led, edition: Edition) -> str:
    return edition.accounts[one.listed.entry.account].member


def _member_link(member: str, edition: Edition) -> Link:
    return Link(edition.members[member].name, urls.member_page(member))
