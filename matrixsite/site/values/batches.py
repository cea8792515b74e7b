"""Batches: who joined with each, and what else changed since the one before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from matrixsite.config.settings import Batch
from matrixsite.registry.roster import (
    GONE,
    Change,
    ChangeKind,
    Roster,
    RosterLine,
    difference,
    roster_of_batch,
)
from matrixsite.site import urls
from matrixsite.site.contexts.frame import Link
from matrixsite.site.contexts.registry import (
    BatchesPage,
    BatchPage,
    BatchRow,
    ChangeRow,
    GroupChange,
)
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.paging import numbered, page_count
from matrixsite.site.rows import MOST_ROWS
from matrixsite.site.values.registry import registry_row

MOST_GROUPS = 50  # rows of the table of groups: those that changed most


def batch_pages(edition: Edition) -> Iterator[Made]:
    """The list of batches and the pages of each; nothing where there is none."""
    batches = tuple(edition.batches.values())
    yield from _list_pages(batches, edition)
    before: Roster | None = None
    for place, batch in enumerate(batches):
        after = roster_of_batch(edition.settings, batch) if batch.date else None
        changes = difference(before, after) if before and after else ()
        beside = (
            batches[place - 1] if place else None,
            batches[place + 1] if place + 1 < len(batches) else None,
        )
        groups = _groups(before, after, changes, edition) if before and after else ()
        yield from _pages(batch, beside, changes, groups, edition)
        before = after


def _list_pages(batches: Sequence[Batch], edition: Edition) -> Iterator[Made]:
    count = page_count(len(batches)) if batches else 0
    newest = batches[::-1]
    for number in range(1, count + 1):
        page = BatchesPage(
            head=edition.head(edition.say("入驻批次"), urls.batches(number)),
            count=len(batches),
            rows=tuple(
                _row(batch, edition) for batch in newest[(number - 1) * MOST_ROWS : number * MOST_ROWS]
            ),
            pages=numbered(urls.batches, number, count),
        )
        yield Made("batches", urls.batches(number), page)


def _row(batch: Batch, edition: Edition) -> BatchRow:
    names = edition.accounts_of_batch.get(batch.id, ())
    still = sum(edition.accounts[name].open_on(edition.today) for name in names)
    return BatchRow(batch_link(batch), _day(batch), len(names), still)


def batch_link(batch: Batch) -> Link:
    """A batch and its page."""
    return Link(batch.name, urls.batch_page(batch.id))


def _pages(
    batch: Batch,
    beside: tuple[Batch | None, Batch | None],
    changes: Sequence[Change],
    groups: tuple[GroupChange, ...],
    edition: Edition,
) -> Iterator[Made]:
    """Its accounts, then who else came, went or was renamed: 100 rows a page of both."""
    own = edition.accounts_of_batch.get(batch.id, ())
    ours = frozenset(own)
    others = [one for one in changes if not (one.kind is ChangeKind.JOINED and one.line.id in ours)]
    items: list[str | Change] = [*own, *others]
    count = page_count(len(items))
    previous, following = (batch_link(one) if one else None for one in beside)
    for number in range(1, count + 1):
        part = items[(number - 1) * MOST_ROWS : number * MOST_ROWS]
        path = urls.batch_page(batch.id, number)
        page = BatchPage(
            head=edition.head(batch.name, path, batch.intro),
            name=batch.name,
            date=_day(batch),
            intro=batch.intro,
            source=Link(batch.source, batch.source, external=True) if batch.source else None,
            count=len(own),
            previous=previous,
            next=following,
            groups=groups if number == 1 else (),
            rows=tuple(registry_row(one, edition) for one in part if isinstance(one, str)),
            changes=tuple(_change(one, edition) for one in part if isinstance(one, Change)),
            pages=numbered(lambda n: urls.batch_page(batch.id, n), number, count),
        )
        yield Made("batches", path, page)


def _change(change: Change, edition: Edition) -> ChangeRow:
    successor = edition.account_links.get(change.after) if change.kind in GONE else None
    return ChangeRow(
        kind=change.kind.value,
        account=Link(change.line.name, urls.account_page(change.line.id)),
        before=change.before if change.kind is ChangeKind.RENAMED else "",
        successor=successor,
        day=change.day.isoformat() if change.day else "",
    )


def _groups(
    before: Roster, after: Roster, changes: Sequence[Change], edition: Edition
) -> tuple[GroupChange, ...]:
    """A row for each group of the top that anything changed in, in their order; accounts of no group come last."""
    was, now = (_by_group(roster.lines.values(), edition) for roster in (before, after))
    came = _by_group((one.line for one in changes if one.kind is ChangeKind.JOINED), edition)
    went = _by_group((one.line for one in changes if one.kind in GONE), edition)
    named = [
        (Link(group.name, urls.group_page(group.id)), group.id) for group in edition.tree.children.get("", ())
    ]
    rows = [
        GroupChange(link, was[id_], came[id_], went[id_], now[id_])
        for link, id_ in (*named, (Link(""), ""))
        if came[id_] or went[id_]
    ]
    if len(rows) <= MOST_GROUPS:
        return tuple(rows)
    return tuple(sorted(rows, key=lambda row: -(row.came + row.went))[:MOST_GROUPS])


def _by_group(lines: Iterable[RosterLine], edition: Edition) -> Counter[str]:
    """Accounts by the groups of the top that they are in, at any depth."""
    return Counter(group for line in lines for group in edition.top_groups[line.id] or ("",))


def _day(batch: Batch) -> str:
    return batch.date.isoformat() if batch.date else ""
