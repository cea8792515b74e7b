"""How many accounts there are on each platform, of each class, in each group of the top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matrixsite.registry.counting import Total, counts, totals
from matrixsite.registry.roster import RosterLine, roster_on
from matrixsite.site import urls
from matrixsite.site.contexts.frame import Link
from matrixsite.site.contexts.registry import PlatformsPage, TotalRow
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.paging import numbered, page_count
from matrixsite.site.rows import MOST_ROWS
from matrixsite.site.values.platforms import columns

MOST_PLATFORMS = 40  # rows of the first table
MOST_CLASSES = 6  # columns of it


def platforms_pages(edition: Edition) -> Iterator[Made]:
    """The totals of today: those by group are paged; nothing for a matrix without accounts."""
    lines = tuple(roster_on(edition.settings, edition.today).lines.values())
    if not edition.accounts:
        return
    classes = tuple(name for name, _ in counts(line.account_class for line in lines))[:MOST_CLASSES]
    platforms = totals(lines, lambda line: (line.platform,), lambda line: line.account_class)[:MOST_PLATFORMS]
    shown = columns(edition.accounts[line.id] for line in lines)
    groups = tuple(_group_rows(lines, shown, edition))
    count = page_count(len(groups))
    for number in range(1, count + 1):
        path = urls.platforms(number)
        page = PlatformsPage(
            head=edition.head(edition.say("平台统计"), path),
            count=len(lines),
            classes=classes,
            platforms=tuple(_row(Link(one.of), one, classes) for one in platforms) if number == 1 else (),
            columns=shown,
            groups=groups[(number - 1) * MOST_ROWS : number * MOST_ROWS],
            pages=numbered(urls.platforms, number, count),
        )
        yield Made("platforms", path, page)


def _group_rows(lines: Sequence[RosterLine], shown: Sequence[str], edition: Edition) -> Iterator[TotalRow]:
    """Groups of the top in their order, each with all that lies in it; accounts of no group last, without a name."""
    found = {
        one.of: one
        for one in totals(
            lines, lambda line: edition.top_groups[line.id] or ("",), lambda line: line.platform
        )
    }
    for group in edition.tree.children.get("", ()):
        if group.id in found:
            yield _row(Link(group.name, urls.group_page(group.id)), found[group.id], shown)
    if "" in found and len(found) > 1:
        yield _row(Link(""), found[""], shown)


def _row(who: Link, total: Total, shown: Sequence[str]) -> TotalRow:
    """The column without a name has what no other column does."""
    named = sum(total.parts.get(name, 0) for name in shown if name)
    return TotalRow(
        who,
        total.accounts,
        tuple(total.parts.get(name, 0) if name else total.accounts - named for name in shown),
    )
