"""How fresh the accounts are, for readers: only where `freshness: {public: true}` says so, from what is shown.

The office's board (`matrixsite.office`) knows more, and is never on the site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from matrixsite.registry.news import Colour, colour_of
from matrixsite.site import urls
from matrixsite.site.contexts.activity import FreshnessPage, FreshRow
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.paging import numbered, page_count
from matrixsite.site.rows import MOST_ROWS


def freshness_pages(edition: Edition) -> Iterator[Made]:
    """Every open account that has a feed, in the order of the directory; at most 100 a page."""
    limits = edition.settings.freshness
    if not limits.public:
        return
    rows = list(_rows(edition))
    counts = Counter(row.colour for row in rows)
    count = page_count(len(rows))
    for number in range(1, count + 1):
        page = FreshnessPage(
            head=edition.head(edition.say("更新时效"), urls.freshness(number)),
            amber=limits.amber,
            red=limits.red,
            green_count=counts[Colour.GREEN],
            amber_count=counts[Colour.AMBER],
            red_count=counts[Colour.RED],
            rows=tuple(rows[(number - 1) * MOST_ROWS : number * MOST_ROWS]),
            pages=numbered(urls.freshness, number, count),
        )
        yield Made("", urls.freshness(number), page)


def _rows(edition: Edition) -> Iterator[FreshRow]:
    newest = edition.source.newest_by_account()
    for account in sorted(edition.settings.accounts, key=edition.settings.sort_key):
        if not account.feeds or not account.open_on(edition.today):
            continue
        day = edition.day(newest[account.id]) if account.id in newest else None
        colour = colour_of((edition.today - day).days if day else None, edition.settings.freshness)
        yield FreshRow(edition.account_links[account.id], colour.value, day.isoformat() if day else "")
