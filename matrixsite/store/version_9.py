"""From version 8 to 9: a ledger for each place that the site is uploaded to."""

from __future__ import annotations

from sqlalchemy import Connection

from matrixsite.store.schema import hosted


def ledgers_of_targets(connection: Connection) -> None:
    """Nothing is known yet of what lies where: the first `publish` sends everything, or asks with --verify."""
    hosted.create(connection)
