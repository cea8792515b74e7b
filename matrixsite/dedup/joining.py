"""Which story an entry joins: candidates by what they share, then the evidence of comparing.

Every entry is looked at once, in a lasting order, and joins one story or founds one. Two stories become one only where
an entry is at home in both and their titles agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import chain

from matrixsite.dedup.candidates import NAMED, Candidate, candidates_of, near, of_title
from matrixsite.dedup.compare import NOTHING, Face, Measures
from matrixsite.dedup.digests import contained, names_title, rounds_up
from matrixsite.dedup.index import Index, title_of
from matrixsite.dedup.lookup import Kind, Story
from matrixsite.dedup.prints import Pending, Print
from matrixsite.dedup.slots import clash
from matrixsite.dedup.titles import similarity
from matrixsite.dedup.verdict import CARRIED, Circumstances, Evidence, distinctive, judge

NEAREST = 4  # stories that an entry is compared with for their texts
AT_ONCE = 3  # stories whose entries are loaded together
QUOTED = 1  # fingerprints of few stories that a digest has of what it rounds up
MOSTLY = 0.75  # of an entry's fingerprints that one story has: no digest is so much of one
SURE = 1.2  # score of a match beside which only stories that share as much are looked at
_MEASURES = tuple(part.name for part in fields(Measures))


@dataclass(frozen=True, slots=True)
class Join:
    """One decision: an entry is of a story, for a reason; `merges` are younger stories that it shows to be the same."""

    entry: str
    story: str
    evidence: Evidence
    print: Print
    measures: Mapping[str, float | int | str] = field(default_factory=dict)
    merges: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Match:
    story: Story
    other: Print
    evidence: Evidence
    measures: Measures

    @property
    def score(self) -> float:
        return (self.measures.jaccard + self.measures.containment) / 2 + self.measures.title / 2


def join_all(pending: Sequence[Pending], prints: Sequence[Print], index: Index) -> list[Join]:
    """A decision for each entry, in order; the index learns from each."""
    index.as_of(max((item.first_seen for item in pending), default=0))
    index.expect(pending, prints)
    index.prepare(of_title(pending, prints, index))
    return [_join(item, made, index) for item, made in zip(pending, prints, strict=True)]


def _join(item: Pending, made: Print, index: Index) -> Join:
    candidates = candidates_of(item, made, index)
    inside = _contained(made, candidates, index)
    matches = _matches(item, made, candidates, inside, index)
    if not matches:
        index.found(made, item, Kind.DIGEST if inside else Kind.STORY)
        contains = _contains(made, inside, candidates, index)
        return Join(item.id, item.id, Evidence.FOUNDER, made, contains=contains)
    best = max(
        matches,
        key=lambda match: (match.evidence is Evidence.URL, match.score, -match.story.first, match.story.id),
    )
    return _joined(item, made, best, matches, index)


def _joined(item: Pending, made: Print, best: _Match, matches: Sequence[_Match], index: Index) -> Join:
    same = [match.story for match in matches if match is best or _mergeable(match, best, index)]
    oldest, *younger = sorted(same, key=lambda story: (story.founded, story.first, story.id))
    for story in younger:
        index.merge(story.id, oldest.id)
    index.join(made, item, oldest.id)
    measures = {"with": best.other.id} | _rounded(best.measures)
    return Join(item.id, oldest.id, best.evidence, made, measures, tuple(story.id for story in younger))


def _rounded(measures: Measures) -> dict[str, float | int | str]:
    return {name: round(getattr(measures, name), 3) for name in _MEASURES}


# --- evidence ------------------------------------------------------------------------------------------------------


def _matches(
    item: Pending, made: Print, candidates: Sequence[Candidate], inside: Sequence[str], index: Index
) -> list[_Match]:
    face = index.face(made)
    titled = chain(*index.stories_at(title_of(made), item.first_seen))
    rivals = sum(near(index.story(name), item, CARRIED) for name in titled)
    about = Circumstances(alone=rivals < 2, distinctive=distinctive(made.title, index.uses(made.title_key)))
    urls = index.stories_by_url(item.url_key)
    if not (made.words or made.images or (about.alone and about.distinctive)):
        # Its title can't make it one of the others.
        candidates = [one for one in candidates if one.story.id in urls]
    found: list[_Match] = []
    enough = max((one.hits for one in candidates), default=0) // 3
    likely = [one for one in candidates if one.named or not one.stranger][: NEAREST + NAMED]
    if inside:  # only another digest may be the same
        likely = [one for one in likely if one.story.kind is Kind.DIGEST]
    likely = [one for one in likely if one.named or one.hits >= enough]
    for place, one in enumerate(likely):
        if place % AT_ONCE == 0:
            index.prepare([other.story for other in likely[place : place + AT_ONCE]])
        if one.hits < enough and not one.named:
            continue
        if match := _match(one.story, face, about, index, by_url=one.story.id in urls):
            found.append(match)
            enough = one.hits // 2 if match.score > SURE else enough
    return found


def _match(story: Story, face: Face, about: Circumstances, index: Index, *, by_url: bool) -> _Match | None:
    """The best evidence that an entry is of a story. An entry at odds with another of its own account there is not."""
    best: _Match | None = None
    for other in index.compared(story, face.print.account):
        if face.print.words and story.length and not other.words:
            continue  # texts are compared with texts
        measures = face.measure(index.face(other)) or NOTHING
        evidence = Evidence.URL if by_url else judge(face.print, other, measures, about, story.kind)
        if evidence is None:
            if other.account == face.print.account:
                return None
            continue
        match = _Match(story, other, evidence, measures)
        best = match if best is None or match.score > best.score else best
    return best


def _mergeable(match: _Match, best: _Match, index: Index) -> bool:
    """Whether two stories that both accept an entry are one: their titles agree, and no editor parted them."""
    if match.story.by_hand or best.story.by_hand or match.story.kind is not best.story.kind:
        return False
    if Evidence.TITLE in (match.evidence, best.evidence):
        return False
    one, other = index.print(match.story.id), index.print(best.story.id)
    if similarity(one.title_bigrams, other.title_bigrams) < 0.8:
        return False
    face, its = index.face(one), index.face(other)
    measures = face.measure(its)
    if measures is None:  # two ends of a text, with too little in common to be measured
        pairs = ((face.whole_numbers, its.whole_numbers), (one.parts, other.parts))
        return not any(clash(mine, theirs).conflicts for mine, theirs in pairs)
    return not measures.conflicts and not measures.places and not measures.parts


# --- digests -------------------------------------------------------------------------------------------------------


def _contained(made: Print, candidates: Sequence[Candidate], index: Index) -> list[str]:
    stories = [one for one in candidates if one.rare >= QUOTED and one.story.kind is Kind.STORY]
    if len(stories) < 2 or max(one.hits for one in stories) > MOSTLY * len(made.sought):
        return []
    titles = index.titles([one.story.id for one in stories])
    named = [one.story for one, title in zip(stories, titles, strict=True) if names_title(made, title)]
    if len(named) < 2:
        return []
    return contained(made, list(zip(named, index.prints([story.id for story in named]), strict=True)))


def _contains(
    made: Print, inside: Sequence[str], candidates: Sequence[Candidate], index: Index
) -> tuple[str, ...]:
    """What a new story contains, where it is a digest; and it may be what an earlier digest announced."""
    for digest in (one.story for one in candidates):
        if digest.kind is Kind.DIGEST and rounds_up(index.print(digest.id), made):
            index.contains[digest.id, made.id] = None
    for name in inside:
        index.contains[made.id, name] = None
    return tuple(inside)
