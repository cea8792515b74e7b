"""Ranks and ties, and how a place came about."""

from __future__ import annotations

from datetime import date

import pytest

from matrixsite.boards.edition import BoardEdition, Ranked
from matrixsite.boards.ranking import Course, courses, ranked
from matrixsite.indices.scoring import Score
from matrixsite.measures.period import Period


def _scores(**printed: str) -> list[Score]:
    return [Score(account, score, {}, ()) for account, score in printed.items()]


@pytest.mark.parametrize(
    ("scores", "top", "expected"),
    [
        ({"a": "1.00", "b": "3.00", "c": "2.00"}, 9, [(1, "b"), (2, "c"), (3, "a")]),
        ({"a": "2.00", "b": "3.00", "c": "2.00", "d": "1.00"}, 9, [(1, "b"), (2, "a"), (2, "c"), (4, "d")]),
        ({"a": "2.00", "b": "3.00", "c": "2.00", "d": "1.00"}, 2, [(1, "b"), (2, "a"), (2, "c")]),
        ({"a": "9.00", "b": "10.00"}, 1, [(1, "b")]),
        ({"a": "-1.00", "b": "0.00"}, 2, [(1, "b"), (2, "a")]),
        ({}, 5, []),
    ],
)
def test_equal_scores_share_a_rank(scores: dict[str, str], top: int, expected: list[tuple[int, str]]) -> None:
    rows = ranked(_scores(**scores), {name: name for name in scores}, top)
    assert [(row.rank, row.account) for row in rows] == expected


def test_a_tie_never_overflows_a_page() -> None:
    scores = _scores(**{f"a{number}": "1.00" for number in range(150)})
    assert len(ranked(scores, {score.account: score.account for score in scores}, 100)) == 100


def _edition(month: int, *names: str) -> BoardEdition:
    rows = tuple(
        Ranked(rank, "" if name.isupper() else name, name, "1.00") for rank, name in enumerate(names, 1)
    )
    return BoardEdition(Period(date(2026, month, 1), date(2026, month, 28)), date(2026, month, 28), rows)


def test_courses() -> None:
    editions = [
        _edition(4, "a", "b", "c", "OUT"),
        _edition(3, "a", "c"),
        _edition(2, "a", "OUT"),
        _edition(1, "b"),
    ]
    assert courses(editions[0], editions[1:]) == (
        Course(1, False, 3, 3),
        Course(None, True, 1, 0),  # it was there once, but not in the edition before
        Course(2, False, 2, 0),
        Course(None, True, 1, 0),
    )
    assert courses(editions[3], ()) == (Course(None, False, 1, 1),)  # nothing to compare: nobody is new
