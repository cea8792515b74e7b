"""Years of accounts and members, day by day.

There are as many as accounts times years and they hold no words, so they ask search engines to pass them over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from matrixsite.site import scopes, urls
from matrixsite.site.contexts.activity import CalendarDay, YearPage
from matrixsite.site.contexts.rows import MonthRow
from matrixsite.site.days import day_of
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.values.archives import list_head, month_rows


def year_keys(edition: Edition) -> Iterator[str]:
    """<folder>/<id>/<yyyy> of every year of every account and member."""
    for folder, name in scopes.every_list(edition):
        if folder in scopes.WITH_YEARS:
            months = edition.source.months(scopes.scope(folder, name, edition))
            yield from (f"{folder}/{name}/{year}" for year in dict.fromkeys(one.name[:4] for one in months))


def year_pages(key: str, edition: Edition) -> Iterator[Made]:
    """The page of one year; none where the account or member, or the year, is no more."""
    folder, name, year = key.split("/")
    if not scopes.exists(folder, name, edition):
        return
    accounts = scopes.scope(folder, name, edition).accounts or ()
    found = edition.source.publications(accounts, year)
    days = Counter(day_of(published, month, edition.zone) for month, published in found)
    if not days:
        return
    link, path = scopes.list_link(folder, name, edition), urls.year_page(folder, name, year)
    title = edition.say("{name}{year}年发布日历", name=link.title, year=year)
    page = YearPage(
        head=replace(list_head(folder, name, path, title, edition), noindex=True),
        whole=link,
        year=int(year),
        count=days.total(),
        days=tuple(CalendarDay(day.month, day.day, days[day]) for day in sorted(days)),
        months=_months(folder, name, year, edition),
    )
    yield Made(key, path, page)


def _months(folder: str, name: str, year: str, edition: Edition) -> tuple[MonthRow, ...]:
    return tuple(row for row in month_rows(folder, name, edition)[::-1] if row.year == year)
