"""What harvesting one feed takes: its document, and all that the settings and its record say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from matrixsite.config.settings import Future, IdentityRule, Query


@dataclass(frozen=True, slots=True)
class Task:
    """All that harvesting one feed needs to know."""

    key: str
    account: str
    body: bytes
    url: str
    content_type: str
    zone: str
    now: datetime
    rule: IdentityRule
    locked: bool = False
    several: bool = False  # the account has several feeds
    charset: str = ""
    future: Future = Future.FIRST_SEEN
    skip_words: tuple[str, ...] = ()
    hold_words: tuple[str, ...] = ()
    source: str = ""  # the plugin that reads it
    query: Query | None = None
    filters: tuple[str, ...] = ()
    known: bytes = b""  # the snapshot of the last document: its items need no second look
