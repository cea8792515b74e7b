"""From version 7 to 8: on PostgreSQL, texts are in the order of their bytes, and any guid can be found."""

from __future__ import annotations

from sqlalchemy import Connection, text

_TEXTS = text(
    "SELECT table_name, column_name, data_type FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND collation_name IS NULL"
    " AND data_type IN ('character varying', 'text') ORDER BY table_name, column_name"
)


def order_of_bytes(connection: Connection) -> None:
    """SQLite has no other order. Indexes over these columns are made anew: a minute for 600,000 entries."""
    if connection.dialect.name != "postgresql":
        return
    changes: dict[str, list[str]] = {}
    for table, column, kind in connection.execute(_TEXTS).all():
        changes.setdefault(table, []).append(f'ALTER COLUMN "{column}" TYPE {kind} COLLATE "C"')
    for table, columns in changes.items():
        connection.execute(text(f'ALTER TABLE "{table}" {", ".join(columns)}'))
    connection.execute(text("DROP INDEX entry_by_feed_id"))
    connection.execute(text("CREATE INDEX entry_by_feed_id ON entry USING hash (feed_id)"))
