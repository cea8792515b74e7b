"""Honors by the members and the people that won them.

What an account, a unit, a work or a person wins does its member credit, and all accounts of the member.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matrixsite.editorial.honors import HonorKind, HonorList, HonorRoll, Level, Winner
from matrixsite.editorial.streaks import ONCE, Place, Streak


@dataclass(frozen=True, slots=True)
class Honor:
    """One honor with where it was given: all that a badge needs."""

    roll: str
    title: str  # of the roll
    year: int
    list: str
    kind: HonorKind
    winner: Winner
    streak: Streak = ONCE  # that its year ends
    level: Level | None = None
    issuers: tuple[str, ...] = ()


def honors_by_member(
    rolls: Sequence[HonorRoll], streaks: Mapping[Place, Streak]
) -> Mapping[str, tuple[Honor, ...]]:
    """By member id, in the order of the rolls; winners outside the matrix are in none."""
    return _honors_by(lambda winner: winner.member, rolls, streaks)


def honors_by_person(
    rolls: Sequence[HonorRoll], streaks: Mapping[Place, Streak]
) -> Mapping[str, tuple[Honor, ...]]:
    """By person id, in the order of the rolls; those without a page are in none."""
    return _honors_by(lambda winner: winner.person, rolls, streaks)


def _honors_by(
    key: Callable[[Winner], str], rolls: Sequence[HonorRoll], streaks: Mapping[Place, Streak]
) -> Mapping[str, tuple[Honor, ...]]:
    found: defaultdict[str, list[Honor]] = defaultdict(list)
    for roll in rolls:
        for number, honors in enumerate(roll.lists):
            for place, winner in enumerate(honors.winners):
                if name := key(winner):
                    streak = streaks.get((roll.id, number, place), ONCE)
                    found[name].append(_honor(roll, honors, winner, streak))
    return {name: tuple(honors) for name, honors in found.items()}


def _honor(roll: HonorRoll, honors: HonorList, winner: Winner, streak: Streak) -> Honor:
    return Honor(
        roll=roll.id,
        title=roll.title,
        year=roll.year,
        list=honors.title,
        kind=honors.kind,
        winner=winner,
        streak=streak,
        level=roll.level,
        issuers=roll.issuers.hosted_by,
    )
