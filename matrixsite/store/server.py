"""What a store on PostgreSQL has that a file hasn't: several runs at once, on one machine or several.

Three advisory locks of the database, each for the schema at hand, keep them apart. They end with their connection,
however that ends, so that nothing is left of a killed run or a machine that is gone.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine

from matrixsite.errors import Locked

DRIVER = "postgresql+psycopg"
_KEPT_ALIVE = 60  # seconds after which a connection that only holds a lock shows that it lives


class Turn(IntEnum):
    """What one run does at a time. Who takes several takes them in this order."""

    RUN = 1  # a build, or an update of all accounts
    SETTLING = (
        2  # stories, status and lists: what was found so far is in the memory of whoever finds the next
    )
    WRITING = 3  # a transaction that writes: so the outbox is numbered in the order in which it can be read


def server_engine(url: URL) -> Engine:
    """An engine for a PostgreSQL database; connections that broke while nobody used them are made anew."""
    options = {"client_encoding": "utf8", "keepalives_idle": _KEPT_ALIVE}
    wanted = {name: value for name, value in options.items() if name not in url.query}
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=wanted)


def reading(engine: Engine) -> Engine:
    """One whose transactions see one moment and write nothing."""
    options: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return engine.execution_options(**options)


def writing(engine: Engine) -> Engine:
    """One whose statements see what is committed, whatever the server's default is."""
    return engine.execution_options(isolation_level="READ COMMITTED")


def wait_to_write(connection: Connection) -> None:
    """Until its end the transaction is the only one that writes."""
    connection.exec_driver_sql(_call("pg_advisory_xact_lock", Turn.WRITING))


@contextmanager
def turn_of(engine: Engine, turn: Turn) -> Iterator[Connection]:
    """Wait for a turn; the connection that has it, and loses it when it breaks."""
    with _own_connection(engine) as connection:
        connection.exec_driver_sql(_call("pg_advisory_lock", turn))
        connection.commit()
        yield connection


@contextmanager
def the_run(engine: Engine, command: str) -> Iterator[None]:
    """The turn of a run. Raises Locked where another has it."""
    with _own_connection(engine) as connection:
        name = f"matrixsite {command}, process {os.getpid()} on {socket.gethostname()}"
        connection.exec_driver_sql("SELECT set_config('application_name', %s, false)", (name[:63],))
        free = connection.exec_driver_sql(_call("pg_try_advisory_lock", Turn.RUN)).scalar()
        connection.commit()
        if not free:
            raise Locked(engine.url.render_as_string(hide_password=True), _holder(connection))
        yield


def view_of(connection: Connection) -> str:
    """A name under which other connections see the moment that this one sees, while its transaction lasts."""
    return str(connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar())


def share_view(connection: Connection, view: str) -> None:
    """See that moment. Nothing was asked over the connection yet."""
    connection.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{view}'")


@contextmanager
def _own_connection(engine: Engine) -> Iterator[Connection]:
    """One that is closed and not kept: what it holds ends with it."""
    with writing(engine).connect() as connection:
        connection.detach()
        yield connection


def _call(function: str, turn: Turn) -> str:
    return f"SELECT {function}({turn.value}, hashtext('matrixsite ' || current_schema()))"


def _holder(connection: Connection) -> str:
    query = (
        "SELECT application_name, to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
        " FROM pg_locks JOIN pg_stat_activity USING (pid)"
        " WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname ="
        f" current_database()) AND classid = {Turn.RUN.value} AND objsubid = 2"
        " AND objid = (hashtext('matrixsite ' || current_schema())::bigint & 4294967295)::oid"
    )
    row = connection.exec_driver_sql(query).first()
    return f"{row[0]}, since {row[1]} UTC" if row else "an unknown process"
