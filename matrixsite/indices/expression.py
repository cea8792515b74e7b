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
from collections.abc import Sequence
from dataclasses import dataclass

from matrixsite.config.wording import shown, suggestion
from matrixsite.indices.arithmetic import (
    FUNCTIONS,
    MANY,
    ONE,
    Compiled,
    finite,
    minus,
    negated,
    of_one,
    of_plugin,
    over,
    over_many,
    plus,
    raised,
    times,
)
from matrixsite.plugins import Kind, installed

MOST_CHARACTERS = 1000
MOST_DEPTH = 20
MOST_EXPONENT = 4
MOST_NUMBER = 1e12

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(\*\*|[-+*/^(),]))")


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


def parse_expression(text: str) -> Expression:
    """The expression that a text is; raises Unreadable."""
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(1, f"it is longer than {MOST_CHARACTERS} characters", "Divide it into steps.")
    parser = _Parser(_tokens(text), len(text) + 1)
    value = finite(parser.whole())
    return Expression(" ".join(text.split()), frozenset(parser.names), value)


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
            left = plus(left, self._term()) if sign == "+" else minus(left, self._term())
        self._depth -= 1
        return left

    def _term(self) -> Compiled:
        left = self._factor()
        while sign := self._sign("*", "/"):
            left = times(left, self._factor()) if sign == "*" else over(left, self._factor())
        return left

    def _factor(self) -> Compiled:
        negative = 0
        while self._sign("-"):
            negative += 1
        power = self._power()
        return negated(power) if negative % 2 else power

    def _power(self) -> Compiled:
        base = self._atom()
        if not self._sign("^", "**"):
            return base
        place, negative = self._place(), bool(self._sign("-"))
        token = self._next()
        if token is None or token.kind != "number" or not float(token.text) <= MOST_EXPONENT:
            mend = f"Write a number from -{MOST_EXPONENT} to {MOST_EXPONENT}."
            raise Unreadable(place, "an exponent must be a small number, written out", mend)
        return raised(base, -float(token.text) if negative else float(token.text))

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
            return of_plugin(token.text, arguments)
        if token.text in MANY:
            return over_many(MANY[token.text], arguments)
        if len(arguments) > 1:
            raise Unreadable(token.place, f"{token.text} takes one number", "Remove the others.")
        return of_one(ONE[token.text], arguments[0])

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
