"""From version 5 to 6: copies of pictures, for accounts that are `images: mirror`."""

from __future__ import annotations

from sqlalchemy import Connection, text

_STATEMENTS = (
    "CREATE TABLE image (url TEXT NOT NULL, digest VARCHAR NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,"
    " first_seen BIGINT NOT NULL, tries INTEGER NOT NULL, next_try BIGINT, reason TEXT NOT NULL, PRIMARY KEY (url))",
    "CREATE INDEX image_by_digest ON image (digest) WHERE digest != ''",
    "CREATE INDEX image_pending ON image (next_try) WHERE next_try IS NOT NULL",
    "CREATE TABLE image_copy (digest VARCHAR NOT NULL, content {bytes} NOT NULL, PRIMARY KEY (digest))",
    "CREATE TABLE image_use (entry VARCHAR NOT NULL, url TEXT NOT NULL, PRIMARY KEY (entry, url))",
    "CREATE INDEX ix_image_use_url ON image_use (url)",
)


def copies_of_images(connection: Connection) -> None:
    """Empty tables: the next run finds what to put there."""
    kind = "BLOB" if connection.dialect.name == "sqlite" else "BYTEA"
    for statement in _STATEMENTS:
        connection.execute(text(statement.format(bytes=kind)))
