"""Which entry an editors' ref names: an entry id, or an address that stands for exactly one entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from matrixsite.dedup.shadow import key
from matrixsite.editorial.refs import Ref
from matrixsite.store.database import chunks
from matrixsite.store.schema import entry


def resolve(connection: Connection, refs: Iterable[Ref]) -> Mapping[Ref, tuple[str, ...]]:
    """The ids of the entries that each ref names: one where all is well, none or several where it isn't.

    An address whose entry shares it with others of its account is matched by the address as published.
    """
    wanted = sorted(set(refs), key=str)
    found: dict[Ref, tuple[str, ...]] = dict.fromkeys(wanted, ())
    ids = {ref.id: ref for ref in wanted if ref.id}
    for part in chunks(ids):
        for name in connection.scalars(select(entry.c.id).where(entry.c.id.in_(part))):
            found[ids[name]] = (name,)
    urls = {ref.url: ref for ref in wanted if ref.url}
    for part in chunks(urls):
        query = select(entry.c.canonical_url, entry.c.id).where(
            entry.c.url_key.in_([key(url) for url in part]), entry.c.canonical_url.in_(part)
        )
        for url, name in connection.execute(query.order_by(entry.c.id)):
            found[urls[url]] += (name,)
    return found
