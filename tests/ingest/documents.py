"""Documents in, harvests out, with all that a test doesn't speak of filled in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from matrixsite.config.settings import IdentityRule
from matrixsite.ingest.harvest import Harvest, harvest
from matrixsite.ingest.harvested import Harvested
from matrixsite.ingest.task import Task

NOW = datetime(2026, 11, 20, 19, tzinfo=UTC)


def harvested(body: bytes, key: str = "a", **terms: Any) -> Harvest:
    """What a feed's document brings; the account is the part of the key before the slash."""
    task: dict[str, Any] = {
        "account": key.partition("/")[0],
        "url": "https://example.com/feed.xml",
        "content_type": "application/xml",
        "zone": "Asia/Shanghai",
        "now": NOW,
        "rule": IdentityRule.GUID,
    }
    return harvest(Task(key=key, body=body, **task | terms))


def only(found: Harvest) -> Harvested:
    """The one entry of a harvest."""
    (entry,) = found.entries
    return entry
