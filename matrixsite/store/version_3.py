"""From version 2 to 3: `story_entry` no longer repeats the story that `entry` names, the index of stories knows when it
learned something, and titles get their keys anew.

A call that holds a number (招23人！) says something of its own since then, so that titles with one have other keys.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from matrixsite.store.version_2 import key_titles


def stories_named_once(connection: Connection) -> None:
    """Without the column and its index, which cost each new entry a page of its own in a large store."""
    connection.execute(text("DROP INDEX ix_story_entry_story"))
    connection.execute(text("ALTER TABLE story_entry DROP COLUMN story"))
    for table in ("posting", "posting_recent", "sentence", "sentence_recent"):
        connection.execute(text(f"ALTER TABLE {table} ADD COLUMN day INTEGER NOT NULL DEFAULT '0'"))
    connection.execute(text("DROP INDEX entry_by_story"))
    connection.execute(
        text("CREATE INDEX entry_by_story ON entry (story, account, published, id) WHERE story IS NOT NULL")
    )
    connection.execute(
        text("DELETE FROM meta WHERE key = 'postings-cleared'")
    )  # a part of them a day since then
    key_titles(connection)
