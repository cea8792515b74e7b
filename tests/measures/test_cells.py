"""What a cell of a table of measures may hold."""

from __future__ import annotations

import pytest

from matrixsite.measures.cells import Fault, number_of
from matrixsite.measures.vocabulary import MEASURES

READS, SCORE = MEASURES["reads"], MEASURES["spread_score"]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("0", 0),
        ("12345", 12345),
        ("12,345", 12345),
        (" １２３ ", 123),
        ("10万+", 100001),
        ("100000+", 100001),
        ("10w+", 100001),
        ("10W+", 100001),
        ("１０万＋", 100001),
        ("1.2万", 12000),
        ("0.29万", 2900),
        ("1.5亿", 150_000_000),
        ("88.0", 88),
        (88.0, 88),
        (7, 7),
        ("1000000000000", 10**12),
    ],
)
def test_numbers(cell: object, number: int) -> None:
    assert number_of(cell, READS) == number


@pytest.mark.parametrize("cell", ["", "  ", None, "　"])
def test_an_empty_cell_is_not_zero(cell: object) -> None:
    assert number_of(cell, READS) is None


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("-5", "negative"),
        (-5, "negative"),
        ("－5", "negative"),
        ("NaN", "no number"),
        (float("nan"), "no number"),
        ("inf", "no number"),
        (float("inf"), "no number"),
        ("#DIV/0!", "no number"),
        ("1000000000001", "beyond all measure"),
        ("9" * 18, "beyond all measure"),
        ("9" * 400, "no number"),
        (1e300, "beyond all measure"),
        ("1e5", "no number"),
        ("0x10", "no number"),
        ("1.5", "no whole number"),
        (1.5, "no whole number"),
        ("很多", "no number"),
        ("—", "no number"),
        ("暂无", "no number"),
        ("=1+1", "a formula"),
        ("=cmd|' /C calc'!A0", "a formula"),
        ("+SUM(A1)", "a formula"),
        ("@x", "a formula"),
        ("＝1", "a formula"),
        (True, "no number"),
    ],
)
def test_what_is_refused(cell: object, reason: str) -> None:
    fault = number_of(cell, READS)
    assert isinstance(fault, Fault)
    assert reason in fault.reason
    assert fault.mend


def test_scores_have_fractions() -> None:
    assert number_of("94.61", SCORE) == 94.61
