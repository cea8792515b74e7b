"""What expressions are made into: functions of the values that names stand for; `NoValue` where there is none."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from matrixsite.plugins import Function, Kind, loaded

Values = Mapping[str, float]
Compiled = Callable[[Values], float]


class NoValue(ArithmeticError):
    """The expression has no finite value for these numbers; says why."""


def _ln(number: float) -> float:
    if number <= 0:
        raise NoValue("the logarithm of a number that is not above zero")
    return math.log(number)


def _log10(number: float) -> float:
    if number <= 0:
        raise NoValue("the logarithm of a number that is not above zero")
    return math.log10(number)


def _sqrt(number: float) -> float:
    if number < 0:
        raise NoValue("the root of a negative number")
    return math.sqrt(number)


ONE: Mapping[str, Callable[[float], float]] = {"ln": _ln, "log10": _log10, "sqrt": _sqrt}
MANY: Mapping[str, Callable[[Sequence[float]], float]] = {
    "sum": math.fsum,
    "mean": lambda numbers: math.fsum(numbers) / len(numbers),
    "max": max,
    "min": min,
}
FUNCTIONS = (*ONE, *MANY)


def finite(compiled: Compiled) -> Compiled:
    """The expression, checked: what it gives is finite."""

    def value(values: Values) -> float:
        try:
            result = compiled(values)
        except OverflowError:
            raise NoValue("the result is beyond all measure") from None
        if not math.isfinite(result):
            raise NoValue("the result is beyond all measure")
        return result

    return value


def plus(left: Compiled, right: Compiled) -> Compiled:
    """left + right"""
    return lambda values: left(values) + right(values)


def minus(left: Compiled, right: Compiled) -> Compiled:
    """left - right"""
    return lambda values: left(values) - right(values)


def times(left: Compiled, right: Compiled) -> Compiled:
    """left × right"""
    return lambda values: left(values) * right(values)


def over(left: Compiled, right: Compiled) -> Compiled:
    """left / right; no value where right is zero."""

    def value(values: Values) -> float:
        divisor = right(values)
        if divisor == 0:
            raise NoValue("a division by zero")
        return left(values) / divisor

    return value


def negated(inside: Compiled) -> Compiled:
    """The same with the other sign."""
    return lambda values: -inside(values)


def raised(base: Compiled, exponent: float) -> Compiled:
    """base to an exponent; no value for roots of negative numbers, nor for zero below one."""

    def value(values: Values) -> float:
        number = base(values)
        if number == 0 and exponent < 0:
            raise NoValue("a division by zero")
        if number < 0 and not exponent.is_integer():
            raise NoValue("the root of a negative number")
        return float(number**exponent)

    return value


def of_one(function: Callable[[float], float], argument: Compiled) -> Compiled:
    """A function of one number."""
    return lambda values: function(argument(values))


def over_many(function: Callable[[Sequence[float]], float], arguments: Sequence[Compiled]) -> Compiled:
    """A function of several numbers."""
    return lambda values: function([argument(values) for argument in arguments])


def of_plugin(name: str, arguments: Sequence[Compiled]) -> Compiled:
    """A function that another package offers."""
    function: Function = loaded(Kind.FUNCTION, name)

    def value(values: Values) -> float:
        try:
            return float(function(*(argument(values) for argument in arguments)))
        except NoValue:
            raise
        except Exception as error:  # whatever it is, it is this formula's failure and nobody else's
            raise NoValue(f"{name}: {error}") from error

    return value
