"""What the site reads from the store (`site.source.Source`): shown entries, in lists that show a story once.

Everything streams in batches from one consistent view; lists never read the wide columns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, or_, select

from matrixsite.editorial.refs import Ref, parse_ref
from matrixsite.errors import StoreError
from matrixsite.model import Status
from matrixsite.registry.record import Health
from matrixsite.site.source import (
    Counts,
    Listed,
    Month,
    Scope,
    Standing,
    StoryAddress,
    StoryFacts,
    TopicCount,
    Touched,
    original_of,
)
from matrixsite.store import publication, topics
from matrixsite.store.bulk import Rows, among, parts_for, rows_among, rows_for
from matrixsite.store.columns import moment, seconds
from matrixsite.store.database import chunks, open_database
from matrixsite.store.listing import (
    MANY,
    NARROW,
    OLDEST,
    SHARED,
    SHOWN,
    Lists,
    ScopeKind,
    by_first_seen,
    by_original,
    condition_of,
    entry_rows,
    kind_and_values,
)
from matrixsite.store.mirrored import content_of, showing
from matrixsite.store.outbox import latest_change, touched_since
from matrixsite.store.refs import resolve
from matrixsite.store.schema import entry, feed, membership, story, story_alias
from matrixsite.store.story_facts import contained_in, digests_of, facts_of

_STUB = entry.c.status.in_([Status.WITHDRAWN, Status.GONE])


class StoreSource:
    """The site's questions answered over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._lists = connection, Lists(connection)
        self._months: dict[Scope, list[Month]] = {}

    # --- what there is ---

    def counts(self) -> Counts:
        ((entries,),) = rows_for(self._connection, _COUNT)
        ((carriers, stories),) = rows_for(self._connection, _COUNT_SHARED)
        return Counts(entries=entries, stories=entries - carriers + stories)

    def entry_ids(self) -> Iterator[str]:
        for part in parts_for(self._connection, _IDS, {}, MANY):
            yield from (id_ for (id_,) in part)

    def story_ids(self) -> Iterator[str]:
        had_two = select(story.c.id).where(story.c.size > 1)
        query = had_two.union(select(story_alias.c.alias))
        yield from self._connection.scalars(query.order_by(query.selected_columns[0]))

    def latest(self) -> int:
        return latest_change(self._connection)

    def touched(self, since: int) -> Touched:
        return touched_since(self._connection, since)

    # --- entries ---

    def entries(self, ids: Sequence[str], *, wide: bool = True) -> Iterator[Listed]:
        for part in chunks(ids):
            yield from self._lists.items(part, wide=wide)

    def texts(self, ids: Collection[str]) -> Mapping[str, str]:
        return dict(rows_among(self._connection, _HTML, ids))

    def stubs(self, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        yield from ((name, path) for name, path in rows_among(self._connection, _STUBS, ids))

    def found(self, refs: Sequence[str]) -> Mapping[str, Listed]:
        only = {ref: names[0] for ref, names in self.named(refs).items() if len(names) == 1}
        items = {item.entry.id: item for item in self._lists.items([*only.values()])}
        return {ref: items[name] for ref, name in only.items() if name in items}

    def named(self, refs: Sequence[str]) -> Mapping[str, Sequence[str]]:
        parsed = {ref: one for ref in refs if (one := _parsed(ref))}
        names = resolve(self._connection, parsed.values())
        return {ref: names[one] for ref, one in parsed.items()}

    def nodes_of(self, ids: Collection[str]) -> Mapping[str, Collection[str]]:
        found: dict[str, list[str]] = {}
        for name, node in rows_among(self._connection, _NODES, set(ids)):
            found.setdefault(name, []).append(node)
        return found

    def oldest_published(self) -> datetime | None:
        return publication.oldest(self._connection)

    def published_between(self, since: datetime, until: datetime) -> Iterator[Listed]:
        for ids in publication.ids_between(self._connection, since, until):
            yield from self._lists.items(ids)

    def count_between(self, bounds: Sequence[datetime]) -> list[int]:
        return publication.count_between(self._connection, bounds)

    def newest_dated(self) -> datetime | None:
        return publication.newest_dated(self._connection)

    # --- copies of pictures ---

    def copies(self, digests: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
        return showing(self._connection, digests)

    def copy(self, digest: str) -> bytes:
        return content_of(self._connection, digest)

    # --- accounts ---

    def health(self) -> Mapping[str, bool]:
        readable = (Health.OK, Health.DEGRADED)
        rows = self._connection.execute(select(feed.c.key, feed.c.health).where(feed.c.health != Health.NEW))
        return {key: health in readable for key, health in rows}

    def standings(self) -> Mapping[str, Standing]:
        query = select(entry.c.account, func.count(), func.max(entry.c.published)).where(SHOWN)
        rows = self._connection.execute(query.group_by(entry.c.account))
        return {name: Standing(count, moment(newest)) for name, count, newest in rows}

    def newest_by_account(self) -> Mapping[str, datetime]:
        return publication.newest_by_account(self._connection)

    # --- lists ---

    def newest(self, scope: Scope, limit: int | None = None) -> Iterator[Listed]:
        return self._lists.of(scope, by_original, limit)

    def oldest(self, scope: Scope) -> Iterator[Listed]:
        return self._lists.of(scope, by_original, newest_first=False)

    def ids(self, scope: Scope) -> Iterator[str]:
        return (name for name, _ in self._lists.dated(scope))

    def dated(self, scope: Scope) -> Iterator[tuple[str, datetime]]:
        return ((name, moment(published)) for name, published in self._lists.dated(scope))

    def posted(self, accounts: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        return publication.posted(self._connection, accounts)

    def publications(self, accounts: Collection[str], year: str) -> Iterator[tuple[str, datetime]]:
        return publication.publications(self._connection, accounts, year)

    def for_feed(self, scope: Scope, limit: int | None = None) -> Iterator[Listed]:
        return self._lists.of(scope, by_first_seen, limit)

    def shares(self, node: str) -> Mapping[str, int]:
        return dict(rows_for(self._connection, _SHARES, {"node": node}))

    def months(self, scope: Scope) -> list[Month]:
        if scope not in self._months:
            kind, values = kind_and_values(scope)
            found = rows_for(self._connection, _months(kind, scope.every_entry), values)
            self._months[scope] = [Month(name, count) for name, count in found]
        return self._months[scope]

    def most_carried(
        self, since: datetime, members: Mapping[str, str], limit: int
    ) -> Iterator[tuple[Listed, int]]:
        rows = rows_for(self._connection, _CARRIED_SINCE, {"since": seconds(since)})
        return self._by_members(rows, members, limit)

    def most_carried_of(
        self, month: str, members: Mapping[str, str], limit: int
    ) -> Iterator[tuple[Listed, int]]:
        rows = rows_for(self._connection, _CARRIED_OF, {"month": month})
        return self._by_members(rows, members, limit)

    def _by_members(self, rows: Rows, members: Mapping[str, str], limit: int) -> Iterator[tuple[Listed, int]]:
        """Of stories, the accounts that carry them and their last publications: those of most members."""
        by: dict[str, set[str]] = {}
        last: dict[str, int] = {}
        for name, account, published in rows:
            if account in members:
                by.setdefault(name, set()).add(members[account])
                last[name] = max(last.get(name, published), published)
        carried = [name for name in by if len(by[name]) > 1]
        chosen = sorted(carried, key=lambda name: (-len(by[name]), -last[name], name))[:limit]
        carriers = self.carriers(chosen)
        yield from ((original_of(carriers[name]), len(by[name])) for name in chosen)

    def topics(self, least: int = 1) -> list[TopicCount]:
        return topics.used(self._connection, least)

    def topic(self, topic: str) -> TopicCount | None:
        return topics.one(self._connection, topic)

    # --- stories ---

    def story_addresses(self, names: Sequence[str]) -> Iterator[StoryAddress]:
        for part in chunks(names):
            merged = select(story_alias.c.alias, story_alias.c.story).where(story_alias.c.alias.in_(part))
            leads = dict(self._connection.execute(merged).all())
            shared = select(story.c.id).where(story.c.id.in_(part), story.c.size > 1)
            leads |= {name: name for name in self._connection.scalars(shared)}
            taken = select(entry.c.story).where(_STUB, entry.c.story.in_(set(leads.values()))).distinct()
            taken_back = set(self._connection.scalars(taken))
            for name in part:
                if name in leads:
                    yield StoryAddress(name, leads[name], leads[name] in taken_back)

    def stories(self, month: str) -> Iterator[tuple[Listed, ...]]:
        found = self._lists.found(_SHARED_IN_MONTH, month=month)
        for _, run in groupby(found, lambda one: one.entry.story):
            carriers = tuple(run)
            if len(carriers) > 1 and carriers[0].entry.path.startswith(f"{month}/"):
                yield carriers

    def carriers(self, stories: Collection[str]) -> Mapping[str, tuple[Listed, ...]]:
        found: dict[str, list[Listed]] = {}
        for one in self._lists.among(_OF_STORIES, stories):
            found.setdefault(one.entry.story, []).append(one)
        return {name: tuple(carriers) for name, carriers in found.items()}

    def facts(self, stories: Collection[str]) -> Mapping[str, StoryFacts]:
        return facts_of(self._connection, stories)

    def contained(self, digests: Collection[str]) -> Mapping[str, tuple[Listed, ...]]:
        return contained_in(self._connection, digests)

    def digests(self, stories: Collection[str]) -> Mapping[str, tuple[Listed, ...]]:
        return digests_of(self._connection, stories)


@lru_cache
def _months(kind: ScopeKind, every_entry: bool) -> Select[Any]:
    rows = func.count() if every_entry else func.count(entry.c.story.distinct())
    query = select(entry.c.month, rows).where(condition_of(kind))
    return query.group_by(entry.c.month).order_by(entry.c.month.desc())


# By path, which is <month>/<id>.html: so that an index gives the months, and no more than one is sorted at once.
_IDS = select(entry.c.id).where(or_(SHOWN, _STUB)).order_by(entry.c.month, entry.c.id)
_HTML = select(entry.c.id, entry.c.html).where(SHOWN, among(entry.c.id))
_NODES = select(membership.c.entry, membership.c.node).where(among(membership.c.entry))
_SHARES = (
    select(entry.c.account, func.count())
    .join(membership, membership.c.entry == entry.c.id)
    .where(SHOWN, membership.c.node == bindparam("node"))
    .group_by(entry.c.account)
)
_CARRIED = (
    select(entry.c.story, entry.c.account, func.max(entry.c.published))
    .join(story, story.c.id == entry.c.story)
    .where(SHOWN, SHARED)
    .group_by(entry.c.story, entry.c.account)
)
_CARRIED_SINCE = _CARRIED.where(entry.c.published >= bindparam("since"))
_CARRIED_OF = _CARRIED.where(entry.c.month == bindparam("month"))
_STUBS = select(entry.c.id, entry.c.path).where(_STUB, among(entry.c.id)).order_by(entry.c.path)
_OF_STORIES = entry_rows(NARROW).where(SHOWN, among(entry.c.story)).order_by(entry.c.story, *OLDEST)
_COUNT = select(func.count()).select_from(entry).where(SHOWN)
_COUNT_SHARED = select(func.count(), func.count(entry.c.story.distinct())).where(
    SHOWN, entry.c.story.in_(select(story.c.id).where(SHARED))
)
_SHARED = select(story.c.id).where(
    SHARED,
    story.c.id.in_(select(entry.c.story).where(SHOWN, entry.c.month == bindparam("month"))),
)
_SHARED_IN_MONTH = (
    entry_rows(NARROW).where(SHOWN, entry.c.story.in_(_SHARED)).order_by(entry.c.story, *OLDEST)
)


def source_of_worker(place: str | Path, view: str, latest: int) -> StoreSource:
    """The source in a worker of a run, which sees what the run's connection of that `view` sees; its own connection
    ends with its process.

    Raises StoreError where that isn't the store of the run, whose last change is `latest`: on another machine the same
    path may be another file, or none.
    """
    if not isinstance(place, Path) or place.exists():
        source = StoreSource(open_database(place).connection(view))
        if source.latest() == latest:
            return source
    raise StoreError(f"a worker doesn't see the store of the run at {place}; name a server's with `store:`")


def _parsed(ref: str) -> Ref | None:
    """What a ref names, alike for all ways to write it."""
    try:
        one = parse_ref(ref)
    except ValueError:
        return None
    return Ref(one.id or one.url, one.id, one.url)
