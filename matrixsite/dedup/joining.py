"""Which story an entry joins, decided from evidence alone.

First version: the same page address, or word for word the same text, joins entries; near-duplicates come by the same
door. A false merge hides somebody's notice and is worse than a miss, so a text that an account uses under another
title (a blurb, a card, a series' preface) joins nothing of that account and never makes two of its stories one, and a
text that was brought into many stories joins nothing at all.

Entries come in a lasting order, and what an index is asked for never shrinks while it learns, so that decisions are
the same wherever the sequence is cut into batches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from matrixsite.dedup.shadow import normalised

WORN = 8  # entries that brought the same text to a story of other evidence, beyond which it is a template


class Evidence(StrEnum):
    """Why an entry belongs to its story."""

    FOUNDER = "founder"  # the story began with it
    URL = "url"  # the same page address
    TEXT = "text"  # the same text, word for word
    BOTH = "url+text"


BROUGHT = (Evidence.FOUNDER, Evidence.URL)  # evidence of an entry that its text did not help to its story


@dataclass(frozen=True, slots=True)
class Pending:
    """An entry that has no story yet."""

    id: str
    account: str
    title: str
    published: int
    first_seen: int
    guid: str
    year: str  # of its path, in the site's zone
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
    """Where evidence was seen before: key → the stories it stands in. Grows as entries join.

    Of a worn-out text it need not know the stories; of every story that it names it knows all titles, and the age.
    """

    urls: dict[int, set[str]] = field(default_factory=dict)
    texts: dict[int, set[str]] = field(default_factory=dict)
    brought: Counter[int] = field(
        default_factory=Counter
    )  # text → entries that it did not bring to their story
    titles: dict[str, dict[str, set[str]]] = field(default_factory=dict)  # story → account → titles
    age: dict[str, tuple[int, int, str, str]] = field(default_factory=dict)  # sorts stories, older first
    unusable: frozenset[int] = frozenset()  # addresses that some feed gives to several entries

    def saw(self, story: str, account: str, title: str) -> None:
        """An entry of that account stands in the story under that title."""
        self.titles.setdefault(story, {}).setdefault(account, set()).add(normalised(title))


def join_all(pending: Sequence[Pending], index: Index) -> list[Join]:
    """A decision for each entry, in order; the index learns from each."""
    return [_join(item, index) for item in pending]


def _join(item: Pending, index: Index) -> Join:
    by_url = _by_url(item, index)
    by_text = _by_text(item, index, by_url)
    found = sorted(by_url | by_text, key=index.age.__getitem__)
    if found:
        join = Join(item.id, found[0], _evidence(by_url, by_text), tuple(found[1:]))
    else:
        join = Join(item.id, item.id, Evidence.FOUNDER)
        index.age[item.id] = (item.first_seen, item.published, item.account, item.id)
    _learn(item, join, index)
    return join


def _by_url(item: Pending, index: Index) -> set[str]:
    """The stories in which its page address stands."""
    if item.url_key is None or item.url_key in index.unusable:
        return set()
    return index.urls.get(item.url_key, set())


def _by_text(item: Pending, index: Index, by_url: set[str]) -> set[str]:
    """The stories in which its text stands, unless the text is no evidence."""
    if item.text_key is None or index.brought[item.text_key] > WORN:
        return set()
    own = {item.account: {normalised(item.title)}}
    stories = index.texts.get(item.text_key, set())
    fitting = {story for story in stories if not _contradict([index.titles[story], own])}
    return set() if _contradict([index.titles[story] for story in fitting | by_url]) else fitting


def _contradict(titles: Sequence[Mapping[str, set[str]]]) -> bool:
    """Whether some account stands in several of these stories and not under one title."""
    accounts = Counter(account for story in titles for account in story)
    return any(
        len(set().union(*(story.get(account, set()) for story in titles))) > 1
        for account, times in accounts.items()
        if times > 1
    )


def _evidence(by_url: set[str], by_text: set[str]) -> Evidence:
    if by_url and by_text:
        return Evidence.BOTH
    return Evidence.URL if by_url else Evidence.TEXT


def _learn(item: Pending, join: Join, index: Index) -> None:
    if join.merges:
        _merge(join, index)
    if item.url_key is not None:
        index.urls.setdefault(item.url_key, set()).add(join.story)
    if item.text_key is not None:
        index.texts.setdefault(item.text_key, set()).add(join.story)
        index.brought[item.text_key] += join.evidence in BROUGHT
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
