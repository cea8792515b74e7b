"""How a run goes about its work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class Shard(NamedTuple):
    """One of so many parts of a matrix, from 1 on."""

    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Options:
    """`now`, `offline`, `only` and `force` say what a run looks at; the rest changes nothing of what comes out."""

    now: datetime
    offline: bool = False
    only: str = ""  # an account's id
    shard: Shard | None = None  # no more than to collect a part of the accounts
    force: bool = False  # ask paused and deferred feeds too
    jobs: int = 1
    batch: int = 40  # accounts to a transaction: workers have enough to read while it is stored
    story_batch: int = 10_000  # entries to a transaction
