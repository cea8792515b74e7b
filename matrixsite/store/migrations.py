"""Numbered steps from an older store to this one: each applied with its record in one transaction."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, insert, inspect, select, update

from matrixsite.errors import StoreError, StoreTooNew
from matrixsite.store.schema import SCHEMA_VERSION, meta, metadata
from matrixsite.store.version_2 import stories_with_an_index
from matrixsite.store.version_3 import stories_named_once
from matrixsite.store.version_4 import lists_by_indices
from matrixsite.store.version_5 import accounts_by_index
from matrixsite.store.version_6 import copies_of_images
from matrixsite.store.version_7 import news_and_findings
from matrixsite.store.version_8 import order_of_bytes
from matrixsite.store.version_9 import ledgers_of_targets

Step = Callable[[Connection], None]

# The version a step leads to → the step; version 1 is made whole.
STEPS: dict[int, Step] = {
    2: stories_with_an_index,
    3: stories_named_once,
    4: lists_by_indices,
    5: accounts_by_index,
    6: copies_of_images,
    7: news_and_findings,
    8: order_of_bytes,
    9: ledgers_of_targets,
}


def is_current(connection: Connection) -> bool:
    """Whether there is nothing to migrate."""
    return _version(connection) == SCHEMA_VERSION


def migrate(connection: Connection, name: str) -> None:
    """Bring the store to SCHEMA_VERSION.

    Raises StoreTooNew for one that a newer matrixsite wrote, StoreError for another program's database.
    """
    if not inspect(connection).get_table_names():
        _require_unicode(connection, name)
        metadata.create_all(connection)
        connection.execute(insert(meta).values(key="schema", value=str(SCHEMA_VERSION)))
        return
    version = _version(connection)
    if version is None:
        raise StoreError(f"the store {name} is a database of another program; name another one with `store:`")
    if version > SCHEMA_VERSION:
        raise StoreTooNew(
            f"the store {name} is of version {version}, this matrixsite knows {SCHEMA_VERSION}; upgrade matrixsite"
        )
    for number in range(version + 1, SCHEMA_VERSION + 1):
        STEPS[number](connection)
    if version < SCHEMA_VERSION:
        connection.execute(update(meta).where(meta.c.key == "schema").values(value=str(SCHEMA_VERSION)))


def _require_unicode(connection: Connection, name: str) -> None:
    """A database of another encoding refuses what feeds say."""
    if connection.dialect.name == "postgresql":
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
        if encoding != "UTF8":
            raise StoreError(
                f"the store {name} has the encoding {encoding}; make a database with --encoding=UTF8"
            )


def _version(connection: Connection) -> int | None:
    if not inspect(connection).has_table(meta.name):
        return None
    value = connection.scalar(select(meta.c.value).where(meta.c.key == "schema"))
    return int(value) if value else None
