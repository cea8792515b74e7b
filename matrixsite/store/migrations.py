"""Numbered steps from an older store to this one: each applied with its record in one transaction."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, insert, inspect, select, update

from matrixsite.errors import StoreTooNew
from matrixsite.store.schema import SCHEMA_VERSION, meta, metadata

Step = Callable[[Connection], None]

STEPS: dict[int, Step] = {}  # the version a step leads to → the step; version 1 is made whole


def migrate(connection: Connection, name: str) -> None:
    """Bring the store to SCHEMA_VERSION. Raises StoreTooNew for one that a newer program wrote."""
    if not inspect(connection).has_table(meta.name):
        metadata.create_all(connection)
        connection.execute(insert(meta).values(key="schema", value=str(SCHEMA_VERSION)))
        return
    row = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar_one()
    version = int(row)
    if version > SCHEMA_VERSION:
        raise StoreTooNew(
            f"the store {name} is of version {version}, this matrixsite knows {SCHEMA_VERSION}; upgrade matrixsite"
        )
    for number in range(version + 1, SCHEMA_VERSION + 1):
        STEPS[number](connection)
    if version < SCHEMA_VERSION:
        connection.execute(update(meta).where(meta.c.key == "schema").values(value=str(SCHEMA_VERSION)))
