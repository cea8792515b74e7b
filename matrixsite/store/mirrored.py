"""What the site reads of copies of pictures: which an entry has, which are shown, their bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, bindparam, select

from matrixsite.model import Mirrored, Status
from matrixsite.store.bulk import among, parts_for, rows_among, rows_for
from matrixsite.store.schema import entry, image, image_copy, image_use

_MANY = 5000

_HAS_COPY = image.c.digest != ""  # in the words of its index
_ANY = select(image.c.url).where(_HAS_COPY).limit(1)
_OF_ENTRIES = (
    select(image_use.c.entry, image.c.url, image.c.digest, image.c.width, image.c.height)
    .join(image, image.c.url == image_use.c.url)
    .where(_HAS_COPY, among(image_use.c.entry))
    .order_by(image_use.c.entry, image.c.url)
)
_DIGESTS = (
    select(image.c.digest)
    .join(image_use, image_use.c.url == image.c.url)
    .where(_HAS_COPY, among(image_use.c.entry))
    .distinct()
)
_SHOWING = (
    select(image.c.digest, entry.c.account)
    .join(image_use, image_use.c.url == image.c.url)
    .join(entry, entry.c.id == image_use.c.entry)
    .where(_HAS_COPY, entry.c.status == Status.SHOWN)
    .distinct()
    .order_by(image.c.digest, entry.c.account)
)
_SHOWING_AMONG = _SHOWING.where(among(image.c.digest))
_CONTENT = select(image_copy.c.content).where(image_copy.c.digest == bindparam("digest"))


def has_copies(connection: Connection) -> bool:
    """Whether any picture has a copy."""
    return bool(rows_for(connection, _ANY))


def mirrored_of(connection: Connection, entries: Collection[str]) -> dict[str, tuple[Mirrored, ...]]:
    """By entry, the copies of its pictures, in order of address; entries without any are missing."""
    found: dict[str, list[Mirrored]] = {}
    for name, *copy in rows_among(connection, _OF_ENTRIES, set(entries)):
        found.setdefault(name, []).append(Mirrored(*copy))
    return {name: tuple(copies) for name, copies in found.items()}


def digests_of(connection: Connection, entries: Collection[str]) -> set[str]:
    """The copies that these entries would show, whatever their status."""
    return {digest for (digest,) in rows_among(connection, _DIGESTS, entries)}


def showing(connection: Connection, digests: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
    """(copy, account) of shown entries: of these copies, or of all in order of digest."""
    if digests is not None:
        yield from (
            (digest, account) for digest, account in rows_among(connection, _SHOWING_AMONG, set(digests))
        )
        return
    for part in parts_for(connection, _SHOWING, {}, _MANY):
        yield from ((digest, account) for digest, account in part)


def content_of(connection: Connection, digest: str) -> bytes:
    """The bytes of a copy."""
    ((content,),) = rows_for(connection, _CONTENT, {"digest": digest})
    return bytes(content)
