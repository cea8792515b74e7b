"""From version 1 to 2: the index of stories comes into the store; stories and their ids stay as they are.

Written in SQL of its own, so that it does tomorrow what it did today. The index itself is learned by the next run.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_BATCH = 1000

_TABLES = (
    "DROP INDEX entry_by_text",
    "ALTER TABLE entry RENAME COLUMN text_key TO title_key",
    "ALTER TABLE story ADD COLUMN kind VARCHAR NOT NULL DEFAULT 'story'",
    "ALTER TABLE story ADD COLUMN founded BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE story ADD COLUMN first BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE story ADD COLUMN last BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE story ADD COLUMN touched BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE story ADD COLUMN longest VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE story ADD COLUMN length INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE story ADD COLUMN latest VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE story ADD COLUMN by_hand BOOLEAN NOT NULL DEFAULT FALSE",
    "ALTER TABLE story ADD COLUMN outside TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE story ADD COLUMN why VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE story_entry ADD COLUMN measures TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE story_entry ADD COLUMN length INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE story_entry ADD COLUMN signs VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE story_entry ADD COLUMN named TEXT NOT NULL DEFAULT ''",
    "CREATE TABLE story_contains (digest VARCHAR NOT NULL, story VARCHAR NOT NULL, PRIMARY KEY (digest, story))",
    "CREATE INDEX ix_story_contains_story ON story_contains (story)",
    *(
        f"CREATE TABLE {name} (hash BIGINT NOT NULL, story VARCHAR NOT NULL, PRIMARY KEY (hash, story)){{clustered}}"
        for name in ("posting", "posting_recent", "sentence", "sentence_recent")
    ),
    "CREATE TABLE unlearned (entry VARCHAR NOT NULL, PRIMARY KEY (entry))",
)
_INDEXES = (
    "DROP INDEX entry_by_story",
    "DROP INDEX entry_pending",
    "CREATE INDEX entry_by_title ON entry (title_key, inferred, published, account)",
    "CREATE INDEX entry_by_story ON entry (story, account, published, id)",
    "CREATE INDEX entry_pending ON entry (published, account, id) WHERE story IS NULL",
)
_OF_ITS_ENTRIES = "(SELECT {} FROM entry WHERE entry.story = story.id)"
_STORIES = f"""
    UPDATE story SET longest = id, latest = id,
        founded = coalesce((SELECT first_seen FROM entry WHERE entry.id = story.id), 0),
        first = coalesce({_OF_ITS_ENTRIES.format("min(published)")}, 0),
        last = coalesce({_OF_ITS_ENTRIES.format("max(published)")}, 0),
        touched = coalesce({_OF_ITS_ENTRIES.format("max(first_seen)")}, 0)
"""


def stories_with_an_index(connection: Connection) -> None:
    """Tables and columns for the index; titles get their keys, stories their times."""
    clustered = " WITHOUT ROWID" if connection.dialect.name == "sqlite" else ""
    for statement in _TABLES:
        connection.execute(text(statement.format(clustered=clustered)))
    key_titles(connection)
    for statement in _INDEXES:
        connection.execute(text(statement))
    connection.execute(text(_STORIES))
    connection.execute(text("UPDATE story_entry SET reason = 'text' WHERE reason = 'url+text'"))


def key_titles(connection: Connection) -> None:
    """Give every entry the key of its title."""
    # takes a while to load, and every opening loads this module
    from matrixsite.dedup.prints import title_key_of

    page = text("SELECT id, title FROM entry WHERE id > :after ORDER BY id LIMIT :most")
    after = ""
    while rows := connection.execute(page, {"after": after, "most": _BATCH}).all():
        keys = [{"of": name, "key": title_key_of(title)} for name, title in rows]
        connection.execute(text("UPDATE entry SET title_key = :key WHERE id = :of"), keys)
        after = rows[-1][0]
