"""The archive of the whole site: months as calendars, days with their stories, oldest first and paged.

A story stands in a month by its original if that is of the month, else by the earliest carrier that is, on that one's
day (`site.days`). So all pages of a month are made from the entries whose paths are of it, and the month is what is
looked at again; of its days only those are rendered whose stories, or an entry among them, changed.
"""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from matrixsite.site import urls
from matrixsite.site.contexts.archive import ArchiveDay, ArchiveDayPage, ArchiveMonthPage, ArchivePage
from matrixsite.site.contexts.frame import Link
from matrixsite.site.contexts.home import CarriedBlock
from matrixsite.site.contexts.rows import MonthRow
from matrixsite.site.days import day_of
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Listing, Made
from matrixsite.site.paging import page_count
from matrixsite.site.rows import MOST_ROWS, story_rows
from matrixsite.site.source import Scope
from matrixsite.site.values.archives import closed_pages

MOST_CARRIED = 20  # stories of a month


def site_archive_keys(edition: Edition) -> Iterator[str]:
    """The months, and "" for the page of them all."""
    yield ""
    yield from (month.name for month in edition.source.months(Scope()))


def site_archive_pages(key: str, edition: Edition) -> Iterator[Made]:
    """The pages of a month and its days; of a month without stories none."""
    if not key:
        yield Made(key, urls.ARCHIVE, _archive_page(edition))
        return
    days = stories_by_day(key, edition)
    if not days:
        return
    yield Made(key, urls.archive_month(key), _month_page(key, days, edition))
    for day, ids in days.items():
        yield from _day_pages(key, day, ids, edition)


def archive_inputs(edition: Edition) -> object:
    """The months that there are: a month's page leads to its neighbours."""
    return tuple(month.name for month in edition.source.months(Scope()))


def stories_by_day(month: str, edition: Edition) -> Mapping[date, Sequence[str]]:
    """The days of a month that have stories, in order, each with the entries that stand for them, oldest first."""
    found: dict[date, list[str]] = {}
    for name, published in edition.source.dated(Scope(month=month)):
        found.setdefault(day_of(published, month, edition.zone), []).append(name)
    return dict(sorted(found.items()))


def _archive_page(edition: Edition) -> ArchivePage:
    months = edition.source.months(Scope())
    rows = (MonthRow(urls.dashed(one.name), urls.archive_month(one.name), one.count) for one in months)
    return ArchivePage(edition.head(edition.say("按日期浏览"), urls.ARCHIVE), tuple(rows))


def _month_page(month: str, days: Mapping[date, Sequence[str]], edition: Edition) -> ArchiveMonthPage:
    label = urls.dashed(month)
    year, number = map(int, month.split("/"))
    weeks = Calendar().monthdatescalendar(year, number)
    return ArchiveMonthPage(
        head=edition.head(edition.say("{month} 全部稿件", month=label), urls.archive_month(month)),
        month=label,
        count=sum(map(len, days.values())),
        weeks=tuple(
            tuple(_day(month, day, days) if day.month == number else None for day in week) for week in weeks
        ),
        carried=tuple(_most_carried(month, edition)),
        before=_beside(month, -1, edition),
        after=_beside(month, 1, edition),
    )


def _day(month: str, day: date, days: Mapping[date, Sequence[str]]) -> ArchiveDay:
    count = len(days.get(day, ()))
    return ArchiveDay(Link(str(day.day), urls.archive_day(month, day.day) if count else ""), count)


def _beside(month: str, step: int, edition: Edition) -> Link | None:
    """The next month before or after it that has stories."""
    months = sorted(one.name for one in edition.source.months(Scope()))
    place = months.index(month) + step if month in months else -1
    return (
        Link(urls.dashed(months[place]), urls.archive_month(months[place]))
        if 0 <= place < len(months)
        else None
    )


def _most_carried(month: str, edition: Edition) -> Iterator[CarriedBlock]:
    members = {account.id: account.member for account in edition.settings.accounts}
    carried = edition.source.most_carried_of(month, members, MOST_CARRIED)
    found = [(one, count) for one, count in carried if one.entry.account in edition.accounts]
    rows = story_rows((one for one, _ in found), edition)
    yield from map(CarriedBlock, rows, (count for _, count in found))


def _day_pages(month: str, day: date, ids: Sequence[str], edition: Edition) -> Iterator[Made]:
    last = page_count(len(ids), MOST_ROWS)
    for number in range(1, last + 1):
        path = urls.archive_day(month, day.day, number)
        shown = tuple(ids[(number - 1) * MOST_ROWS : number * MOST_ROWS])
        page = ArchiveDayPage(
            head=edition.head(edition.say("{day} 全部稿件", day=f"{day}"), path),
            month=Link(urls.dashed(month), urls.archive_month(month)),
            day=f"{day}",
            count=len(ids) if number == 1 else 0,
            rows=(),
            pages=closed_pages(partial(urls.archive_day, month, day.day), number, last),
        )
        yield Made(month, path, Listing(shown, page, partial(_with_rows, page, shown, edition)))


def _with_rows(page: ArchiveDayPage, ids: Sequence[str], edition: Edition) -> ArchiveDayPage:
    return replace(page, rows=story_rows(edition.source.entries(ids, wide=False), edition))
