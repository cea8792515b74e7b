"""Pictures that wait for a copy, and what came of trying: a failure is a value with a reason, and tried again later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, func, select, update

from matrixsite.model import Reason, Status
from matrixsite.store.bulk import among, insert_rows, rows_among
from matrixsite.store.columns import seconds
from matrixsite.store.outbox import record_changes
from matrixsite.store.schema import entry, image, image_copy, image_use

MOST_TRIES = 5
FIRST_WAIT = timedelta(days=1)  # after a failure; doubled with each
EARLY = timedelta(hours=6)  # a nightly job doesn't start at the same minute

_ENTRIES = select(image_use.c.entry).where(among(image_use.c.url)).distinct()
_TRIES = select(image.c.url, image.c.tries).where(among(image.c.url))
_STORED = select(image_copy.c.digest).where(among(image_copy.c.digest))


@dataclass(frozen=True, slots=True)
class Copied:
    """A picture with its copy."""

    url: str
    digest: str
    width: int
    height: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Failed:
    """A picture that could not be copied, and why."""

    url: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class ImageCount:
    """Pictures of an account's shown entries: with a copy, and without one (yet)."""

    mirrored: int = 0
    missing: int = 0


def due_images(connection: Connection, now: datetime, limit: int, account: str = "") -> list[str]:
    """Addresses whose time has come, those of the newest shown entries first; of all accounts, or of one."""
    query = (
        select(image.c.url)
        .join(image_use, image_use.c.url == image.c.url)
        .join(entry, entry.c.id == image_use.c.entry)
        .where(image.c.next_try <= seconds(now), entry.c.status == Status.SHOWN)
        .group_by(image.c.url)
        .order_by(func.max(entry.c.published).desc(), image.c.url)
    )
    if account:
        query = query.where(entry.c.account == account)
    return list(connection.scalars(query.limit(limit)))


def waiting_images(connection: Connection) -> int:
    """How many pictures will be tried, tonight or on a later night."""
    query = select(func.count()).select_from(image).where(image.c.next_try.is_not(None))
    return connection.scalar(query) or 0


def image_counts(connection: Connection) -> dict[str, ImageCount]:
    """By account; accounts whose shown entries have no pictures to copy are missing."""
    mirrored = func.count(case((image.c.digest != "", image.c.url)).distinct())
    query = (
        select(entry.c.account, mirrored, func.count(image.c.url.distinct()))
        .join(image_use, image_use.c.entry == entry.c.id)
        .join(image, image.c.url == image_use.c.url)
        .where(entry.c.status == Status.SHOWN)
        .group_by(entry.c.account)
    )
    return {name: ImageCount(copied, all_ - copied) for name, copied, all_ in connection.execute(query)}


def write_copies(connection: Connection, copies: Sequence[Copied]) -> None:
    """Store copies, and tell the outbox of the entries that show them."""
    contents = {copy.digest: copy.content for copy in copies}
    stored = {digest for (digest,) in rows_among(connection, _STORED, contents)}
    rows = [(digest, content) for digest, content in contents.items() if digest not in stored]
    insert_rows(connection, image_copy, ("digest", "content"), rows)
    for copy in copies:
        values = {"digest": copy.digest, "width": copy.width, "height": copy.height}
        found = update(image).where(image.c.url == copy.url)
        connection.execute(found.values(values | {"next_try": None, "reason": ""}))
    entries = rows_among(connection, _ENTRIES, {copy.url for copy in copies})
    record_changes(connection, "entry", sorted({name for (name,) in entries}))


def write_failures(connection: Connection, failures: Sequence[Failed], now: datetime) -> None:
    """Note why there is no copy, and when to try again: each time later, and after MOST_TRIES never."""
    tries = dict(rows_among(connection, _TRIES, {failed.url for failed in failures}))
    for failed in failures:
        count = tries.get(failed.url, 0) + 1
        again = now + FIRST_WAIT * 2 ** (count - 1) - EARLY
        values = {"tries": count, "reason": str(failed.reason)}
        values["next_try"] = seconds(again) if count < MOST_TRIES else None
        connection.execute(update(image).where(image.c.url == failed.url).values(values))
