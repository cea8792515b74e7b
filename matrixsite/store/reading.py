"""What is read from the store: shown entries for the site, all of them for export and the library.

Everything streams in batches from one consistent view; lists never read the wide columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select

from matrixsite.editorial.columns import Column
from matrixsite.editorial.content import Content
from matrixsite.editorial.refs import Ref, parse_ref
from matrixsite.model import Status
from matrixsite.site.source import Counts, Listed, Month, Standing
from matrixsite.store.columns import moment, to_entry
from matrixsite.store.entries import chunks
from matrixsite.store.refs import resolve
from matrixsite.store.schema import entry, membership, story, story_alias

BATCH = 500
WIDE = ("html", "text")
_INTERNAL = (
    "identity", "url_key", "text_key", "gone", "purged", "words", "raw_digest", "clean_version", "raw", "month",
)  # fmt: skip
NARROW = [column for column in entry.c if column.name not in (*_INTERNAL, *WIDE)]
FULL = [column for column in entry.c if column.name not in _INTERNAL]

Rank = Callable[..., tuple[Any, ...]]  # of a carrier: original, first_seen, published, account, id

_SHOWN = entry.c.status == Status.SHOWN
_NEWEST = (entry.c.published.desc(), entry.c.id.desc())
_OLDEST = (entry.c.published, entry.c.id)


class StoreSource:
    """The site's questions (`site.source.Source`) answered over one connection."""

    def __init__(self, connection: Connection, content: Content) -> None:
        self._connection = connection
        self._columns = {column.id: column for column in content.columns}

    def counts(self) -> Counts:
        row = self._connection.execute(
            select(func.count(), func.count(entry.c.story.distinct())).where(_SHOWN)
        ).one()
        return Counts(entries=row[0], stories=row[1])

    def shown_entries(self) -> Iterator[Listed]:
        return self._listed(select(*NARROW).where(_SHOWN).order_by(entry.c.path))

    def entries(self, ids: Iterable[str]) -> Iterator[Listed]:
        for part in chunks(ids):
            query = select(*FULL).where(_SHOWN, entry.c.id.in_(part))
            found = {item.entry.id: item for item in self._listed(query)}
            yield from (found[name] for name in part if name in found)

    def find(self, ref: str) -> Listed | None:
        names = resolve(self._connection, [parsed := parse_ref(ref)])[parsed]
        return next(self.entries(names), None) if len(names) == 1 else None

    def withdrawn_paths(self) -> Iterator[str]:
        query = select(entry.c.path).where(entry.c.status.in_([Status.WITHDRAWN, Status.GONE]))
        yield from self._connection.scalars(query.order_by(entry.c.path))

    def standings(self) -> Mapping[str, Standing]:
        query = select(entry.c.account, func.count(), func.max(entry.c.published)).where(_SHOWN)
        rows = self._connection.execute(query.group_by(entry.c.account))
        return {name: Standing(count, moment(newest)) for name, count, newest in rows}

    def newest_of(self, account: str, limit: int) -> Iterator[Listed]:
        query = select(*NARROW).where(_SHOWN, entry.c.account == account).order_by(*_NEWEST)
        return self._listed(query.limit(limit))

    def months_of(self, account: str) -> list[Month]:
        query = select(entry.c.month, func.count()).where(_SHOWN, entry.c.account == account)
        rows = self._connection.execute(query.group_by(entry.c.month).order_by(entry.c.month.desc()))
        return [Month(name, count) for name, count in rows]

    def entries_of_month(self, account: str, month: str) -> Iterator[Listed]:
        query = select(*NARROW).where(_SHOWN, entry.c.account == account, entry.c.month == month)
        return self._listed(query.order_by(*_OLDEST))

    def newest_stories(self) -> Iterator[Listed]:
        return self._each_story_once(_SHOWN, _by_original)

    def feed_stories(self) -> Iterator[Listed]:
        return self._each_story_once(_SHOWN, _by_first_seen)

    def shared_stories(self) -> Iterator[str]:
        query = (
            select(entry.c.story)
            .join(story, story.c.id == entry.c.story)
            .where(_SHOWN, story.c.size > 1)
            .group_by(entry.c.story)
            .having(func.count() > 1)
            .order_by(entry.c.story)
        )
        yield from (name for name in self._connection.scalars(query) if name)

    def carriers(self, story: str) -> tuple[Listed, ...]:
        return tuple(self._listed(select(*NARROW).where(_SHOWN, entry.c.story == story).order_by(*_OLDEST)))

    def former_stories(self) -> Iterator[tuple[str, str]]:
        aliases = self._connection.execute(select(story_alias.c.alias, story_alias.c.story))
        rows = [(alias, name) for alias, name in aliases]
        shown = func.count().filter(_SHOWN)
        fallen = (
            select(entry.c.story)
            .join(story, story.c.id == entry.c.story)
            .where(story.c.size > 1)
            .group_by(entry.c.story)
            .having(and_(shown > 0, shown < 2))
        )
        rows += [(name, name) for name in self._connection.scalars(fallen) if name]
        yield from sorted(rows)

    def column_stories(self, column: str, limit: int) -> Iterator[Listed]:
        said = self._columns[column]
        left_out = self._stories_named(said.exclude)
        seen: set[str] = set()
        for item in chain(self._picked(said), self._ruled(column)):
            if len(seen) >= limit:
                return
            if item.entry.story not in seen | left_out:
                seen.add(item.entry.story)
                yield item

    def _picked(self, column: Column) -> Iterator[Listed]:
        for pick in column.picks:
            if item := self.find(pick.ref.text):
                yield replace(item, note=pick.note)

    def _ruled(self, column: str) -> Iterator[Listed]:
        inside = select(membership.c.entry).where(membership.c.node == f"column:{column}")
        yield from self._each_story_once(and_(_SHOWN, entry.c.id.in_(inside)), _by_original)

    def _stories_named(self, refs: Iterable[Ref]) -> frozenset[str]:
        """Whichever carrier stands for a story, leaving out one of them leaves out the story."""
        ids = [names[0] for names in resolve(self._connection, refs).values() if len(names) == 1]
        parts = (select(entry.c.story).where(entry.c.id.in_(part)) for part in chunks(ids))
        return frozenset(name for query in parts for name in self._connection.scalars(query) if name)

    def _each_story_once(self, scope: ColumnElement[bool], rank: Rank) -> Iterator[Listed]:
        """Stories of the entries in scope, newest first, each by the carrier in scope that ranks first."""
        query = select(*NARROW).where(scope).order_by(*_NEWEST)
        result = self._connection.execute(query.execution_options(yield_per=BATCH))
        for rows in result.partitions():
            first = self._first_carriers({row.story for row in rows}, scope, rank)
            yield from self._with_carriers([row for row in rows if first.get(row.story, row.id) == row.id])

    def _first_carriers(self, stories: Set[str], scope: ColumnElement[bool], rank: Rank) -> dict[str, str]:
        """For stories of several entries: the carrier in scope that stands for them."""
        claim = (story.c.original, entry.c.first_seen, entry.c.published, entry.c.account, entry.c.id)
        query = select(entry.c.story, *claim).join(story, story.c.id == entry.c.story)
        best: dict[str, tuple[Any, ...]] = {}
        for name, *values in self._connection.execute(
            query.where(scope, story.c.size > 1, story.c.id.in_(stories))
        ):
            ranked = (rank(*values), values[-1])
            best[name] = min(best.get(name, ranked), ranked)
        return {name: ranked[-1] for name, ranked in best.items()}

    def _listed(self, query: Select[Any]) -> Iterator[Listed]:
        for rows in self._connection.execute(query.execution_options(yield_per=BATCH)).partitions():
            yield from self._with_carriers(rows)

    def _with_carriers(self, rows: Sequence[Row[Any]]) -> Iterator[Listed]:
        """Rows as list items; the carriers of a batch are counted at once."""
        query = (
            select(entry.c.story, story.c.original, func.count())
            .join(story, story.c.id == entry.c.story)
            .where(_SHOWN, story.c.size > 1, entry.c.story.in_({row.story for row in rows}))
            .group_by(entry.c.story, story.c.original)
        )
        shared = {name: (original, count) for name, original, count in self._connection.execute(query)}
        for row in rows:
            original, count = shared.get(row.story, (row.id, 1))
            yield Listed(to_entry(row, original=original == row.id), count, has_html=row.has_html)


def _by_original(original: str, first_seen: int, published: int, account: str, name: str) -> tuple[Any, ...]:
    """The original, else whoever published first."""
    return (name != original, published, account, name)


def _by_first_seen(
    original: str, first_seen: int, published: int, account: str, name: str
) -> tuple[Any, ...]:
    """Whoever stood in the feeds first: that must not change when the original turns up later."""
    return (first_seen, published, account, name)
