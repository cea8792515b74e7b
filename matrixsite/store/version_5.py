"""From version 4 to 5: the newest of an account are told from the index alone."""

from __future__ import annotations

from sqlalchemy import Connection, text


def accounts_by_index(connection: Connection) -> None:
    """Three seconds for 600,000 entries."""
    connection.execute(text("DROP INDEX entry_by_account"))
    columns = "account, published, id, status, story"
    connection.execute(text(f"CREATE INDEX entry_by_account ON entry ({columns})"))
