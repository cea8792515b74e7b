"""Honors by the members and the people that won them.

What an account, a unit, a work or a person wins does its member credit, and all accounts of the member.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matrixsite.editorial.honors import HonorKind, HonorRoll, Winner


@dataclass(frozen=True, slots=True)
class Honor:
    """One honor with where it was given: all that a badge needs."""

    roll: str
    title: str  # of the roll
    year: int
    list: str
    kind: HonorKind
    winner: Winner


def honors_by_member(rolls: Sequence[HonorRoll]) -> Mapping[str, tuple[Honor, ...]]:
    """By member id, in the order of the rolls; winners outside the matrix are in none."""
    return _honors_by(lambda winner: winner.member, rolls)


def honors_by_person(rolls: Sequence[HonorRoll]) -> Mapping[str, tuple[Honor, ...]]:
    """By person id, in the order of the rolls; those without a page are in none."""
    return _honors_by(lambda winner: winner.person, rolls)


def _honors_by(key: Callable[[Winner], str], rolls: Sequence[HonorRoll]) -> Mapping[str, tuple[Honor, ...]]:
    found: defaultdict[str, list[Honor]] = defaultdict(list)
    for roll in rolls:
        for honors in roll.lists:
            for winner in filter(key, honors.winners):
                honor = Honor(roll.id, roll.title, roll.year, honors.title, honors.kind, winner)
                found[key(winner)].append(honor)
    return {name: tuple(honors) for name, honors in found.items()}
