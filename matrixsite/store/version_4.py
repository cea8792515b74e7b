"""From version 3 to 4: what the site asks of shown entries is answered from indices alone."""

from __future__ import annotations

from sqlalchemy import Connection, text

_INDICES = {
    "entry_by_month": "account, month, published, id, story",
    "entry_by_published": "published, id, story, account",
    "entry_facts": "id, month, published, story, account",
}


def shown_by_indices(connection: Connection) -> None:
    """A minute for some millions of entries."""
    for name in ("entry_by_month", "entry_by_published"):
        connection.execute(text(f"DROP INDEX {name}"))
    for name, columns in _INDICES.items():
        connection.execute(text(f"CREATE INDEX {name} ON entry ({columns}) WHERE status = 'shown'"))
