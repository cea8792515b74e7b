"""Lists of entries as the site shows them: a story once, by the carrier that stands for it, with how many carry it.

Rows stream in batches and never read the wide columns unless they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select, true

from matrixsite.model import Status
from matrixsite.site.source import Listed, Scope
from matrixsite.store.columns import to_entry
from matrixsite.store.database import chunks
from matrixsite.store.schema import entry, membership, story

BATCH = 500
WIDE = ("html", "text")
_INTERNAL = (
    "identity", "url_key", "title_key", "gone", "removal_seen", "purged", "words", "raw_digest", "clean_version", "raw",
)  # fmt: skip
NARROW = [column for column in entry.c if column.name not in (*_INTERNAL, *WIDE)]
FULL = [column for column in entry.c if column.name not in _INTERNAL]

Rank = Callable[..., tuple[Any, ...]]  # of a carrier: original, first_seen, published, account, id

SHOWN = entry.c.status == Status.SHOWN
NEWEST = (entry.c.published.desc(), entry.c.id.desc())
OLDEST = (entry.c.published, entry.c.id)


class Lists:
    """Lists over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, scope: Scope, order: Sequence[Any], rank: Rank, limit: int | None) -> Iterator[Listed]:
        """What stands in a list; of the carriers in scope the one of the least rank stands for a story."""
        condition = condition_of(scope)
        query = entry_rows(NARROW).where(condition).order_by(*order)
        left = limit
        for rows in self._connection.execute(query.execution_options(yield_per=BATCH)).partitions():
            if not scope.every_entry:
                first = self._first_carriers(rows, condition, rank)
                rows = [row for row in rows if first.get(row.story, row.id) == row.id]
            yield from self._with_carriers(rows[:left])
            if left is not None and (left := left - len(rows)) <= 0:
                return

    def _first_carriers(
        self, rows: Sequence[Row[Any]], scope: ColumnElement[bool], rank: Rank
    ) -> dict[str, str]:
        """For stories of several entries: the carrier in scope that stands for them."""
        originals = {row.story: row.original for row in rows if (row.size or 1) > 1}
        if not originals:
            return {}
        claim = (entry.c.first_seen, entry.c.published, entry.c.account, entry.c.id)
        query = select(entry.c.story, *claim).where(scope, entry.c.story.in_(originals))
        best: dict[str, tuple[Any, ...]] = {}
        for name, *values in self._connection.execute(query):
            ranked = (rank(originals[name], *values), values[-1])
            best[name] = min(best.get(name, ranked), ranked)
        return {name: ranked[-1] for name, ranked in best.items()}

    def standing_for(self, stories: Collection[str]) -> Iterator[Listed]:
        """Of each of these stories the shown carrier that stands for it: its original, else the earliest."""
        claim = (entry.c.first_seen, entry.c.published, entry.c.account, entry.c.id)
        query = select(entry.c.story, story.c.original, *claim).join(story, story.c.id == entry.c.story)
        best: dict[str, tuple[tuple[Any, ...], str]] = {}
        for part in chunks(sorted(stories)):
            for name, *values in self._connection.execute(query.where(SHOWN, entry.c.story.in_(part))):
                ranked = (by_original(*values), values[-1])
                best[name] = min(best.get(name, ranked), ranked)
        for part in chunks(sorted(name for _, name in best.values())):
            yield from self.listed(entry_rows(NARROW).where(entry.c.id.in_(part)))

    def listed(self, query: Select[Any]) -> Iterator[Listed]:
        """The rows of a query made by `entry_rows`, each as it is."""
        for rows in self._connection.execute(query.execution_options(yield_per=BATCH)).partitions():
            yield from self._with_carriers(rows)

    def _with_carriers(self, rows: Sequence[Row[Any]]) -> Iterator[Listed]:
        """Rows as list items; the carriers of a batch are counted at once, of those stories that have several."""
        shared = {row.story for row in rows if (row.size or 1) > 1}
        counts: dict[str, int] = {}
        if shared:
            query = select(entry.c.story, func.count()).where(SHOWN, entry.c.story.in_(shared))
            counts = dict(self._connection.execute(query.group_by(entry.c.story)).all())
        for row in rows:
            original = row.original in (None, row.id)
            yield Listed(to_entry(row, original=original), counts.get(row.story, 1))


def entry_rows(columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """Entries, with the size of their story and its original: most stories have one entry, and need no more."""
    joined = entry.outerjoin(story, story.c.id == entry.c.story)
    return select(*columns, story.c.size, story.c.original).select_from(joined)


def condition_of(scope: Scope) -> ColumnElement[bool]:
    """Which entries are in a scope."""
    parts: list[ColumnElement[bool]] = [SHOWN]
    if scope.accounts is not None:
        one = len(scope.accounts) == 1
        parts.append(entry.c.account == scope.accounts[0] if one else entry.c.account.in_(scope.accounts))
    if scope.node:
        parts.append(entry.c.id.in_(select(membership.c.entry).where(membership.c.node == scope.node)))
    if scope.month:
        parts.append(entry.c.month == scope.month)
    return and_(true(), *parts)


def by_original(original: str, first_seen: int, published: int, account: str, name: str) -> tuple[Any, ...]:
    """The original, else whoever published first."""
    return (name != original, published, account, name)


def by_first_seen(original: str, first_seen: int, published: int, account: str, name: str) -> tuple[Any, ...]:
    """Whoever stood in the feeds first: that must not change when the original turns up later."""
    return (first_seen, published, account, name)
