"""The index of stories in the store: what joining looks up, in few statements for a batch.

All answers are bounded, however large the archive is: posting lists are capped when they are written, titles here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from itertools import islice
from sys import intern
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ClauseElement,
    CompoundSelect,
    Connection,
    Table,
    TextualSelect,
    bindparam,
    case,
    column,
    func,
    select,
    text,
    union_all,
)

from matrixsite.dedup.lookup import Kind, Standing, Story, Use
from matrixsite.dedup.prints import Pending
from matrixsite.store.bulk import among, rows_among
from matrixsite.store.database import chunks
from matrixsite.store.postings import TABLES
from matrixsite.store.schema import entry, story, story_alias

OWN = 3  # entries of an account that a story is asked for
USES = 200  # of a title
TITLES = 50  # in one statement
WORDLESS = 40  # characters of a text up to which pictures tell an entry
PICTURES = 5

STORY_COLUMNS = [story.c[name] for name in Story._fields]
_IMAGE = re.compile(r'<img\b[^>]{0,2000}?\ssrc="([^"]{1,2000})"')


class StoredIndex:
    """What the store knows before a batch (`dedup.index.Lookup`), over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def postings(self, hashes: Collection[int], since: int) -> Standing:
        """Where hashes stand."""
        early: set[str] = set()
        found: dict[int, set[str]] = {}
        for hashed, name, day in self._rows(_POSTINGS, hashes):
            if day < since:
                early.add(name)
            _stand(found, hashed, name)
        return Standing(_sorted(found), early)

    def sentences(self, hashes: Collection[int]) -> dict[int, list[str]]:
        """Hash → stories, sorted by id."""
        found: dict[int, set[str]] = {}
        for hashed, name, _ in self._rows(_SENTENCES, hashes):
            _stand(found, hashed, name)
        return _sorted(found)

    def stories(self, ids: Collection[str]) -> dict[str, Story]:
        """The stories of these ids."""
        return {row[0]: _story(row) for row in self._rows(_STORIES, ids)}

    def members(self, story: str, account: str) -> list[str]:
        """An account's entries in a story, the newest first, at most 3."""
        return list(self._connection.scalars(_MEMBERS, {"story": story, "account": account}))

    def entries(self, ids: Collection[str]) -> dict[str, Pending]:
        """Entries, to be compared."""
        return {row[0]: to_pending(row) for row in self._rows(_ENTRIES, ids)}

    def titles(self, ids: Collection[str]) -> dict[str, str]:
        """The titles of entries, as published."""
        return dict(self._rows(_ENTRY_TITLES, ids))

    def title_uses(self, title_keys: Collection[int]) -> dict[int, list[Use]]:
        """Where titles stand in all of the store: by date, the newest 200 of each."""
        found: dict[int, list[Use]] = {}
        for part in _parts(title_keys, TITLES):
            keys = dict.fromkeys(_TITLE_NAMES) | dict(zip(_TITLE_NAMES, part, strict=False))
            for key, account, published in self._connection.execute(_USES, keys).all():
                found.setdefault(key, []).append(Use(account, published))
        for uses in found.values():
            uses.sort(key=lambda use: (use.published, use.account))
        return found

    def same_url(self, url_keys: Collection[int]) -> dict[int, list[str]]:
        """Stories by page address; an empty list for an address that one feed gives to several entries."""
        stories: dict[int, set[str]] = {}
        shared: set[int] = set()
        for key, count, name in self._rows(_URLS, url_keys):
            if count > 1:
                shared.add(key)
            elif name is not None:
                stories.setdefault(key, set()).add(name)
        return {key: sorted(names) for key, names in stories.items()} | {key: [] for key in shared}

    def _rows(self, query: ClauseElement, values: Collection[Any]) -> Iterator[Any]:
        return rows_among(self._connection, query, values)


def _stand(found: dict[int, set[str]], hashed: int, name: str) -> None:
    name = intern(name)  # of some thousand stories, each under many hashes
    if (names := found.get(hashed)) is None:
        found[hashed] = {name}
    else:
        names.add(name)


def _sorted(found: dict[int, set[str]]) -> dict[int, list[str]]:
    return {hashed: sorted(names) for hashed, names in found.items()}


def pending_entries(connection: Connection, limit: int) -> Iterator[Pending]:
    """The next entries that have no story yet, in the order in which they are joined."""
    rows = connection.execute(_PENDING, {"limit": limit}).yield_per(100)
    for part in rows.partitions():
        yield from map(to_pending, part)


def to_pending(row: Iterable[Any]) -> Pending:
    """An entry of COLUMNS, as joining looks at it."""
    *values, cover, html = row
    images = () if html is None else _images(cover, html)
    return Pending(*values, images)  # type: ignore[call-arg]  # mypy takes the list for one of any length


def _images(cover: str, html: str) -> tuple[str, ...]:
    """The pictures of an entry that hardly says anything else."""
    inside = (unescape(match[1]) for match in islice(_IMAGE.finditer(html), PICTURES))
    return tuple(dict.fromkeys(address for address in (cover, *inside) if address))


def _story(row: Iterable[Any]) -> Story:
    name, kind, *rest = row
    return Story(name, Kind(kind), *rest)


def _parts(values: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Sorted: neighbours in an index lie on one page."""
    return chunks(sorted(values), size)


# --- statements, made once --------------------------------------------------------------------------------------------


def _standing_in(recent: Table, large: Table) -> CompoundSelect[Any]:
    """Stories that were merged away answer by those that they became."""
    queries = [
        select(table.c.hash, func.coalesce(story_alias.c.story, table.c.story), table.c.day)
        .outerjoin(story_alias, story_alias.c.alias == table.c.story)
        .where(among(table.c.hash))
        for table in (recent, large)
    ]
    return union_all(*queries)


def _uses() -> TextualSelect:
    """Each title by itself, so that a title of thousands costs no more than its newest. Guessed dates tell nothing."""
    one = (
        f"SELECT * FROM (SELECT title_key, account, published FROM {entry.name}"
        f" WHERE title_key = :{{0}} AND inferred = :no ORDER BY published DESC, account DESC LIMIT {USES}) AS {{0}}"
    )
    query = text(" UNION ALL ".join(one.format(name) for name in _TITLE_NAMES))
    keys = (bindparam(name, type_=BigInteger) for name in _TITLE_NAMES)
    query = query.bindparams(*keys, bindparam("no", False, type_=Boolean))
    return query.columns(column("title_key"), column("account"), column("published"))


_TITLE_NAMES = [f"title_{number}" for number in range(TITLES)]
_WORDLESS = func.length(entry.c.text) < WORDLESS
# The columns of Pending in its order; in place of its images the cover and, where they count, the html.
COLUMNS = [
    *(
        entry.c[name]
        for name in ("id", "account", "title", "text", "published", "first_seen", "inferred", "guid")
    ),
    func.substr(entry.c.month, 1, 4),
    entry.c.url_key,
    entry.c.title_key,
    entry.c.cover,
    case((_WORDLESS, entry.c.html)),
]
_ENTRIES = select(*COLUMNS).where(among(entry.c.id))
_ENTRY_TITLES = select(entry.c.id, entry.c.title).where(among(entry.c.id))
_PENDING = (
    select(*COLUMNS)
    .where(entry.c.story.is_(None))
    .order_by(entry.c.published, entry.c.account, entry.c.id)
    .limit(bindparam("limit"))
)
_POSTINGS, _SENTENCES = (_standing_in(*tables) for tables in TABLES)
_STORIES = select(*STORY_COLUMNS).where(among(story.c.id))
_MEMBERS = (
    select(entry.c.id)
    .where(entry.c.story == bindparam("story"), entry.c.account == bindparam("account"))
    .order_by(entry.c.published.desc(), entry.c.id.desc())
    .limit(OWN)
)
_URLS = (
    select(entry.c.url_key, func.count(), func.min(entry.c.story))
    .where(among(entry.c.url_key))
    .group_by(entry.c.url_key, entry.c.feed)
)
_USES = _uses()
