"""From version 3 to 4: what the site asks of lists is answered from indices alone."""

from __future__ import annotations

from sqlalchemy import Connection, text

_INDICES = {
    "entry_by_month": "account, month, published, id, status, story",
    "entry_by_published": "published, id, status, story, account",
    "entry_by_site_month": "month, published, id, status, story",
    "entry_facts": "id, status, month, published, story, account",
}


def lists_by_indices(connection: Connection) -> None:
    """Six seconds for 600,000 entries."""
    for name in ("entry_by_month", "entry_by_published", "entry_by_site_month", "story_shared"):
        connection.execute(text(f"DROP INDEX {name}"))
    for name, columns in _INDICES.items():
        connection.execute(text(f"CREATE INDEX {name} ON entry ({columns})"))
    connection.execute(text("CREATE INDEX story_shared ON story (id, size, original) WHERE size > 1"))
