"""How alike two entries are: overlap of their texts and titles, and what they say differently."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from matrixsite.dedup.prints import EXACT, MASKED, SHINGLE, Print, shingles
from matrixsite.dedup.slots import (
    Clash,
    Names,
    Slots,
    clash,
    exchanged_names,
    names_in,
    number_slots,
    other_names,
    together,
)
from matrixsite.dedup.titles import similarity

FOREIGN = 0.25  # overlap of texts that have nothing to do with each other
ALIKE = 0.5  # likeness of titles from which on their numbers are compared
COPIED = 0.9  # overlap of texts that are copies, whatever names stand around them
VERBATIM = 0.97  # … of short texts
BRIEF = 200  # characters: in a shorter text each name counts
LEAST = 40  # characters beyond templates that make a text of its own


@dataclass(frozen=True, slots=True)
class Measures:
    """What a decision rests on. Overlap is of 5-character shingles, furniture left out."""

    jaccard: float  # shared of all, 0 to 1, without the sentences of templates
    containment: float  # shared of the smaller, 0 to 1, without the sentences of templates
    whole: float  # shared of all, 0 to 1, the sentences of templates included
    shared: int
    shorter: int  # characters of the shorter text
    title: float  # 0 to 1
    agreed: int  # numbers, in the same words, that are the same
    conflicts: int  # … that differ
    template_conflicts: int  # … that differ, in sentences of templates
    parts: int  # marks of a series that differ
    places: bool  # each is about a place or body that the other never names
    equal: bool  # word for word the same text
    template: bool  # nothing but sentences of templates: compared in full
    hours: float  # between them; 0 where one is undated


@dataclass(frozen=True, slots=True)
class Overlap:
    """The part of `Measures` that counts shingles."""

    jaccard: float
    containment: float
    whole: float
    shared: int


NOTHING = Measures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, False, False, False, 0)


@dataclass(frozen=True)
class Face:
    """An entry as it is compared.

    `stop` are hashes of sentences that many stories have but for digits, a template's; `furniture` of those that still
    more have as they are: these are left out of all.
    """

    print: Print
    stop: frozenset[int] = frozenset()
    furniture: frozenset[int] = frozenset()

    @cached_property
    def whole(self) -> str:
        """The words without furniture."""
        return self.print.without(self.furniture, EXACT) if self.furniture else self.print.words

    @cached_property
    def own(self) -> str:
        """The words without furniture and templates."""
        return self.print.without(self.stop, MASKED) if self.stop else self.whole

    @property
    def template(self) -> bool:
        """Whether too little is left without templates."""
        return len(self.own) < LEAST and len(self.own) < len(self.whole)

    @cached_property
    def whole_shingles(self) -> frozenset[str]:
        return self.print.shingles if self.whole == self.print.words else shingles(self.whole)

    @cached_property
    def own_shingles(self) -> frozenset[str]:
        return self.whole_shingles if self.own == self.whole else shingles(self.own)

    @cached_property
    def whole_numbers(self) -> Slots:
        return number_slots(self.whole)

    @cached_property
    def own_numbers(self) -> Slots:
        return self.whole_numbers if self.own == self.whole else number_slots(self.own)

    @cached_property
    def names(self) -> Names:
        return names_in(self.whole)

    def measure(self, other: Face) -> Measures | None:
        """How alike this entry and another are; None where they share too little to be one text."""
        title = similarity(self.print.title_bigrams, other.print.title_bigrams)
        if not (self.whole and other.whole):
            return self._by_title(other, title) if title >= ALIKE else None
        template = self.template or other.template
        mine, its = (self.whole, other.whole) if template else (self.own, other.own)
        shorter = min(len(mine), len(its))
        overlap = self._overlap(other, shorter, template=template)
        if max(overlap.containment, overlap.whole) < FOREIGN:
            return None
        equal = self.whole == other.whole
        same = equal or (mine == self.whole and its == other.whole)
        every = clash(self.whole_numbers, self.whole_numbers if equal else other.whole_numbers)
        numbers = every if same else clash(self.own_numbers, other.own_numbers)
        titles = clash(self.print.title_numbers, other.print.title_numbers) if title >= ALIKE else Clash()
        return Measures(
            jaccard=overlap.jaccard,
            containment=overlap.containment,
            whole=overlap.whole,
            shared=overlap.shared,
            shorter=shorter,
            title=title,
            agreed=every.agreed + titles.agreed,
            conflicts=numbers.conflicts + titles.conflicts,
            template_conflicts=max(0, every.conflicts - numbers.conflicts),
            parts=clash(self.print.parts, other.print.parts).conflicts,
            places=self._elsewhere(other, title, overlap.whole, shorter),
            equal=equal,
            template=template,
            hours=_hours(self.print, other.print),
        )

    def _overlap(self, other: Face, shorter: int, *, template: bool) -> Overlap:
        """How far the texts cover each other; what makes no difference to strangers is not counted."""
        if self.whole == other.whole:
            return Overlap(1.0, 1.0, 1.0, max(1, shorter - SHINGLE + 1))
        mine, its = (
            (self.whole_shingles, other.whole_shingles)
            if template
            else (self.own_shingles, other.own_shingles)
        )
        shared = len(mine & its)
        least, every = min(len(mine), len(its)), len(mine) + len(its) - shared
        containment, jaccard = shared / least if least else 0.0, shared / every if every else 0.0
        if template or (self.own == self.whole and other.own == other.whole):
            return Overlap(jaccard, containment, jaccard, shared)
        lengths = sorted((len(self.whole), len(other.whole)))
        if containment < FOREIGN and lengths[0] < FOREIGN * lengths[1]:
            return Overlap(jaccard, containment, 0.0, shared)
        return Overlap(jaccard, containment, _jaccard(self.whole_shingles, other.whole_shingles), shared)

    def _by_title(self, other: Face, title: float) -> Measures:
        """Where there is no text to compare."""
        numbers = clash(self.print.title_numbers, other.print.title_numbers)
        parts = clash(self.print.parts, other.print.parts).conflicts
        hours = _hours(self.print, other.print)
        agreed, conflicts = numbers.agreed, numbers.conflicts
        return Measures(0, 0, 0, 0, 0, title, agreed, conflicts, 0, parts, False, False, False, hours)

    def _elsewhere(self, other: Face, title: float, whole: float, shorter: int) -> bool:
        """Whether each is about a place or body that the other never names.

        In short texts each name counts that stands in another's place; those of titles that are variants of each
        other count twice.
        """
        brief = shorter < BRIEF
        if whole >= (VERBATIM if brief else COPIED):
            return False
        mine, its = self.names, other.names
        if title >= ALIKE:
            mine, its = together(mine, self.print.title_names), together(its, other.print.title_names)
        return exchanged_names(mine, its) if brief else other_names(mine, its)


def _hours(one: Print, other: Print) -> float:
    return 0.0 if one.inferred or other.inferred else abs(one.published - other.published) / 3600


def _jaccard(mine: frozenset[str], its: frozenset[str]) -> float:
    shared = len(mine & its)
    return shared / (len(mine) + len(its) - shared)
