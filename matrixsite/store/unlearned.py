"""Entries whose words changed since the index of stories learned them: it is taught them before the next joins."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from matrixsite.store.database import chunks
from matrixsite.store.schema import unlearned


def unlearn(connection: Connection, ids: Iterable[str]) -> None:
    """Their stories' index doesn't know these entries any more."""
    for part in chunks(ids):
        relearned(connection, part)
        connection.execute(insert(unlearned), [{"entry": name} for name in part])


def relearned(connection: Connection, ids: Iterable[str]) -> None:
    """Their stories' index knows these entries again."""
    for part in chunks(ids):
        connection.execute(delete(unlearned).where(unlearned.c.entry.in_(part)))


def unlearned_entries(connection: Connection, limit: int) -> list[str]:
    """The next ids."""
    return list(connection.scalars(select(unlearned.c.entry).order_by(unlearned.c.entry).limit(limit)))
