"""How much was published by month, year and platform (发布活跃度): sums that charts show.

A month is that of an entry's path, as in the archives that stand beside the charts. Charts go by whole years: what they
show hangs on the newest entry, never on a clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from matrixsite.config.settings import Account
from matrixsite.site import urls
from matrixsite.site.contexts.activity import Activity, Series, StatisticsPage, StatisticsYearPage
from matrixsite.site.contexts.frame import Link
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made

MOST_PLATFORMS = 8  # that a chart tells apart

Sums = Mapping[str, Mapping[str, int]]  # by platform and period


def activity_of(accounts: Iterable[Account], edition: Edition) -> Activity | None:
    """What some accounts published in the year of their newest entry and the one before; None where they did not."""
    return _recent(_by_platform(accounts, edition))


def statistics_pages(edition: Edition) -> Iterator[Made]:
    """What the whole matrix published: by year, and a page for each year."""
    by_month = _by_platform(edition.settings.accounts, edition)
    years = sorted({month[:4] for months in by_month.values() for month in months}, reverse=True)
    links = tuple(Link(year, urls.statistics_year(year)) for year in years)
    path = urls.STATISTICS
    yield Made(
        "",
        path,
        StatisticsPage(
            head=edition.head(edition.say("发布统计"), path),
            by_year=_activity(_years(years), _by_year(by_month)),
            by_month=_recent(by_month),
            years=links,
            accounts=len(edition.standings.keys() & edition.accounts.keys()),
        ),
    )
    for year in years:
        activity = _activity(_months(year), by_month)
        if activity:
            head = edition.head(edition.say("{year}年发布统计", year=year), urls.statistics_year(year))
            page = StatisticsYearPage(head, year, activity, links)
            yield Made("", urls.statistics_year(year), page)


def _by_platform(accounts: Iterable[Account], edition: Edition) -> Sums:
    platforms = {account.id: account.platform for account in accounts}
    sums: dict[str, Counter[str]] = {}
    for name, months in edition.source.posted(platforms).items():
        of_platform = sums.setdefault(platforms[name], Counter())
        for month, count in months.items():
            of_platform[urls.dashed(month)] += count
    return sums


def _recent(by_month: Sums) -> Activity | None:
    newest = max((month for months in by_month.values() for month in months), default="")
    if not newest:
        return None
    year, before = newest[:4], str(int(newest[:4]) - 1)
    has_both = any(month.startswith(before) for months in by_month.values() for month in months)
    return _activity([*(_months(before) if has_both else ()), *_months(year)], by_month)


def _activity(periods: Sequence[str], sums: Sums) -> Activity | None:
    """The series of these periods; platforms beyond the first eight are one."""
    counted = {name: tuple(found.get(period, 0) for period in periods) for name, found in sums.items()}
    order = sorted(
        (name for name in counted if any(counted[name])), key=lambda one: (-sum(counted[one]), one)
    )
    named = [Series(name, counted[name]) for name in order[:MOST_PLATFORMS]]
    if rest := [counted[name] for name in order[MOST_PLATFORMS:]]:
        named.append(Series("", tuple(map(sum, zip(*rest, strict=True)))))
    return Activity(tuple(periods), tuple(named)) if named else None


def _months(year: str) -> list[str]:
    return [f"{year}-{month:02}" for month in range(1, 13)]


def _by_year(by_month: Sums) -> Sums:
    sums: dict[str, Counter[str]] = {name: Counter() for name in by_month}
    for name, months in by_month.items():
        for month, count in months.items():
            sums[name][month[:4]] += count
    return sums


def _years(found: Sequence[str]) -> list[str]:
    """From the first to the last, without a gap; `found` are newest first."""
    return [str(year) for year in range(int(found[-1]), int(found[0]) + 1)] if found else []
