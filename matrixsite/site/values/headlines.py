"""Headlines: the day's on the home page, the newest 100 and the months. A pick that isn't shown has no headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from matrixsite.editorial.headlines import Headline
from matrixsite.site import urls
from matrixsite.site.contexts.editorial import HeadlineBlock, HeadlinesPage
from matrixsite.site.contexts.rows import MonthRow
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.rows import MOST_ROWS, story_rows
from matrixsite.site.values.editors import editors_words

LOOK_BACK = 31  # headlines that are tried for the home page


def headline_of_the_day(edition: Edition) -> HeadlineBlock | None:
    """The newest whose day has come and whose pick is shown."""
    return next(iter(_headline_blocks(_come(edition)[:LOOK_BACK], urls.HOME, edition)), None)


def headline_pages(edition: Edition) -> Iterator[Made]:
    """The newest headlines, and every month's; each headline once its day has come."""
    come = _come(edition)
    if not come:
        return
    months = {month: list(days) for month, days in groupby(come, lambda one: f"{one.date:%Y/%m}")}
    blocks = {
        month: _headline_blocks(days, urls.headline_month(month), edition) for month, days in months.items()
    }
    rows = tuple(
        MonthRow(urls.dashed(month), urls.headline_month(month), len(days))
        for month, days in blocks.items()
        if days
    )
    newest = _headline_blocks(come[: 2 * MOST_ROWS], urls.HEADLINES, edition)[:MOST_ROWS]
    title = edition.say("今日头条")
    yield Made(
        "", urls.HEADLINES, HeadlinesPage(edition.head(title, urls.HEADLINES), title, newest, rows, "")
    )
    for month, days in blocks.items():
        if days:
            path, label = urls.headline_month(month), urls.dashed(month)
            head = edition.head(f"{title} {label}", path)
            yield Made("", path, HeadlinesPage(head, title, days, (), label))


def _headline_blocks(headlines: Sequence[Headline], path: str, edition: Edition) -> tuple[HeadlineBlock, ...]:
    """These headlines as the page at `path` shows them; one whose pick is unknown or withdrawn is left out."""
    found = edition.source.found([headline.pick.text for headline in headlines])
    return tuple(
        HeadlineBlock(
            day=headline.date.isoformat(),
            row=row,
            reason=headline.reason,
            picker=headline.picker,
            body=editors_words(headline.html, path),
        )
        for headline in headlines
        if (listed := found.get(headline.pick.text))
        for row in story_rows((listed,), edition)
    )


def _come(edition: Edition) -> list[Headline]:
    """Newest first, as `content` has them."""
    return [headline for headline in edition.content.headlines if headline.date <= edition.today]
