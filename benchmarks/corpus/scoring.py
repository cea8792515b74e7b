"""How well a matrix found the stories of a corpus: what it exported against what is known.

A pair is two entries of one story. A look-alike counts as merged where its story holds an entry of another gold story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import comb, sqrt

from .gold import DIGEST, MARKED, ORIGINAL, SILENT, Gold

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """An entry as exported."""

    id: str
    story: str
    original: bool = False
    contains: tuple[str, ...] = ()
    title: str = ""


@dataclass(slots=True)
class Share:
    """So many of so many."""

    hits: int = 0
    of: int = 0

    def add(self, hit: bool) -> None:
        self.hits += hit
        self.of += 1

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else float("nan")

    def bounds(self) -> tuple[float, float]:
        """The 95 % interval of Wilson (1927)."""
        if not self.of:
            return 0.0, 1.0
        z, n, p = 1.96, self.of, self.value
        middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


@dataclass(frozen=True, slots=True)
class Miss:
    """What went wrong: an entry `merged` with another story's, `lost` from its own, or no `original`."""

    wrong: str
    kind: str
    entry: Gold
    other: Gold


@dataclass(slots=True)
class Scores:
    """All measures of one run."""

    entries: int
    missing: int  # gold entries that the export lacks
    precision: Share
    recall: Share
    kinds: dict[str, Share] = field(default_factory=dict)
    lookalikes: dict[str, Share] = field(default_factory=dict)
    others: Share = field(default_factory=Share)  # merged entries that are no look-alikes
    originals: Share = field(default_factory=Share)
    outside_claimed: Share = field(
        default_factory=Share
    )  # stories from outside with an original all the same
    glued: Share = field(default_factory=Share)
    named: Share = field(default_factory=Share)
    named_wrongly: Share = field(
        default_factory=Share
    )  # contained stories that no digest of the corpus tells of
    misses: list[Miss] = field(default_factory=list)

    @property
    def f1(self) -> float:
        p, r = self.precision.value, self.recall.value
        return 2 * p * r / (p + r) if p + r else 0.0

    @property
    def lookalikes_merged(self) -> Share:
        return Share(
            sum(s.hits for s in self.lookalikes.values()), sum(s.of for s in self.lookalikes.values())
        )


def score(gold: Sequence[Gold], found: Mapping[Key, Found]) -> Scores:
    """Every measure; gold entries that were not exported count as missed."""
    present = [entry for entry in gold if entry.key in found]
    scores = Scores(len(gold), len(gold) - len(present), *_pairs(gold, found))
    stories: dict[str, list[Gold]] = defaultdict(list)
    clusters: dict[str, list[Gold]] = defaultdict(list)
    for entry in present:
        stories[entry.story].append(entry)
        clusters[found[entry.key].story].append(entry)
    _recall_by_kind(scores, stories, found)
    _false_merges(scores, present, clusters, found)
    _originals(scores, stories, clusters, found)
    _digests(scores, present, stories, found)
    return scores


def _pairs(gold: Sequence[Gold], found: Mapping[Key, Found]) -> tuple[Share, Share]:
    together = Counter((entry.story, found[entry.key].story) for entry in gold if entry.key in found)
    shared = sum(comb(count, 2) for count in together.values())
    claimed = Counter(item.story for item in found.values())
    true = Counter(entry.story for entry in gold)
    return (
        Share(shared, sum(comb(count, 2) for count in claimed.values())),
        Share(shared, sum(comb(count, 2) for count in true.values())),
    )


def _recall_by_kind(
    scores: Scores, stories: Mapping[str, Sequence[Gold]], found: Mapping[Key, Found]
) -> None:
    """By kind of repost, how many stand in the story of the entry that began it."""
    for entries in stories.values():
        first = next((entry for entry in entries if entry.kind in (ORIGINAL, DIGEST)), entries[0])
        for entry in entries:
            if entry is first:
                continue
            kind = "repost of a digest" if entry.contains else entry.kind
            hit = found[entry.key].story == found[first.key].story
            scores.kinds.setdefault(kind, Share()).add(hit)
            if not hit:
                scores.misses.append(Miss("lost", kind, entry, first))


def _false_merges(
    scores: Scores,
    present: Iterable[Gold],
    clusters: Mapping[str, Sequence[Gold]],
    found: Mapping[Key, Found],
) -> None:
    told: set[frozenset[str]] = set()
    for entry in present:
        mates = clusters[found[entry.key].story]
        other = next((mate for mate in mates if mate.story != entry.story), None)
        name = entry.lookalike.split("/")[0]
        share = scores.lookalikes.setdefault(name, Share()) if name else scores.others
        share.add(other is not None)
        pair = frozenset((entry.story, other.story)) if other else frozenset()
        if other and pair not in told:
            told.add(pair)
            scores.misses.append(Miss("merged", name or entry.kind, entry, other))


def _originals(
    scores: Scores,
    stories: Mapping[str, Sequence[Gold]],
    clusters: Mapping[str, Sequence[Gold]],
    found: Mapping[Key, Found],
) -> None:
    """Of stories with carriers: what was found of them, if more than one entry, names the original they have."""
    for entries in stories.values():
        if len(entries) < 2 or entries[0].lookalike:
            continue
        most, size = Counter(found[entry.key].story for entry in entries).most_common(1)[0]
        named = [entry.key for entry in clusters[most] if found[entry.key].original]
        if entries[0].outside:
            scores.outside_claimed.add(bool(named))
            continue
        first = next(entry for entry in entries if entry.original)
        hit = size > 1 and named == [first.key]
        scores.originals.add(hit)
        if size > 1 and not hit:
            claimed = next((entry for entry in entries if [entry.key] == named), entries[-1])
            scores.misses.append(Miss("original", claimed.kind, claimed, first))


def _digests(
    scores: Scores,
    present: Iterable[Gold],
    stories: Mapping[str, Sequence[Gold]],
    found: Mapping[Key, Found],
) -> None:
    for digest in present:
        if not digest.contains:
            continue
        own = found[digest.key]
        told = {name: {found[entry.key].story for entry in stories.get(name, ())} for name in digest.contains}
        scores.glued.add(any(own.story in places for places in told.values()))
        for places in told.values():
            scores.named.add(not places.isdisjoint(own.contains))
        true = set().union(*told.values())
        for name in own.contains:
            scores.named_wrongly.add(name not in true)


def corrections(scores: Scores) -> tuple[Share, Share]:
    """Marked and silent ones that were found."""
    return scores.kinds.get(MARKED, Share()), scores.kinds.get(SILENT, Share())
