"""What a store holds, for comparison: all but the numbers of runs, the outbox and what was published."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from matrixsite.store.database import Database
from matrixsite.store.schema import metadata

LEFT_OUT = ("run", "change", "output", "page")

Snapshot = dict[str, list[tuple[Any, ...]]]


def snapshot(database: Database) -> Snapshot:
    """Rows by table, sorted."""
    with database.read() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name not in LEFT_OUT
        }
