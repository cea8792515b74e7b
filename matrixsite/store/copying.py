"""A matrix from one store to another, whichever databases they are: every table, compared on both sides.

The copy is one transaction, so that it is there whole or not at all. Rows go in batches; of a table a count and a sum
of hashes are kept, which need no order and hardly any memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Connection, LargeBinary, Table, delete, func, select

from matrixsite.errors import StoreError
from matrixsite.pipeline.progress import Progress
from matrixsite.store.bulk import insert_rows, parts_for
from matrixsite.store.database import Database, open_database
from matrixsite.store.schema import change, meta, metadata, output, run

_BATCH = {"entry": 200, "revision": 200, "image_copy": 20}  # rows of many bytes, fewer at a time
_OTHERS = 5_000
NUMBERED = ((run.name, "id"), (change.name, "seq"), (output.name, "id"))  # by the database
_MODULUS = 2**128


@dataclass(frozen=True, slots=True)
class Content:
    """What tells whether two tables hold the same rows."""

    rows: int = 0
    digest: int = 0  # the sum of the rows' hashes, in whatever order they come

    def __add__(self, rows: Iterable[Sequence[Any]]) -> Content:
        count, digest = self.rows, self.digest
        for row in rows:
            count += 1
            digest += int.from_bytes(blake2b(repr(tuple(row)).encode(), digest_size=16).digest(), "big")
        return Content(count, digest % _MODULUS)


def copy_between(source: str | Path, target: str | Path, progress: Progress) -> Mapping[str, Content]:
    """The same for stores by URL or path. Raises StoreError where there is no store to copy, too."""
    if isinstance(source, Path) and not source.is_file():
        raise StoreError(f"there is no store {source}; name the file or the URL of one")
    with closing(open_database(source)) as old, closing(open_database(target)) as new:
        progress.stage("rows", row_count(old))
        return copy_store(old, new, progress.advance)


def row_count(database: Database) -> int:
    """How many rows there are to copy."""
    with database.read() as connection:
        counts = (
            connection.scalar(select(func.count()).select_from(table)) for table in metadata.sorted_tables
        )
        return sum(filter(None, counts))


def copy_store(
    source: Database, target: Database, told: Callable[[int], None] = lambda rows: None
) -> dict[str, Content]:
    """Copy all of a store to an empty one; `told` hears of each batch. Returns what is in each table now.

    Raises StoreError where the target holds anything, or something else came out than went in: it is empty then.
    """
    with source.read() as old, target.write() as new:
        _require_empty(new, target.name)
        new.execute(delete(meta))
        contents = {}
        for table in metadata.sorted_tables:
            contents[table.name] = _copied(old, new, table, told)
            if (arrived := content_of(new, table)) != contents[table.name]:
                raise StoreError(
                    f"of {table.name} {contents[table.name].rows} rows went to {target.name} and {arrived.rows} came, "
                    "or not the same; nothing was written. Run `matrixsite store copy` again"
                )
        _go_on_numbering(new)
    target.look_through()
    return contents


def content_of(connection: Connection, table: Table) -> Content:
    """Of a table as it is."""
    content = Content()
    for rows in _rows(connection, table):
        content += rows
    return content


def _require_empty(connection: Connection, name: str) -> None:
    for table in metadata.sorted_tables:
        if table is not meta and connection.execute(select(table).limit(1)).first():
            raise StoreError(f"the store {name} holds a matrix already; name an empty one")


def _copied(old: Connection, new: Connection, table: Table, told: Callable[[int], None]) -> Content:
    content, columns = Content(), [column.name for column in table.columns]
    indexes = sorted(table.indexes, key=lambda index: str(index.name))
    for index in indexes:  # made at the end they take a third of the time
        index.drop(new)
    for rows in _rows(old, table):
        insert_rows(new, table, columns, rows)
        content += rows
        told(len(rows))
    for index in indexes:
        index.create(new)
    return content


def _rows(connection: Connection, table: Table) -> Iterator[list[tuple[Any, ...]]]:
    """Rows as both databases take them, some at a time."""
    kinds = [_KINDS.get(type(column.type)) for column in table.columns]
    for rows in parts_for(connection, _all_of(table), {}, _BATCH.get(table.name, _OTHERS)):
        yield [
            tuple(
                value if kind is None or value is None else kind(value)
                for kind, value in zip(kinds, row, strict=True)
            )
            for row in rows
        ]


_KINDS: dict[type, Callable[[Any], Any]] = {Boolean: bool, LargeBinary: bytes}
_QUERIES = {table.name: select(table) for table in metadata.sorted_tables}


def _all_of(table: Table) -> Any:
    return _QUERIES[table.name]


def _go_on_numbering(connection: Connection) -> None:
    """The next run, change and folder get numbers of their own. SQLite takes the next after the highest by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table, key in NUMBERED:
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), max({key})) FROM {table} HAVING count(*) > 0"
        )
