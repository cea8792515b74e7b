"""Many rows in and out: the statement is SQLAlchemy's, made for the database at hand; values go straight to its driver.

`Connection.execute` looks at every value of every row, and makes a list of placeholders anew for each IN: that costs
four times as much as SQLite's own work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Connection,
    Dialect,
    Row,
    Table,
    bindparam,
    insert,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.compiler import ExpandedState, SQLCompiler

_VALUES = "values"
LENGTHS = (4, 16, 64, 256, 1000)  # of IN lists: longer ones save nothing
Rows = Sequence[tuple[Any, ...]]  # values as drivers take them: numbers, strings, bytes, None


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Rows) -> None:
    """Insert rows of values of these columns; the others have no default but the database's own."""
    _execute(connection, insert(table), columns, rows)


def upsert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Rows) -> None:
    """Insert rows, or give those whose primary key is there these values."""
    anew = postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
    keys = [column.name for column in table.primary_key]
    values = {name: anew.excluded[name] for name in columns if name not in keys}
    _execute(connection, anew.on_conflict_do_update(index_elements=keys, set_=values), columns, rows)


def update_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Rows) -> None:
    """Update rows by their id, which stands last in each."""
    statement = update(table).where(table.c.id == bindparam("of"))
    _execute(connection, statement, [*columns, "of"], rows)


def among(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a column is one of the values that `rows_among` is given; a statement may ask for several columns."""
    return column.in_(bindparam(_VALUES, expanding=True))


def rows_among(connection: Connection, statement: ClauseElement, values: Iterable[Any]) -> Iterator[Row[Any]]:
    """The rows of a statement for some (different) values, a list of them at a time.

    Sorted, since neighbours in an index lie on one page; in lists of a few lengths, so that statements are made once.
    """
    left = sorted(values)
    while left:
        length = next((length for length in LENGTHS if length >= len(left)), LENGTHS[-1])
        part, left = left[:length], left[length:]
        part += part[-1:] * (length - len(part))
        made = _expanded(statement, connection.dialect, length)
        named = {**made.parameters, **dict(zip(made.parameter_expansion[_VALUES], part, strict=True))}
        order = made.positiontup  # None for a driver that takes values by name
        parameters = named if order is None else tuple(map(named.__getitem__, order))
        yield from connection.exec_driver_sql(made.statement, parameters).all()


@lru_cache(maxsize=256)
def _expanded(statement: ClauseElement, dialect: Dialect, length: int) -> ExpandedState:
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    return compiled.construct_expanded_state({_VALUES: [0] * length})


def _execute(
    connection: Connection, statement: Any, names: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    compiled = statement.compile(
        dialect=connection.dialect, column_keys=[name for name in names if name != "of"]
    )
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
