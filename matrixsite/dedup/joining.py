"""Which story an entry joins, decided from evidence alone.

First version: the same page address, or word for word the same text, joins entries; near-duplicates come by the same
door. A false merge hides somebody's notice and is worse than a miss, so a text that an account uses under another
title (a blurb, a card, a series' preface) joins nothing of that account, and one that serves many stories joins
nothing at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from matrixsite.dedup.shadow import normalised

WORN = 8  # stories that share a text beyond which it is a template


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
    title: str
    published: int
    first_seen: int
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
    """Where evidence was seen before: key → the stories it stands in. Grows as entries join."""

    urls: dict[int, set[str]] = field(default_factory=dict)
    texts: dict[int, set[str]] = field(default_factory=dict)
    titles: dict[str, dict[str, set[str]]] = field(
        default_factory=dict
    )  # story → account → titles, of text matches
    age: dict[str, tuple[int, int, str, str]] = field(default_factory=dict)  # sorts stories, older first
    unusable: frozenset[int] = frozenset()  # addresses that some feed gives to several entries

    def saw(self, story: str, account: str, title: str) -> None:
        """An entry of that account stands in the story under that title."""
        self.titles.setdefault(story, {}).setdefault(account, set()).add(normalised(title))


def join_all(pending: Sequence[Pending], index: Index) -> list[Join]:
    """A decision for each entry, in order; the index learns from each."""
    return [_join(item, index) for item in pending]


def _join(item: Pending, index: Index) -> Join:
    by_url = (
        set()
        if item.url_key is None or item.url_key in index.unusable
        else index.urls.get(item.url_key, set())
    )
    sharing = set() if item.text_key is None else index.texts.get(item.text_key, set())
    by_text = {
        story for story in sharing if len(sharing) <= WORN and _same_words(item, index.titles.get(story, {}))
    }
    found = sorted(by_url | by_text, key=index.age.__getitem__)
    if found:
        join = Join(item.id, found[0], Evidence.URL if by_url else Evidence.TEXT, tuple(found[1:]))
    else:
        join = Join(item.id, item.id, Evidence.FOUNDER)
        index.age[item.id] = (item.first_seen, item.published, item.account, item.id)
    _learn(item, join, index)
    return join


def _same_words(item: Pending, titles: dict[str, set[str]]) -> bool:
    """Whether nothing of the same account stands in the story under another title."""
    return titles.get(item.account, set()) <= {normalised(item.title)}


def _learn(item: Pending, join: Join, index: Index) -> None:
    if join.merges:
        _merge(join, index)
    if item.url_key is not None:
        index.urls.setdefault(item.url_key, set()).add(join.story)
    if item.text_key is not None:
        index.texts.setdefault(item.text_key, set()).add(join.story)
    index.saw(join.story, item.account, item.title)


def _merge(join: Join, index: Index) -> None:
    """Stories that were merged away stand for the survivor from now on."""
    gone = set(join.merges)
    for places in (index.urls, index.texts):
        for key, stories in places.items():
            if not gone.isdisjoint(stories):
                places[key] = stories - gone | {join.story}
    for story in join.merges:
        for account, titles in index.titles.pop(story, {}).items():
            index.titles.setdefault(join.story, {}).setdefault(account, set()).update(titles)
