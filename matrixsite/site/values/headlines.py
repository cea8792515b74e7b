"""Headlines: the day's on the home page, the newest 100 and the months. A pick that isn't shown has no headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from matrixsite.editorial.headlines import Headline
from matrixsite.site import urls
from matrixsite.site.contexts.editorial import HeadlineBlock, HeadlinesPage
from matrixsite.site.contexts.frame import FeedLink, Head, Link
from matrixsite.site.contexts.rows import MonthRow
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.rows import MOST_ROWS, story_rows
from matrixsite.site.source import Listed
from matrixsite.site.values.editors import editors_words
from matrixsite.site.values.feeds import ATOM

LOOK_BACK = 31  # headlines that are tried for the home page


@dataclass(frozen=True, slots=True)
class Led:
    """A headline with the entry that leads."""

    headline: Headline
    listed: Listed

    @property
    def month(self) -> str:
        """2026/11"""
        return f"{self.headline.date:%Y/%m}"

    @property
    def year(self) -> str:
        return self.month[:4]


def headline_of_the_day(edition: Edition) -> HeadlineBlock | None:
    """The newest whose day has come and whose pick is shown."""
    return next(iter(_blocks(led(_come(edition)[:LOOK_BACK], edition), urls.HOME, edition)), None)


def headlines_come(edition: Edition) -> tuple[Led, ...]:
    """All whose day has come and whose pick is shown, newest first."""
    return led(_come(edition), edition)


def led(headlines: Sequence[Headline], edition: Edition) -> tuple[Led, ...]:
    """These headlines with what they picked; one whose pick is unknown or withdrawn is left out."""
    found = edition.source.found([headline.pick.text for headline in headlines])
    return tuple(
        Led(headline, listed)
        for headline in headlines
        if (listed := found.get(headline.pick.text)) and listed.entry.account in edition.accounts
    )


def archive_of_headlines(come: Sequence[Led], edition: Edition) -> Iterator[Made]:
    """The newest headlines, and every month's."""
    title = edition.say("今日头条")
    months = [(month, tuple(days)) for month, days in groupby(come, lambda one: one.month)]
    page = HeadlinesPage(
        head=_head(title, urls.HEADLINES, edition),
        title=title,
        headlines=_blocks(come[:MOST_ROWS], urls.HEADLINES, edition),
        months=tuple(
            MonthRow(urls.dashed(month), urls.headline_month(month), len(days)) for month, days in months
        ),
        month="",
        years=tuple(Link(year, urls.headline_year(year)) for year, _ in groupby(come, lambda one: one.year)),
    )
    yield Made("", urls.HEADLINES, page)
    for month, days in months:
        path, label = urls.headline_month(month), urls.dashed(month)
        yield Made(
            "",
            path,
            HeadlinesPage(
                head=_head(f"{title} {label}", path, edition),
                title=title,
                headlines=_blocks(days, path, edition),
                months=(),
                month=label,
                bulletin=urls.headline_bulletin(month),
                table=urls.headline_table(month),
                years=(Link(month[:4], urls.headline_year(month[:4])),),
            ),
        )


def _blocks(come: Sequence[Led], path: str, edition: Edition) -> tuple[HeadlineBlock, ...]:
    """Headlines as the page at `path` shows them."""
    rows = story_rows((one.listed for one in come), edition)
    return tuple(
        HeadlineBlock(
            day=one.headline.date.isoformat(),
            row=row,
            reason=one.headline.reason,
            picker=one.headline.picker,
            body=editors_words(one.headline.html, path),
        )
        for one, row in zip(come, rows, strict=True)
    )


def _head(title: str, path: str, edition: Edition) -> Head:
    feed = FeedLink(edition.say("今日头条"), urls.HEADLINES_FEED, ATOM.type)
    return replace(edition.head(title, path), feeds=(feed,))


def _come(edition: Edition) -> list[Headline]:
    """Newest first, as `content` has them."""
    return [headline for headline in edition.content.headlines if headline.date <= edition.today]
