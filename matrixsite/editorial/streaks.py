"""Streaks (连续六年): who was honored by the same list in one year after the other.

Two lists are of one series if their titles, without the year, and the hosts of their rolls are the same:
2022年优秀政务新媒体 of 成都市委网信办 is followed by 2023年优秀政务新媒体 of the same. A year in which no roll of the
series was issued neither counts nor breaks a streak; whoever is missing from one that was issued begins anew. What
content/ doesn't hold counts as not issued.

The streak of an honor is that which its own year ends, so that the page of an old roll never changes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from matrixsite.config.names import name_key
from matrixsite.editorial.honors import HonorKind, HonorList, HonorRoll, Winner

_YEAR = re.compile(r"(?:19|20)\d\d(?:年度|年)?|年度")
_BESIDE_WORDS = re.compile(r"[\W_]+")

Place = tuple[str, int, int]  # roll, number of the list, number of the winner
Series = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Streak:
    """Editions of a series won in a row, the last of them in the year of the honor."""

    editions: int = 1
    years: int = 1  # from the first year to the last: more than the editions where a year had none
    firsts: int = 0  # of them, up to the last one, in the first place

    @property
    def yearly(self) -> bool:
        """Whether there was an edition each year: only then it may be told in years."""
        return self.editions == self.years


ONCE = Streak()


@dataclass(frozen=True, slots=True)
class _Honor:
    place: Place
    year: int
    first: bool


def streaks(rolls: Iterable[HonorRoll]) -> Mapping[Place, Streak]:
    """The streaks of two and more editions, by the place of the honor that ends them."""
    issued: defaultdict[Series, set[int]] = defaultdict(set)
    won: defaultdict[tuple[Series, str], list[_Honor]] = defaultdict(list)
    for roll in rolls:
        for number, honors in enumerate(roll.lists):
            series = series_of(roll, honors)
            issued[series].add(roll.year)
            for place, winner in enumerate(honors.winners):
                if who := _who(honors.kind, winner):
                    won[series, who].append(_Honor((roll.id, number, place), roll.year, winner.rank == 1))
    found: dict[Place, Streak] = {}
    for (series, _), honors_won in won.items():
        found.update(_runs(honors_won, sorted(issued[series])))
    return found


def series_of(roll: HonorRoll, honors: HonorList) -> Series:
    """What a list has in common with those of other years: its title without the year, and who issues it.

    The hosts (主办) are the issuers; where a roll names none, those who guide and organise it.
    """
    issuers = roll.issuers.hosted_by or (*roll.issuers.guided_by, *roll.issuers.organised_by)
    title = _BESIDE_WORDS.sub("", _YEAR.sub("", name_key(honors.title)))
    return title, tuple(sorted(_BESIDE_WORDS.sub("", name_key(name)) for name in issuers))


def _who(kind: HonorKind, winner: Winner) -> str:
    """Whom a streak belongs to: an account through its renames, or a name; no one for works, which are always new."""
    name = _BESIDE_WORDS.sub("", name_key(winner.name))
    match kind:
        case HonorKind.WORK:
            return ""
        case HonorKind.PERSON:
            return f"{name} of {winner.member}"
        case HonorKind.ACCOUNT if winner.account:
            return f"account {winner.account}"
        case _:
            return f"member {winner.member}" if winner.member else name


def _runs(honors: Iterable[_Honor], issued: list[int]) -> Iterator[tuple[Place, Streak]]:
    """Through the editions of a series: a run ends with the first that the winner is missing from."""
    by_year: defaultdict[int, list[_Honor]] = defaultdict(list)
    for honor in honors:
        by_year[honor.year].append(honor)
    editions = firsts = start = 0
    for year in issued:
        won = by_year[year]
        if not won:
            editions = firsts = 0
            continue
        start = start if editions else year
        editions, firsts = editions + 1, firsts + 1 if any(honor.first for honor in won) else 0
        if editions > 1:
            streak = Streak(editions, year - start + 1, firsts)
            yield from ((honor.place, streak) for honor in won)
