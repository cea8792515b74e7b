"""Writing many rows: the statement is SQLAlchemy's, made for the database at hand; the rows go straight to its driver.

`Connection.execute` looks at every value of every row, which costs four times as much as SQLite's own work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, update

Rows = Sequence[tuple[Any, ...]]  # values as drivers take them: numbers, strings, bytes, None


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Rows) -> None:
    """Insert rows of values of these columns; the others have no default but the database's own."""
    _execute(connection, insert(table), columns, rows)


def update_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Rows) -> None:
    """Update rows by their id, which stands last in each."""
    statement = update(table).where(table.c.id == bindparam("of"))
    _execute(connection, statement, [*columns, "of"], rows)


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
