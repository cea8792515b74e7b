"""Which pictures stored entries show: kept up with the outbox, so that a night looks at what it changed.

A use follows the entry's words, whatever its status, so that an entry that comes back brings its pictures with it. Only
entries of accounts that are mirrored have any; of an account that left feeds.yaml they wait for its return.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select

from matrixsite.config.settings import Settings
from matrixsite.editorial.pictures import picture_addresses
from matrixsite.editorial.rights import mirrors
from matrixsite.store.bulk import among, insert_rows, rows_among
from matrixsite.store.columns import seconds
from matrixsite.store.database import chunks
from matrixsite.store.outbox import IMAGES_SEEN, latest_change, record_changes
from matrixsite.store.runs import remember, remembered
from matrixsite.store.schema import change, entry, image, image_copy, image_use

_PART = 100  # entries whose texts are in memory at once
LONGEST = 2_000  # bytes of an address: an index of PostgreSQL takes no more than 2,704
_WEB = ("http://", "https://")

_ACCOUNTS = select(entry.c.id, entry.c.account).where(among(entry.c.id))
_PICTURES = select(entry.c.id, entry.c.cover, entry.c.html).where(among(entry.c.id))
_USES = select(image_use.c.entry, image_use.c.url).where(among(image_use.c.entry))
_USED = select(image_use.c.url).where(among(image_use.c.url)).distinct()
_KNOWN = select(image.c.url).where(among(image.c.url))
_COPIES = select(image.c.digest).where(image.c.digest != "", among(image.c.url)).distinct()
_NAMED = select(image.c.digest).where(image.c.digest != "", among(image.c.digest)).distinct()

Use = tuple[str, str]  # entry, address


def note_uses(connection: Connection, settings: Settings, now: datetime) -> None:
    """Bring the uses in line with what changed since the last call, and forget pictures that nobody uses any more.

    What an account that is mirrored no more, a correction or a purge leaves without a use goes with its copy.
    """
    mirrored = {account.id: mirrors(account) for account in settings.accounts}
    seen, latest = remembered(connection, IMAGES_SEEN), latest_change(connection)
    if any(mirrored.values()) or connection.scalar(select(image_use.c.entry).limit(1)):
        for part in _parts(_changed(connection, mirrored, seen)):
            _note(connection, part, mirrored, now)
    if seen != str(latest):
        remember(connection, IMAGES_SEEN, str(latest_change(connection)))


def _changed(connection: Connection, mirrored: Mapping[str, bool], seen: str | None) -> set[str]:
    """Entries that changed, and all of accounts that are described otherwise; the first time all that are mirrored."""
    if seen is None:
        entries, accounts = set[str](), {name for name, is_mirrored in mirrored.items() if is_mirrored}
    else:
        since = select(change.c.key).where(change.c.seq > int(seen)).distinct()
        entries = set(connection.scalars(since.where(change.c.kind == "entry")))
        accounts = set(connection.scalars(since.where(change.c.kind == "account")))
    for part in chunks(sorted(accounts)):
        entries.update(connection.scalars(select(entry.c.id).where(entry.c.account.in_(part))))
    return entries


def _parts(entries: Iterable[str]) -> Iterable[Sequence[str]]:
    ordered = sorted(entries)
    return (ordered[start : start + _PART] for start in range(0, len(ordered), _PART))


def _note(
    connection: Connection, entries: Sequence[str], mirrored: Mapping[str, bool], now: datetime
) -> None:
    account_of = dict(rows_among(connection, _ACCOUNTS, entries))
    looked_at = [name for name, account in account_of.items() if account in mirrored]
    with_copies = [name for name in looked_at if mirrored[account_of[name]]]
    wanted = {
        (name, url)
        for name, cover, html in rows_among(connection, _PICTURES, with_copies)
        for url in {cover, *picture_addresses(html)}
        if url.startswith(_WEB) and len(url.encode()) <= LONGEST
    }
    there: set[Use] = {(name, url) for name, url in rows_among(connection, _USES, looked_at)}
    _add(connection, sorted(wanted - there), now)
    _drop(connection, sorted(there - wanted))


def _add(connection: Connection, uses: Sequence[Use], now: datetime) -> None:
    insert_rows(connection, image_use, ("entry", "url"), uses)
    urls = {url for _, url in uses}
    fresh = sorted(urls - {url for (url,) in rows_among(connection, _KNOWN, urls)})
    columns = ("url", "digest", "width", "height", "first_seen", "tries", "next_try", "reason")
    rows = [(url, "", 0, 0, seconds(now), 0, seconds(now), "") for url in fresh]
    insert_rows(connection, image, columns, rows)


def _drop(connection: Connection, uses: Sequence[Use]) -> None:
    for name, url in uses:
        connection.execute(delete(image_use).where(image_use.c.entry == name, image_use.c.url == url))
    urls = {url for _, url in uses}
    digests = {digest for (digest,) in rows_among(connection, _COPIES, urls)}
    record_changes(connection, "image", sorted(digests))
    _forget(connection, urls - {url for (url,) in rows_among(connection, _USED, urls)}, digests)


def _forget(connection: Connection, urls: Collection[str], digests: Collection[str]) -> None:
    """Forget pictures, and of these copies those that no other picture has."""
    for part in chunks(sorted(urls)):
        connection.execute(delete(image).where(image.c.url.in_(part)))
    left = {digest for (digest,) in rows_among(connection, _NAMED, digests)}
    for part in chunks(sorted(set(digests) - left)):
        connection.execute(delete(image_copy).where(image_copy.c.digest.in_(part)))
