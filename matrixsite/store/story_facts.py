"""What the site reads of stories beyond their carriers: where they come from, what a digest rounds up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from sqlalchemy import Column, Connection, Select, select

from matrixsite.dedup.lookup import Kind
from matrixsite.site.source import Joined, Listed, StoryFacts
from matrixsite.store.bulk import among, rows_among
from matrixsite.store.listing import OLDEST, SHOWN, Lists
from matrixsite.store.schema import entry, story, story_contains, story_entry

_JOINED = (
    entry.c.id,
    entry.c.account,
    entry.c.credit,
    story_entry.c.reason,
    story_entry.c.length,
    story_entry.c.signs,
    story_entry.c.named,
)


_CARRIERS = (
    select(entry.c.story, *_JOINED)
    .join(story_entry, story_entry.c.entry == entry.c.id)
    .where(SHOWN, among(entry.c.story))
    .order_by(*OLDEST)
)
_STORIES = select(story.c.id, story.c.original, story.c.outside, story.c.kind).where(among(story.c.id))


def facts_of(connection: Connection, stories: Collection[str]) -> dict[str, StoryFacts]:
    """By story, what is known of it and of how its shown entries came to it."""
    joined: dict[str, list[Joined]] = {}
    for name, *row in rows_among(connection, _CARRIERS, stories):
        joined.setdefault(name, []).append(_joined(*row))
    return {
        name: StoryFacts(original, outside, kind == Kind.DIGEST, tuple(joined[name]))
        for name, original, outside, kind in rows_among(connection, _STORIES, joined)
    }


def contained_in(connection: Connection, digests: Collection[str]) -> Mapping[str, tuple[Listed, ...]]:
    """By digest, the stories that it rounds up."""
    return _linked(connection, story_contains.c.digest, story_contains.c.story, digests)


def digests_of(connection: Connection, stories: Collection[str]) -> Mapping[str, tuple[Listed, ...]]:
    """By story, the digests that round it up."""
    return _linked(connection, story_contains.c.story, story_contains.c.digest, stories)


def _linked(
    connection: Connection, of: Column[str], wanted: Column[str], names: Iterable[str]
) -> dict[str, tuple[Listed, ...]]:
    """By story on the one side, those on the other, oldest first, each by the carrier that stands for it."""
    links = linked(connection, of, wanted, names)
    every = {other for others in links.values() for other in others}
    standing = {one.entry.story: one for one in Lists(connection).standing_for(every)}
    found = {
        name: [standing[other] for other in others if other in standing] for name, others in links.items()
    }
    return {name: tuple(sorted(listed, key=_age)) for name, listed in found.items() if listed}


def linked(
    connection: Connection, of: Column[str], wanted: Column[str], names: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """By story on the one side, the ids of those on the other, in order."""
    links: dict[str, list[str]] = {}
    for name, other in rows_among(connection, _links(of, wanted), names):
        links.setdefault(name, []).append(other)
    return {name: tuple(others) for name, others in links.items()}


@lru_cache
def _links(of: Column[str], wanted: Column[str]) -> Select[str, str]:
    return select(of, wanted).where(among(of)).order_by(of, wanted)


def _age(listed: Listed) -> tuple[object, ...]:
    return listed.entry.published, listed.entry.id


def _joined(
    name: str, account: str, credit: str, evidence: str, length: int, signs: str, named: str
) -> Joined:
    return Joined(name, account, evidence, length, signs, tuple(named.split("\n")) if named else (), credit)
