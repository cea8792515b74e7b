"""A mended cleaner reaches the archive: entries of an older clean version are cleaned again from their raw fields.

That is no correction: the publisher's words did not change, so neither revisions nor 已更正 come of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from matrixsite.clean.entry import CLEAN_VERSION, clean
from matrixsite.dedup.prints import title_key_of
from matrixsite.dedup.shadow import key
from matrixsite.editorial.status import held_word
from matrixsite.ingest import raw as raws
from matrixsite.ingest.harvested import words_digest
from matrixsite.ingest.selection import FilterFailed, selected
from matrixsite.store.entries import WORDLESS, clean_columns
from matrixsite.store.outbox import record_changes
from matrixsite.store.schema import entry


@dataclass(frozen=True, slots=True)
class Outdated:
    """An entry that an older cleaner made."""

    id: str
    account: str
    raw: bytes
    url_key: int | None
    held_by: str


def outdated_count(connection: Connection) -> int:
    """How many entries there are to clean again."""
    query = (
        select(func.count()).select_from(entry).where(entry.c.clean_version < CLEAN_VERSION, ~entry.c.purged)
    )
    return connection.scalar(query) or 0


def outdated(connection: Connection, limit: int) -> list[Outdated]:
    """The next entries to clean again, in order of id."""
    columns = (entry.c[column.name] for column in fields(Outdated))
    query = select(*columns).where(entry.c.clean_version < CLEAN_VERSION, ~entry.c.purged)
    return [Outdated(*row) for row in connection.execute(query.order_by(entry.c.id).limit(limit))]


def reclean(
    items: list[Outdated], hold_words: tuple[str, ...], filters: Mapping[str, tuple[str, ...]]
) -> list[dict[str, Any]]:
    """New values of their columns: pure, for any executor. `filters` are those of accounts that have any."""
    return [_cleaned(item, hold_words, filters.get(item.account, ())) for item in items]


def _cleaned(item: Outdated, hold_words: tuple[str, ...], filters: tuple[str, ...]) -> dict[str, Any]:
    raw = raws.unpack(item.raw)
    cleaned = clean(raw, base=raw.base)
    with suppress(FilterFailed):  # nor does one that would not take it in today take it away
        cleaned = selected(cleaned, None, filters) or cleaned
    columns = {
        "of": item.id,
        "words": words_digest(cleaned),
        "url_key": item.url_key and key(cleaned.canonical_url),
        "title_key": title_key_of(cleaned.title),
        "held_by": held_word(cleaned.title, cleaned.text, hold_words),
        **clean_columns(cleaned),
    }
    if cleaned.placeholder:
        columns |= WORDLESS
    return columns


def write_recleaned(connection: Connection, rows: list[dict[str, Any]]) -> list[str]:
    """Store what `reclean` gave; returns the ids, whose status is to be judged again."""
    if rows:
        statement = update(entry).where(entry.c.id == bindparam("of"))
        connection.execute(statement.values(version=entry.c.version + 1), rows)
        record_changes(connection, "entry", [row["of"] for row in rows])
    return [row["of"] for row in rows]
