"""Ranks: who stands where, against the edition before, and for how many editions already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matrixsite.boards.edition import MOST_ROWS, BoardEdition, Ranked
from matrixsite.config.names import name_key
from matrixsite.indices.scoring import Score


def ranked(scores: Iterable[Score], names: Mapping[str, str], top: int) -> tuple[Ranked, ...]:
    """The first `top` places. Equal printed scores share a rank, and the next is as many lower: 1, 2, 2, 4.

    Those who share the last place all stand, up to the 100 that a page holds.
    """
    ordered = sorted(scores, key=lambda one: (-one.value, names[one.account], one.account))
    rows: list[Ranked] = []
    for place, score in enumerate(ordered, 1):
        tied = bool(rows) and rows[-1].score == score.printed
        if (place > top and not tied) or place > MOST_ROWS:
            break
        rows.append(_row(rows[-1].rank if tied else place, score, names))
    return tuple(rows)


def _row(rank: int, score: Score, names: Mapping[str, str]) -> Ranked:
    inputs = tuple((name, plain(number)) for name, number in score.inputs.items())
    return Ranked(rank, score.account, names[score.account], score.printed, score.missing, inputs)


def plain(number: float) -> str:
    """A measure as tables have it: whole numbers without a point."""
    return str(int(number)) if float(number).is_integer() else repr(float(number))


@dataclass(frozen=True, slots=True)
class Course:
    """How a place came about."""

    before: int | None  # the rank in the edition before; None: it was not on the board, or there is none
    fresh: bool  # there is an edition before, and it was not on that
    editions: int  # on the board so many editions in a row, this one included
    firsts: int  # first in so many editions in a row; 0 where it is not first


def courses(edition: BoardEdition, earlier: Sequence[BoardEdition]) -> tuple[Course, ...]:
    """Of each row of an edition; `earlier` are those before it, newest first."""
    places = [{_who(row): row.rank for row in one.rows} for one in earlier]
    return tuple(_course(row, places) for row in edition.rows)


def _course(row: Ranked, places: Sequence[Mapping[str, int]]) -> Course:
    who = _who(row)
    ranks = [one.get(who) for one in places]
    in_a_row = next((number for number, rank in enumerate(ranks) if rank is None), len(ranks))
    firsts = next((number for number, rank in enumerate(ranks) if rank != 1), len(ranks))
    before = ranks[0] if ranks else None
    return Course(before, bool(ranks) and before is None, in_a_row + 1, firsts + 1 if row.rank == 1 else 0)


def _who(row: Ranked) -> str:
    """The account, which outlasts a rename; outside the matrix the name."""
    return row.account or f"name:{name_key(row.name)}"


def scores_over(editions: Sequence[BoardEdition]) -> tuple[tuple[str, ...], ...]:
    """Of each row of the first of these editions (they come newest first) its score in each, oldest first.

    A score stands as printed; "" where it was not on that edition.
    """
    scores = [{_who(row): row.score for row in one.rows} for one in reversed(editions)]
    return tuple(tuple(one.get(_who(row), "") for one in scores) for row in editions[0].rows)
