"""Which story an entry joins, decided from evidence alone.

First version: the same page address, or word for word the same text, joins entries; near-duplicates come by the same
door. A false merge hides somebody's notice and is worse than a miss, so nothing else does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Evidence(StrEnum):
    """Why an entry belongs to its story."""

    FOUNDER = "founder"  # the story began with it
    URL = "url"  # the same page address
    TEXT = "text"  # the same text, word for word


@dataclass(frozen=True, slots=True)
class Pending:
    """An entry that has no story yet."""

    id: str
    account: str
    published: int
    guid: str
    year: str
    url_key: int | None
    text_key: int | None


@dataclass(frozen=True, slots=True)
class Join:
    """One decision: an entry is of a story, for a reason; `merges` are younger stories that it shows to be the same."""

    entry: str
    story: str
    evidence: Evidence
    merges: tuple[str, ...] = ()


@dataclass(slots=True)
class Index:
    """Where evidence was seen before: key → the stories it stands in, oldest first. Grows as entries join."""

    urls: dict[int, list[str]] = field(default_factory=dict)
    texts: dict[int, list[str]] = field(default_factory=dict)
    age: dict[str, tuple[int, int, str, str]] = field(default_factory=dict)  # sorts stories, older first


def join_all(pending: Sequence[Pending], index: Index, unusable: frozenset[int], first_seen: Mapping[str, int]) -> list[Join]:
    """A decision for each entry, in order; `unusable` are addresses that some feed gives to several entries."""
    return [_join(item, index, unusable, first_seen[item.id]) for item in pending]


def _join(item: Pending, index: Index, unusable: frozenset[int], first_seen: int) -> Join:
    by_url = index.urls.get(item.url_key, []) if item.url_key is not None and item.url_key not in unusable else []
    by_text = index.texts.get(item.text_key, []) if item.text_key is not None else []
    found = sorted({*by_url, *by_text}, key=index.age.__getitem__)
    if found:
        join = Join(item.id, found[0], Evidence.URL if by_url else Evidence.TEXT, tuple(found[1:]))
        _forget(index, join)
    else:
        join = Join(item.id, item.id, Evidence.FOUNDER)
        index.age[item.id] = (first_seen, item.published, item.account, item.id)
    for key, places in ((item.url_key, index.urls), (item.text_key, index.texts)):
        if key is not None and join.story not in places.setdefault(key, []):
            places[key].append(join.story)
    return join


def _forget(index: Index, join: Join) -> None:
    """Stories that were merged away stand for the survivor from now on."""
    if not join.merges:
        return
    gone = set(join.merges)
    for places in (index.urls, index.texts):
        for key, stories in places.items():
            if gone & set(stories):
                places[key] = list(dict.fromkeys(join.story if story in gone else story for story in stories))
