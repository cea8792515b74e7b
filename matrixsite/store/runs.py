"""The runs of a matrix, numbered, and the small values that they leave to the next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from matrixsite.store.columns import moment_or_none, seconds
from matrixsite.store.schema import meta, run


def begin_run(connection: Connection, command: str, now: datetime, started: datetime) -> int:
    """A new run; returns its number."""
    values = {"command": command, "now": seconds(now), "started": seconds(started)}
    result = connection.execute(insert(run).values(values))
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


def end_run(connection: Connection, number: int, ended: datetime, outcome: str) -> None:
    """A run is over; one that never gets here was killed."""
    connection.execute(update(run).where(run.c.id == number).values(ended=seconds(ended), outcome=outcome))


def first_run(connection: Connection) -> datetime | None:
    """The moment of the first run that ended; None before it."""
    query = select(func.min(run.c.now)).where(run.c.ended.is_not(None))
    return moment_or_none(connection.scalar(query))


def remember(connection: Connection, name: str, value: str) -> None:
    """Keep a small value from run to run."""
    connection.execute(delete(meta).where(meta.c.key == name))
    connection.execute(insert(meta).values(key=name, value=value))


def remembered(connection: Connection, name: str) -> str | None:
    """What `remember` kept."""
    return connection.scalar(select(meta.c.value).where(meta.c.key == name))
