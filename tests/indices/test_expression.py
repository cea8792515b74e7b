"""The language of formulas: what it computes, and what it refuses, with the place."""

from __future__ import annotations

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.indices.arithmetic import NoValue
from matrixsite.indices.expression import Unreadable, parse_expression

VALUES = {"reads": 100.0, "posts": 4.0, "zero": 0.0, "huge": 1e12}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("2 - 3 - 4", -5),
        ("12 / 3 / 2", 2),
        ("-2^2", -4),
        ("(-2)^2", 4),
        ("2**3", 8),
        ("4^0.5", 2),
        ("2^-1", 0.5),
        ("--3", 3),
        ("3 - -3", 6),
        ("reads / posts", 25),
        ("ln(reads + 1)", math.log(101)),
        ("log10(reads)", 2),
        ("sqrt(posts)", 2),
        ("sum(1, 2, posts)", 7),
        ("mean(reads, posts)", 52),
        ("max(1, reads, 3)", 100),
        ("min(reads)", 100),
        ("0.70*ln(reads/posts*10+1)", 0.7 * math.log(251)),
    ],
)
def test_arithmetic(text: str, value: float) -> None:
    assert parse_expression(text).value(VALUES) == pytest.approx(value)


def test_names_that_it_needs() -> None:
    assert parse_expression("ln(reads) + posts - days").names == {"reads", "posts", "days"}


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("", 1, "breaks off"),
        ("reads +", 8, "breaks off"),
        ("reads reads", 7, "one too many"),
        ("(reads", 7, "not closed"),
        ("reads)", 6, "one too many"),
        ("reads.__class__", 6, "no meaning"),
        ("__import__('os')", 12, "no meaning"),
        ("__import__(os)", 1, "no function"),
        ("eval(reads)", 1, "no function"),
        ("lambda: 0", 7, "no meaning"),
        ("reads[0]", 6, "no meaning"),
        ('"a" * 9', 1, "no meaning"),
        ("reads if 1 else 2", 7, "one too many"),
        ("reads == 1", 7, "no meaning"),
        ("reads // 2", 8, "where a number should"),
        ("reads % 2", 7, "no meaning"),
        ("reads; posts", 6, "no meaning"),
        ("阅读数", 1, "no meaning"),
        ("reads - ＝", 9, "no meaning"),
        ("ln", 1, "is a function"),
        ("ln()", 4, "where a number should"),
        ("ln(reads, posts)", 1, "takes one number"),
        ("2^reads", 3, "small number"),
        ("2^99", 3, "small number"),
        ("9^9^9", 3, "small number"),
        ("2^(3)", 3, "small number"),
        ("9999999999999", 1, "beyond all measure"),
        ("1e9", 2, "one too many"),
        ("9" * 500, 1, "beyond all measure"),
        ("1" + "+1" * 600, 1, "longer than"),
        ("(" * 300 + "1" + ")" * 300, 21, "deeper than"),
        ("ln(" * 50 + "1" + ")" * 50, 61, "deeper than"),
    ],
)
def test_what_is_refused(text: str, place: int, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_expression(text)
    assert (caught.value.place, reason in caught.value.reason) == (place, True), caught.value
    assert caught.value.mend


@pytest.mark.parametrize(
    "text",
    ["1/zero", "ln(zero)", "ln(0 - reads)", "log10(zero)", "sqrt(0-1)", "zero^-1", "(0-1)^0.5", "0.5^-4 / (1 - 1)",
     "((huge^4)^4)^4 * huge^4", "((huge^4)^4)^4 - ((huge^4)^4)^4 * huge"],
)  # fmt: skip
def test_what_has_no_value(text: str) -> None:
    with pytest.raises(NoValue):
        parse_expression(text).value(VALUES)


@given(st.text(alphabet="0123456789.+-*/^(), lnmaxreadsposts_=", max_size=80))
def test_any_text_is_a_number_or_a_fault(text: str) -> None:
    with suppress(Unreadable, NoValue):
        expression = parse_expression(text)
        assert math.isfinite(expression.value(dict.fromkeys(expression.names, 3.0)))
