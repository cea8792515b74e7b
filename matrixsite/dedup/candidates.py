"""The stories that an entry may be of, or may contain: those that share its title, picture, address or fingerprints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import chain

from matrixsite.dedup.index import STOP, Index, title_of
from matrixsite.dedup.lookup import DAY, Story
from matrixsite.dedup.prints import Pending, Print, fingerprints_in

WINDOW = 30 * DAY  # seconds between an entry and the nearest of a story
NAMED = 6  # stories that an entry is compared with for their title or picture, the latest
ROUNDED_UP = 24  # … that it may contain
FEW = 0.2  # of the fingerprints that are no template's, of the smaller of two texts: strangers share fewer
MANY = 0.3  # of all fingerprints of the larger one: nothing but templates, and yet the same
RARE = 3  # stories that share a fingerprint which says something


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that an entry may be of, or may contain."""

    story: Story
    hits: int  # fingerprints that they share
    rare: int  # … that few others have
    named: bool  # it has the entry's title, picture or address
    stranger: bool  # it shares so little that neither can hold a good part of the other


@dataclass(slots=True)
class _Shared:
    """What an entry's fingerprints share with stories."""

    sought: int  # fingerprints that it has
    own: int = 0  # … that are no template's
    hits: dict[str, int] = field(default_factory=dict)
    rare: dict[str, int] = field(default_factory=dict)
    # A fingerprint weighs the more, the fewer have it.
    weights: dict[str, float] = field(default_factory=dict)

    def stranger(self, name: str, length: int) -> bool:
        """Whether a story of so many fingerprints shares so few that neither can hold a good part of the other."""
        if self.rare.get(name, 0) >= max(1, FEW * min(self.own, length)):
            return False
        return self.hits.get(name, 0) < max(1, MANY * max(self.sought, length))

    def nearest(self) -> list[str]:
        """The stories that share most."""
        least = max(1 if self.sought < 10 else 2, MANY * self.sought)
        likely = [name for name, count in self.hits.items() if name in self.rare or count >= least]
        return sorted(likely, key=lambda name: (-self.weights[name], name))[:ROUNDED_UP]


def candidates_of(item: Pending, made: Print, index: Index) -> list[Candidate]:
    """Those of an entry's address and title first, then those that share most, weighed by how few others do."""
    shared = _shared(index.stories_at(made.sought, item.first_seen))
    titled = set(chain(*index.stories_at((*title_of(made), *made.images), item.first_seen)))
    urls = sorted(index.stories_by_url(item.url_key))
    named = dict.fromkeys((*urls, *(story.id for story in _latest(titled, index))))
    names = dict.fromkeys((*named, *shared.nearest()))
    index.load(names)
    found: list[Candidate] = []
    for name in names:
        story = index.story(name)
        if near(story, item) or name in urls:
            stranger = shared.stranger(name, fingerprints_in(story.length))
            hits, rare = shared.hits.get(name, 0), shared.rare.get(name, 0)
            found.append(Candidate(story, hits, rare, name in named, stranger))
    return found


def _shared(lists: Sequence[Sequence[str]]) -> _Shared:
    found = _Shared(len(lists))
    hits, rare, weights = found.hits, found.rare, found.weights
    for stories in lists:
        count = len(stories)
        found.own += count < STOP
        for name in stories:
            hits[name] = hits.get(name, 0) + 1
            weights[name] = weights.get(name, 0.0) + 1 / count
            if count <= RARE:
                rare[name] = rare.get(name, 0) + 1
    return found


def of_title(pending: Sequence[Pending], prints: Sequence[Print], index: Index) -> list[Story]:
    """The stories that entries of a batch will be compared with for their title, as far as they are known before."""
    names: set[str] = set()
    for item, made in zip(pending, prints, strict=True):
        titled = set(chain(*index.stories_at(title_of(made), item.first_seen)))
        names.update(story.id for story in _latest(titled, index) if near(story, item))
    return [index.story(name) for name in sorted(names)]


def _latest(names: set[str], index: Index) -> list[Story]:
    return nlargest(NAMED, map(index.story, names), key=lambda story: (story.last, story.id))


def near(story: Story, item: Pending, window: int = WINDOW) -> bool:
    """Whether an entry was published not long before or after something of a story; undated ones may have been."""
    return item.inferred or story.first - window <= item.published <= story.last + window
