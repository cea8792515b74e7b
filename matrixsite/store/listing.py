"""Lists of entries as the site shows them: a story once, by the carrier that stands for it, with how many carry it.

Rows stream in batches and never read the wide columns unless they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from heapq import merge
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    select,
    true,
)

from matrixsite.model import Status
from matrixsite.site.source import Listed, Scope
from matrixsite.store.bulk import among, parts_for, rows_among, rows_for
from matrixsite.store.columns import ENTRY, to_entry
from matrixsite.store.mirrored import has_copies, mirrored_of
from matrixsite.store.schema import entry, membership, story

BATCH = 500
MANY = 10 * BATCH  # where a row is only wanted for its id
LARGE = 2_000  # entries of a node
FEW = 20  # accounts
WINDOW = 8 * 86_400  # seconds
NARROW = [entry.c[name] for name in ENTRY]
FULL = [*NARROW, entry.c.html, entry.c.text]

Fetched = tuple[Any, ...]  # the columns of `entry_rows`: size and original of the story stand last
Rank = Callable[..., tuple[Any, ...]]  # of a carrier: original, first_seen, published, account, id

SHOWN = entry.c.status == Status.SHOWN
SHARED = story.c.size > literal_column("1")  # in the words of its index
NEWEST = (entry.c.published.desc(), entry.c.id.desc())
OLDEST = (entry.c.published, entry.c.id)

_IN_NODE = membership.c.node == bindparam("node")
_STORY, _WIDTH = ENTRY.index("story"), len(ENTRY)
_CLAIM = (entry.c.first_seen, entry.c.published, entry.c.account, entry.c.id)


class Lists:
    """Lists over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(
        self, scope: Scope, rank: Rank, limit: int | None = None, *, newest_first: bool = True
    ) -> Iterator[Listed]:
        """What stands in a list; of the carriers in scope the one of the least rank stands for a story."""
        left = limit
        for found in self._found(scope, rank, min(limit or BATCH, BATCH), newest_first=newest_first):
            yield from self.items([name for name, _ in found[:left]])
            if left is not None and (left := left - len(found)) <= 0:
                return

    def dated(self, scope: Scope) -> Iterator[tuple[str, int]]:
        """The ids of what stands in a list, oldest first, each with its publication."""
        for found in self._found(scope, by_original, MANY, newest_first=False):
            yield from found

    def _found(
        self, scope: Scope, rank: Rank, size: int, *, newest_first: bool
    ) -> Iterator[Sequence[tuple[str, int]]]:
        """The same by rank, up to `size` at a time."""
        kind, values = kind_and_values(scope)
        for rows in self._parts(kind, values, size, newest_first=newest_first):
            first: Mapping[str, str] = {}
            if not scope.every_entry:
                shared = {name: original for *_, name, several, original in rows if several}
                first = self._first_carriers(shared, kind, values, rank)
            yield [(id_, published) for published, id_, name, *_ in rows if first.get(name, id_) == id_]

    def _parts(
        self, kind: ScopeKind, values: Mapping[str, Any], size: int, *, newest_first: bool
    ) -> Iterator[Sequence[Fetched]]:
        """Rows of `_in_scope` in order, some at a time. To sort all of an archive for a hundred of them takes seconds:
        of a few accounts each one's are merged; a large list is sought from its newest end, window by window of time.
        """
        if newest_first and kind == _ACCOUNTS and len(values["accounts"]) <= FEW:
            yield from self._merged(values["accounts"], size)
            return
        if not newest_first or not self._is_large(kind, values):
            yield from parts_for(self._connection, _in_scope(kind, newest_first), values, size)
            return
        kind = replace(kind, window=True)
        query, first, until, width = _in_scope(kind, True), *self._times, WINDOW
        while until > first:
            window = {**values, "since": until - width, "until": until}
            yield from parts_for(self._connection, query, window, size)
            until, width = until - width, 2 * width

    def _merged(self, accounts: Iterable[str], size: int) -> Iterator[Sequence[Fetched]]:
        query = _in_scope(_ACCOUNT, True)
        lists = [parts_for(self._connection, query, {"account": account}, size) for account in accounts]
        rows = merge(*map(chain.from_iterable, lists), key=itemgetter(0, 1), reverse=True)
        while part := list(islice(rows, size)):
            yield part

    def _is_large(self, kind: ScopeKind, values: Mapping[str, Any]) -> bool:
        """A list of several accounts, or of a node that many entries stand in; of no month."""
        if kind.month:
            return False
        if not kind.node:
            return kind.accounts == "many"
        members = rows_for(self._connection, _MEMBERS, {"node": values["node"], "most": LARGE})
        return len(members) == LARGE

    @cached_property
    def _times(self) -> tuple[int, int]:
        """The publication of the oldest shown entry, and the second after that of the newest."""
        ((first, last),) = rows_for(self._connection, _TIMES)
        return (first, last + 1) if first is not None else (0, 0)

    @cached_property
    def _has_copies(self) -> bool:
        """Whether there are copies of pictures at all: most matrices have none, and need not ask for each list."""
        return has_copies(self._connection)

    def items(self, ids: Sequence[str], *, wide: bool = False) -> Iterator[Listed]:
        """These entries in this order, `wide` with their texts; those that are not shown are left out."""
        found = {item.entry.id: item for item in self.among(_WHOLE if wide else _BY_ID, set(ids))}
        yield from (found[name] for name in ids if name in found)

    def _first_carriers(
        self, originals: Mapping[str, str], kind: ScopeKind, values: Mapping[str, Any], rank: Rank
    ) -> Mapping[str, str]:
        """For stories of several entries, with their originals: the carrier in scope that stands for them."""
        best: dict[str, tuple[Any, ...]] = {}
        for name, *claim in rows_among(self._connection, _claims(kind), originals, **values):
            ranked = (rank(originals[name], *claim), claim[-1])
            best[name] = min(best.get(name, ranked), ranked)
        return {name: ranked[-1] for name, ranked in best.items()}

    def standing_for(self, stories: Collection[str]) -> Iterator[Listed]:
        """Of each of these stories the shown carrier that stands for it: its original, else the earliest."""
        best: dict[str, tuple[tuple[Any, ...], str]] = {}
        for name, *claim in rows_among(self._connection, _ORIGINALS, stories):
            ranked = (by_original(*claim), claim[-1])
            best[name] = min(best.get(name, ranked), ranked)
        yield from self.items([name for _, name in best.values()])

    def among(self, query: Select[Any], values: Iterable[str]) -> Iterator[Listed]:
        """The rows of a query `among` values, each as it is; its columns are those of `entry_rows`."""
        yield from self._with_carriers(list(rows_among(self._connection, query, values)))

    def found(self, query: Select[Any], **values: Any) -> Iterator[Listed]:
        """The rows of a query made by `entry_rows`, each as it is."""
        for rows in parts_for(self._connection, query, values, BATCH):
            yield from self._with_carriers(rows)

    def _with_carriers(self, rows: Sequence[Fetched]) -> Iterator[Listed]:
        """Rows as list items; the carriers of a batch are counted at once, of those stories that have several."""
        shared = {row[_STORY] for row in rows if row[-2]}
        counts: dict[str, int] = dict(rows_among(self._connection, _CARRIERS, shared))
        copies = mirrored_of(self._connection, [row[0] for row in rows]) if self._has_copies else {}
        for row in rows:
            original = row[-1] is None or row[-1] == row[0]
            html, text = row[_WIDTH:-2] or ("", "")
            yield Listed(
                to_entry(
                    row[:_WIDTH],
                    original=original,
                    html=html,
                    text=text,
                    mirrored=copies.get(row[0], ()) if copies else (),
                ),
                counts.get(row[_STORY], 1) if counts else 1,
            )


def entry_rows(columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """Entries, with size and original of their story; nothing of a story that has no other entry, as most have."""
    joined = entry.outerjoin(story, (story.c.id == entry.c.story) & SHARED)
    return select(*columns, story.c.size, story.c.original).select_from(joined)


@dataclass(frozen=True, slots=True)
class ScopeKind:
    """Which questions a scope asks, whatever about: queries are made once for each."""

    accounts: str = ""  # one, many
    node: bool = False
    month: bool = False
    window: bool = False  # of time


_ACCOUNT, _ACCOUNTS = ScopeKind("one"), ScopeKind("many")


def kind_and_values(scope: Scope) -> tuple[ScopeKind, Mapping[str, Any]]:
    """What a scope asks, and about what."""
    accounts = scope.accounts
    many = "" if accounts is None else "one" if len(accounts) == 1 else "many"
    values: dict[str, Any] = {"node": scope.node, "month": scope.month}
    if accounts is not None:
        values["account" if many == "one" else "accounts"] = accounts[0] if many == "one" else accounts
    kind = ScopeKind(many, bool(scope.node), bool(scope.month))
    return kind, {name: value for name, value in values.items() if value or name == "accounts"}


def condition_of(kind: ScopeKind, *, of_few: bool = False) -> ColumnElement[bool]:
    """Which entries are in a scope of this kind; `of_few` is asked of each of a few that are found otherwise."""
    parts: list[ColumnElement[bool]] = [SHOWN]
    account = entry.c.account.concat("") if of_few else entry.c.account  # in words that no index is sought by
    if kind.accounts == "one":
        parts.append(account == bindparam("account"))
    elif kind.accounts:
        parts.append(account.in_(bindparam("accounts", expanding=True)))
    if kind.node and (kind.window or of_few):
        parts.append(exists().where(_IN_NODE, membership.c.entry == entry.c.id).correlate(entry))
    elif kind.node:
        parts.append(entry.c.id.in_(select(membership.c.entry).where(_IN_NODE)))
    if kind.month:
        month = entry.c.month.concat("") if of_few else entry.c.month
        parts.append(month == bindparam("month"))
    if kind.window:
        parts += [entry.c.published >= bindparam("since"), entry.c.published < bindparam("until")]
    return and_(true(), *parts)


@lru_cache
def _in_scope(kind: ScopeKind, newest_first: bool) -> Select[Any]:
    query = entry_rows([entry.c.published, entry.c.id, entry.c.story])
    return query.where(condition_of(kind)).order_by(*_order(kind, newest_first))


def _order(kind: ScopeKind, newest_first: bool) -> tuple[Any, ...]:
    """By time. A month of some accounts is sorted: SQLite would rather walk the month of all to have it in order."""
    if not (kind.accounts and kind.month):
        return NEWEST if newest_first else OLDEST
    computed = entry.c.published + 0  # which no index has
    return (computed.desc(), entry.c.id.desc()) if newest_first else (computed, entry.c.id)


@lru_cache
def _claims(kind: ScopeKind) -> Select[Any]:
    """Found by story: of its few entries those in scope."""
    return select(entry.c.story, *_CLAIM).where(condition_of(kind, of_few=True), among(entry.c.story))


def by_original(original: str, first_seen: int, published: int, account: str, name: str) -> tuple[Any, ...]:
    """The original, else whoever published first."""
    return (name != original, published, account, name)


def by_first_seen(original: str, first_seen: int, published: int, account: str, name: str) -> tuple[Any, ...]:
    """Whoever stood in the feeds first: that must not change when the original turns up later."""
    return (first_seen, published, account, name)


_MEMBERS = select(membership.c.entry).where(_IN_NODE).limit(bindparam("most"))
_TIMES = select(
    *(
        select(entry.c.published).where(SHOWN).order_by(order).limit(1).scalar_subquery()
        for order in (OLDEST[0], NEWEST[0])
    )
)
_BY_ID = entry_rows(NARROW).where(SHOWN, among(entry.c.id))
_WHOLE = entry_rows(FULL).where(SHOWN, among(entry.c.id))
_CARRIERS = select(entry.c.story, func.count()).where(SHOWN, among(entry.c.story)).group_by(entry.c.story)
_ORIGINALS = (
    select(entry.c.story, story.c.original, *_CLAIM)
    .join(story, story.c.id == entry.c.story)
    .where(SHOWN, among(entry.c.story))
)
