"""What a cell holds: numbers, days as cells show them, text, and formulas, which are never taken for their result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from matrixsite.xlsx.package import UnreadableWorkbook

Value = str | int | float | bool | None
Dates = Mapping[str, str]  # a style's number → how a day is written in its cells, for strftime

_DAY, _MONTH = "%Y-%m-%d", "%Y-%m"
_BUILT_IN = {  # ECMA-376 part 1, 18.8.30, and for zh-CN what it says of 27 to 58
    **dict.fromkeys((14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58), _DAY),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), _MONTH),
}
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_MOST_DAY = 2_958_465  # 9999-12-31


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A cell that a spreadsheet computes: `result` is what it came to when the file was saved."""

    formula: str
    result: Value

    def __str__(self) -> str:
        return f"={self.formula}"


def dates_of(styles: Any) -> Dates:
    """Which styles show a day, or a month, from the root of the part `styles`."""
    if styles is None:
        return {}
    formats = dict(_BUILT_IN)
    for one in styles.iter("{*}numFmt"):
        shape = _QUOTED.sub("", str(one.get("formatCode", ""))).partition(";")[0].lower()
        if "y" in shape or "d" in shape:
            formats[_number(one.get("numFmtId"))] = _DAY if "d" in shape else _MONTH
        else:
            formats.pop(_number(one.get("numFmtId")), None)
    crosses = (cross for held in styles.iter("{*}cellXfs") for cross in held.iter("{*}xf"))
    numbers = (_number(cross.get("numFmtId")) for cross in crosses)
    return {str(at): formats[number] for at, number in enumerate(numbers) if number in formats}


def _number(text: object) -> int:
    return int(text) if isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) < 9 else 0


def number_in(text: str) -> int | float:
    """The number that a cell's text is; whole ones without a fraction."""
    if text.isdecimal() and len(text) < 16:
        return int(text)
    try:
        number = float(text)
    except ValueError:
        raise UnreadableWorkbook from None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def day_in(text: str, pattern: str, *, early: bool) -> Value:
    """A day as its cell shows it: 2026-10-01, or 2026-10 where the day is not shown; else the number.

    `early`: days are counted from 1904, as old Macintosh files have it.
    """
    serial = number_in(text)
    if not 0 <= serial <= _MOST_DAY:
        return serial
    days = int(serial) + (1462 if early else 0)
    first = date(1899, 12, 31) if days < 60 else date(1899, 12, 30)  # Excel believes in 1900-02-29
    try:
        return (first + timedelta(days)).strftime(pattern)
    except OverflowError:
        return serial


def valued(kind: str, text: str, style: str, strings: list[str], dates: Dates, *, early: bool) -> Value:
    """The value of a cell of type `kind` (ECMA-376 part 1, 18.18.11) with this text."""
    if not text:
        return None
    if kind in ("n", ""):
        pattern = dates.get(style)
        return number_in(text) if pattern is None else day_in(text, pattern, early=early)
    if kind == "s":
        at = number_in(text)
        if isinstance(at, float) or not 0 <= at < len(strings):
            raise UnreadableWorkbook
        return strings[at]
    if kind == "b":
        return text == "1"
    if kind == "d":
        return text[:10]
    return text  # str, inlineStr, e
