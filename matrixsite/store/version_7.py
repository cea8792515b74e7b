"""From version 6 to 7: freshness is told from indices alone, and what is odd with feeds is kept with its time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

_STATEMENTS = (
    "DROP INDEX entry_by_account",
    "CREATE INDEX entry_by_account ON entry (account, published, id, status, story, inferred)",
    "DROP INDEX entry_by_published",
    "CREATE INDEX entry_by_published ON entry (published, id, status, story, account, inferred)",
    "ALTER TABLE feed ADD COLUMN restamped INTEGER DEFAULT '0' NOT NULL",
    "CREATE TABLE finding (feed VARCHAR NOT NULL, watch VARCHAR NOT NULL, since BIGINT NOT NULL, until BIGINT,"
    " reason VARCHAR NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (feed, watch, since))",
)
_NO_FEED = ("html-page", "not-a-feed", "empty", "bad-json", "bad-csv", "unreadable")
_PROBLEMS = {"changed-identity": "other-site", "bad-guids": "bad-guids", "rotating-guids": "bad-guids"}


def news_and_findings(connection: Connection) -> None:
    """What is odd with a feed by then is so since its health is what it is."""
    for statement in _STATEMENTS:
        connection.execute(text(statement))
    columns = "key, reason, paused_reason, problems, health_since, identity, identity_since"
    insert = text("INSERT INTO finding VALUES (:feed, :watch, :since, NULL, :reason, :detail)")
    for key, *row in connection.execute(text(f"SELECT {columns} FROM feed")).all():
        found = {watch: (since, code, detail) for watch, since, code, detail in _odd(*row)}
        for watch, (since, code, detail) in found.items():
            values = {"feed": key, "watch": watch, "since": since, "reason": code, "detail": detail}
            connection.execute(insert, values)


def _odd(
    reason: str, paused: str, problems: str, since: int | None, rule: str, rule_since: int | None
) -> Iterator[tuple[str, Any, str, str]]:
    if paused or reason:
        code, detail = json.loads(paused or reason)
        yield ("no-feed" if code in _NO_FEED else "unreachable"), since or 0, code, detail
    for code, detail in json.loads(problems) if problems else ():
        if code in _PROBLEMS:
            yield _PROBLEMS[code], since or 0, code, detail
    if rule != "guid" and rule_since:
        yield "bad-guids", rule_since, "bad-guids", f"entries are told apart by {rule}"
