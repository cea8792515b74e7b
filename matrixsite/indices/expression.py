"""A small language of arithmetic: numbers, names, + - * / ^, brackets and a few functions; nothing else can be said.

    expression := term (("+" | "-") term)*
    term       := factor (("*" | "/") factor)*
    factor     := "-" factor | power
    power      := atom ("^" exponent)?        exponent: a number between -4 and 4, written out
    atom       := number | name | function "(" expression ("," expression)* ")" | "(" expression ")"

Formulas are editors' files and may come from anywhere: text is never given to Python's own evaluator. Length, depth and
exponents are bounded, so that no formula can exhaust the machine; what has no finite value raises `NoValue`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matrixsite.config.wording import shown, suggestion
from matrixsite.plugins import Function, Kind, installed, loaded

Values = Mapping[str, float]
Compiled = Callable[[Values], float]

MOST_CHARACTERS = 1000
MOST_DEPTH = 20
MOST_EXPONENT = 4
MOST_NUMBER = 1e12

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(\*\*|[-+*/^(),]))")


class NoValue(ArithmeticError):
    """The expression has no finite value for these numbers; says why."""


@dataclass(frozen=True)
class Unreadable(Exception):
    """Text that is no expression: where (from 1), why, and what to write."""

    place: int
    reason: str
    mend: str


@dataclass(frozen=True)
class Expression:
    """An expression as written, with the names that it needs and the way to its value."""

    text: str
    names: frozenset[str]
    value: Compiled


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


_ONE: Mapping[str, Callable[[float], float]] = {"ln": _ln, "log10": _log10, "sqrt": _sqrt}
_MANY: Mapping[str, Callable[[Sequence[float]], float]] = {
    "sum": math.fsum,
    "mean": lambda numbers: math.fsum(numbers) / len(numbers),
    "max": max,
    "min": min,
}
FUNCTIONS = (*_ONE, *_MANY)


def parse_expression(text: str) -> Expression:
    """The expression that a text is; raises Unreadable."""
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(1, f"it is longer than {MOST_CHARACTERS} characters", "Divide it into steps.")
    parser = _Parser(_tokens(text), len(text) + 1)
    value = _finite(parser.whole())
    return Expression(" ".join(text.split()), frozenset(parser.names), value)


def _finite(compiled: Compiled) -> Compiled:
    def value(values: Values) -> float:
        try:
            result = compiled(values)
        except OverflowError:
            raise NoValue("the result is beyond all measure") from None
        if not math.isfinite(result):
            raise NoValue("the result is beyond all measure")
        return result

    return value


@dataclass(frozen=True, slots=True)
class _Token:
    place: int
    text: str
    kind: str  # number, name, sign


def _tokens(text: str) -> list[_Token]:
    tokens, at = [], 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if not found:
            at += len(text[at:]) - len(text[at:].lstrip())
            mend = "Write numbers, names, + - * / ^ and brackets only."
            raise Unreadable(at + 1, f"{shown(text[at])} has no meaning here", mend)
        kind = ("number", "name", "sign")[(found.lastindex or 1) - 1]
        word = found[found.lastindex or 1]
        tokens.append(_Token(found.end() - len(word) + 1, word, kind))
        at = found.end()
    return tokens


class _Parser:
    """Descends from expressions to atoms, compiling as it goes."""

    def __init__(self, tokens: Sequence[_Token], end: int) -> None:
        self._tokens, self._end = tokens, end
        self._at = self._depth = 0
        self.names: set[str] = set()

    def whole(self) -> Compiled:
        compiled = self._expression()
        if self._at < len(self._tokens):
            token = self._tokens[self._at]
            raise Unreadable(
                token.place, f"{shown(token.text)} is one too many", "Put an operator before it."
            )
        return compiled

    def _expression(self) -> Compiled:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise Unreadable(self._place(), f"nested deeper than {MOST_DEPTH}", "Divide it into steps.")
        left = self._term()
        while sign := self._sign("+", "-"):
            left = _plus(left, self._term()) if sign == "+" else _minus(left, self._term())
        self._depth -= 1
        return left

    def _term(self) -> Compiled:
        left = self._factor()
        while sign := self._sign("*", "/"):
            left = _times(left, self._factor()) if sign == "*" else _over(left, self._factor())
        return left

    def _factor(self) -> Compiled:
        negative = 0
        while self._sign("-"):
            negative += 1
        power = self._power()
        return _negated(power) if negative % 2 else power

    def _power(self) -> Compiled:
        base = self._atom()
        if not self._sign("^", "**"):
            return base
        place, negative = self._place(), bool(self._sign("-"))
        token = self._next()
        if token is None or token.kind != "number" or not float(token.text) <= MOST_EXPONENT:
            mend = f"Write a number from -{MOST_EXPONENT} to {MOST_EXPONENT}."
            raise Unreadable(place, "an exponent must be a small number, written out", mend)
        return _raised(base, -float(token.text) if negative else float(token.text))

    def _atom(self) -> Compiled:
        place, token = self._place(), self._next()
        if token is None:
            raise Unreadable(place, "the formula breaks off", "Write what follows the last sign.")
        if token.kind == "number":
            return _constant(token)
        if token.kind == "name":
            return self._call(token) if self._sign("(") else self._named(token)
        if token.text != "(":
            raise Unreadable(
                place, f"{shown(token.text)} stands where a number should", "Write a number or a name."
            )
        inside = self._expression()
        self._close(place)
        return inside

    def _named(self, token: _Token) -> Compiled:
        if token.text in FUNCTIONS:
            raise Unreadable(token.place, f"{token.text} is a function", f"Write {token.text}(…).")
        self.names.add(token.text)
        name = token.text
        return lambda values: values[name]

    def _call(self, token: _Token) -> Compiled:
        if token.text not in FUNCTIONS and token.text not in installed(Kind.FUNCTION):
            known = (*FUNCTIONS, *installed(Kind.FUNCTION))
            raise Unreadable(
                token.place, f"there is no function {shown(token.text)}", suggestion(token.text, known)
            )
        arguments = [self._expression()]
        while self._sign(","):
            arguments.append(self._expression())
        self._close(token.place)
        if token.text not in FUNCTIONS:
            return _of_plugin(token.text, arguments)
        if token.text in _MANY:
            return _over_many(_MANY[token.text], arguments)
        if len(arguments) > 1:
            raise Unreadable(token.place, f"{token.text} takes one number", "Remove the others.")
        return _of_one(_ONE[token.text], arguments[0])

    def _close(self, opened: int) -> None:
        if not self._sign(")"):
            raise Unreadable(self._place(), f"the bracket at {opened} is not closed", "Write `)` here.")

    def _sign(self, *signs: str) -> str:
        if self._at < len(self._tokens) and self._tokens[self._at].text in signs:
            self._at += 1
            return self._tokens[self._at - 1].text
        return ""

    def _next(self) -> _Token | None:
        self._at += 1
        return self._tokens[self._at - 1] if self._at <= len(self._tokens) else None

    def _place(self) -> int:
        return self._tokens[self._at].place if self._at < len(self._tokens) else self._end


def _constant(token: _Token) -> Compiled:
    number = float(token.text) if len(token.text) < 40 else math.inf
    if number > MOST_NUMBER:
        raise Unreadable(token.place, f"{shown(token.text)} is beyond all measure", "Write a smaller number.")
    return lambda values: number


def _plus(left: Compiled, right: Compiled) -> Compiled:
    return lambda values: left(values) + right(values)


def _minus(left: Compiled, right: Compiled) -> Compiled:
    return lambda values: left(values) - right(values)


def _times(left: Compiled, right: Compiled) -> Compiled:
    return lambda values: left(values) * right(values)


def _over(left: Compiled, right: Compiled) -> Compiled:
    def value(values: Values) -> float:
        divisor = right(values)
        if divisor == 0:
            raise NoValue("a division by zero")
        return left(values) / divisor

    return value


def _negated(inside: Compiled) -> Compiled:
    return lambda values: -inside(values)


def _raised(base: Compiled, exponent: float) -> Compiled:
    def value(values: Values) -> float:
        number = base(values)
        if number == 0 and exponent < 0:
            raise NoValue("a division by zero")
        if number < 0 and not exponent.is_integer():
            raise NoValue("the root of a negative number")
        return float(number**exponent)

    return value


def _of_one(function: Callable[[float], float], argument: Compiled) -> Compiled:
    return lambda values: function(argument(values))


def _of_plugin(name: str, arguments: Sequence[Compiled]) -> Compiled:
    function: Function = loaded(Kind.FUNCTION, name)

    def value(values: Values) -> float:
        try:
            return float(function(*(argument(values) for argument in arguments)))
        except NoValue:
            raise
        except Exception as error:  # whatever it is, it is this formula's failure and nobody else's
            raise NoValue(f"{name}: {error}") from error

    return value


def _over_many(function: Callable[[Sequence[float]], float], arguments: Sequence[Compiled]) -> Compiled:
    return lambda values: function([argument(values) for argument in arguments])
