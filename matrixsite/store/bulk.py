"""Many rows in and out: the statement is SQLAlchemy's, made for the database at hand; values go straight to its driver.

`Connection.execute` looks at every value of every row, and makes a list of placeholders anew for each IN: that costs
four times as much as SQLite's own work, and most of the questions that a site asks are short ones. Errors come as the
driver raises them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from importlib import import_module
from itertools import count
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Connection,
    Dialect,
    Table,
    bindparam,
    insert,
    update,
)
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import ExpandedState, SQLCompiler

_VALUES = "values"
LENGTHS = (4, 16, 64, 256, 1000)  # of IN lists: longer ones save nothing
Rows = Sequence[tuple[Any, ...]]  # values as drivers take them: numbers, strings, bytes, None


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Rows) -> None:
    """Insert rows of values of these columns; the others have no default but the database's own."""
    if connection.dialect.name == "postgresql":
        _copy(connection, table, columns, rows)
    else:
        _execute(connection, _inserting(connection.dialect, table, tuple(columns)), columns, rows)


def _copy(connection: Connection, table: Table, columns: Sequence[str], rows: Rows) -> None:
    """As PostgreSQL takes many rows: in a fifth of the time of its INSERT."""
    names = map(connection.dialect.identifier_preparer.quote, (table.name, *columns))
    into, *quoted = names
    if rows:
        with closing(_cursor(connection)) as cursor:
            driver: Any = cursor
            with driver.copy(f"COPY {into} ({', '.join(quoted)}) FROM STDIN") as copying:
                for row in rows:
                    copying.write_row(row)


def upsert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Rows) -> None:
    """Insert rows, or give those whose primary key is there these values."""
    _execute(connection, _upserting(connection.dialect, table, tuple(columns)), columns, rows)


def update_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Rows, by: str = "id"
) -> None:
    """Update rows by their id, or another column, whose value stands last in each."""
    _execute(connection, _updating(connection.dialect, table, tuple(columns), by), [*columns, "of"], rows)


def among(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a column is one of the values that `rows_among` is given; a statement may ask for several columns."""
    return column.in_(bindparam(_VALUES, expanding=True))


def rows_among(
    connection: Connection, statement: ClauseElement, values: Iterable[Any], **others: Any
) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement for some (different) values, a list of them at a time; `others` are its further ones.

    Sorted, since neighbours in an index lie on one page; in lists of a few lengths, so that statements are made once.
    """
    left = sorted(values)
    while left:
        length = next((length for length in LENGTHS if length >= len(left)), LENGTHS[-1])
        part, left = left[:length], left[length:]
        part += part[-1:] * (length - len(part))
        yield from rows_for(connection, statement, {_VALUES: part, **others})


def rows_for(
    connection: Connection, statement: ClauseElement, values: Mapping[str, Any] = MappingProxyType({})
) -> Sequence[tuple[Any, ...]]:
    """All rows of a statement for the values of its parameters; a list stands for an expanding one.

    The statement must live on, as one of a module does: what was made of it is kept by its identity.
    """
    with closing(_cursor(connection)) as cursor:
        cursor.execute(*_asked(connection, statement, values))
        return cursor.fetchall()


def parts_for(
    connection: Connection, statement: ClauseElement, values: Mapping[str, Any], size: int
) -> Iterator[Sequence[tuple[Any, ...]]]:
    """The same, `size` rows at a time as they come from the database."""
    with closing(_cursor(connection, streams=True)) as cursor:
        cursor.execute(*_asked(connection, statement, values))
        while rows := cursor.fetchmany(size):
            yield rows


_streams = count()


def _cursor(connection: Connection, *, streams: bool = False) -> DBAPICursor:
    """A cursor of the driver, in the transaction of the connection. One that streams is the server's where the
    database has such: else all rows would come at once.
    """
    if not connection.in_transaction():
        connection.exec_driver_sql("SELECT 1")  # begins one
    proxied = connection.connection
    if streams and connection.dialect.supports_server_side_cursors:
        return proxied.cursor(f"matrixsite_{next(_streams)}")
    return proxied.cursor()


def _asked(
    connection: Connection, statement: ClauseElement, values: Mapping[str, Any]
) -> tuple[str, tuple[Any, ...] | dict[str, Any]]:
    """The words of a statement and its parameters, as the driver takes them."""
    lengths = tuple((name, len(value)) for name, value in values.items() if isinstance(value, list | tuple))
    made = _made(statement, connection.dialect, lengths)
    named = {**made.parameters, **values}
    for name, _ in lengths:
        named |= zip(made.parameter_expansion[name], values[name], strict=True)
    order = made.positiontup  # None for a driver that takes values by name
    return made.statement, named if order is None else tuple(map(named.__getitem__, order))


@lru_cache(maxsize=512)
def _made(statement: ClauseElement, dialect: Dialect, lengths: tuple[tuple[str, int], ...]) -> ExpandedState:
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    lists = {name: [0] * length for name, length in lengths}
    return compiled.construct_expanded_state({**dict.fromkeys(compiled.params), **compiled.params, **lists})


@lru_cache(maxsize=128)
def _inserting(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> SQLCompiler:
    return _compiled(insert(table), dialect, columns)


@lru_cache(maxsize=128)
def _upserting(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> SQLCompiler:
    # Of the dialects only the one at hand: they take long to import.
    anew = import_module(f"sqlalchemy.dialects.{dialect.name}").insert(table)
    keys = [column.name for column in table.primary_key]
    values = {name: anew.excluded[name] for name in columns if name not in keys}
    return _compiled(anew.on_conflict_do_update(index_elements=keys, set_=values), dialect, columns)


@lru_cache(maxsize=128)
def _updating(dialect: Dialect, table: Table, columns: tuple[str, ...], by: str) -> SQLCompiler:
    return _compiled(update(table).where(table.c[by] == bindparam("of")), dialect, columns)


def _compiled(statement: ClauseElement, dialect: Dialect, columns: Sequence[str]) -> SQLCompiler:
    compiled = statement.compile(dialect=dialect, column_keys=columns)
    assert isinstance(compiled, SQLCompiler)
    return compiled


def _execute(
    connection: Connection, compiled: SQLCompiler, names: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    order = compiled.positiontup
    parameters: list[Any]
    if order is None:  # a driver that takes values by name
        parameters = [dict(zip(names, row, strict=True)) for row in rows]
    elif list(order) == list(names):
        parameters = list(rows)
    else:
        places = [names.index(name) for name in order]
        parameters = [tuple(row[place] for place in places) for row in rows]
    if parameters:
        connection.exec_driver_sql(str(compiled), parameters)
