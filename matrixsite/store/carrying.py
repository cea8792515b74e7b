"""Which stories were published in a time, with all who carry them: narrow rows, which indices hold."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from matrixsite.dedup.lookup import Kind
from matrixsite.editorial.candidates import Carriage, Carried
from matrixsite.store.bulk import rows_for
from matrixsite.store.columns import moment, seconds
from matrixsite.store.listing import OLDEST, SHARED, SHOWN
from matrixsite.store.schema import entry, story

_PUBLISHED = (
    SHOWN,
    entry.c.story.is_not(None),
    entry.c.published >= bindparam("since"),
    entry.c.published < bindparam("until"),
)
_IN_TIME = select(entry.c.story, entry.c.id, entry.c.account, entry.c.published).where(*_PUBLISHED)
_TOLD = select(entry.c.story).where(*_PUBLISHED)
_SHARED = select(story.c.id, story.c.original).where(SHARED, story.c.id.in_(_TOLD))
_CARRIERS = (
    select(entry.c.story, entry.c.id, entry.c.account, entry.c.published)
    .where(
        SHOWN,
        entry.c.published < bindparam("until"),
        entry.c.story.in_(select(story.c.id).where(SHARED, story.c.id.in_(_TOLD))),
    )
    .order_by(*OLDEST)
)
_DIGESTS = select(story.c.id).where(story.c.kind == Kind.DIGEST, story.c.id.in_(_TOLD))


def carried_between(connection: Connection, since: datetime, until: datetime) -> list[Carried]:
    """The stories that a shown entry from `since` to before `until` carries, without digests and later carriers."""
    time = {"since": seconds(since), "until": seconds(until)}
    digests = {name for (name,) in rows_for(connection, _DIGESTS, time)}
    originals: dict[str, str] = dict(rows_for(connection, _SHARED, time))
    carriers: dict[str, list[Carriage]] = {}
    for name, *carriage in rows_for(connection, _CARRIERS, time):
        carriers.setdefault(name, []).append(_carriage(*carriage))
    for name, *carriage in rows_for(connection, _IN_TIME, time):
        if name not in originals:
            carriers[name] = [_carriage(*carriage)]
    return [
        Carried(name, originals.get(name, found[0].entry), tuple(found))
        for name, found in carriers.items()
        if name not in digests
    ]


def _carriage(name: str, account: str, published: int) -> Carriage:
    return Carriage(name, account, moment(published))
