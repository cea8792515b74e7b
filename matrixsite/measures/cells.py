"""The number that a cell of a table holds, as platforms and spreadsheets write it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from matrixsite.config.wording import shown
from matrixsite.measures.vocabulary import MOST, Measure
from matrixsite.xlsx import FormulaCell

_UNITS = {"": 1, "万": 10_000, "w": 10_000, "k": 1_000, "千": 1_000, "亿": 100_000_000}
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,18})(\.\d{1,6})?(万|w|k|千|亿)?(\+)?", re.IGNORECASE)
_NEGATIVE = re.compile(r"[-−](?=[\d.])")
_RUN = ("=", "+", "-", "@", "\t", "\r")
_NONE = {"-", "--", "—", "——", "/", "\\", "n/a", "na", "无", "暂无", "null", "none"}
_NOT_FINITE = {
    "nan",
    "inf",
    "infinity",
    "-inf",
    "+inf",
    "#n/a",
    "#div/0!",
    "#value!",
    "#ref!",
    "#num!",
    "#name?",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell is refused, and what to write."""

    reason: str
    mend: str


def number_of(cell: object, measure: Measure) -> int | float | Fault | None:
    """The number in a cell; None for an empty one: that is "not supplied", never zero.

    10万+, 10w+ and 100000+ are 100001, as the indices have it; 1.2万 is 12000. Negative, infinite and huge
    numbers, fractions of what is counted, text, and what a spreadsheet would run are refused.
    """
    if type(cell) is int and 0 <= cell <= MOST:
        return cell
    if isinstance(cell, str):
        if cell.isdecimal() and cell.isascii() and len(cell) <= 12:  # nearly all cells
            return int(cell)
        return _of_text(cell, measure)
    if cell is None:
        return None
    if isinstance(cell, FormulaCell):
        return _of_text(str(cell), measure)
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return Fault(f"{shown(str(cell))} is no number", "Write a number, or leave the cell empty.")
    return _checked(cell, measure, str(cell))


def _of_text(cell: str, measure: Measure) -> int | float | Fault | None:
    text = unicodedata.normalize("NFKC", cell).strip()
    folded = text.casefold()
    if not text:
        return None
    if folded in _NOT_FINITE:
        return Fault(f"{shown(text)} is no number", "Leave the cell empty where the number is not known.")
    if folded in _NONE:
        return Fault(f"{shown(text)} is no number", "Leave the cell empty: that means not supplied.")
    if _NEGATIVE.match(text):
        return Fault(f"{shown(text)} is negative", "Correct the number.")
    if text.startswith(_RUN):
        return Fault(
            f"{shown(text)} is a formula that a spreadsheet would run", "Write its result as a number."
        )
    found = _NUMBER.fullmatch(text.replace(" ", ""))
    if not found:
        return Fault(f"{shown(text)} is no number", "Write digits, such as 12345 or 10万+.")
    whole, fraction, unit, more = found.groups()
    factor = _UNITS[(unit or "").casefold()]
    digits = int(whole.replace(",", "")) * factor
    number: int | float = digits
    if fraction:
        number = digits + float(fraction) * factor
        number = round(number) if unit else number
    return _checked(number + 1 if more else number, measure, text)


def _checked(number: int | float, measure: Measure, text: str) -> int | float | Fault:
    if number != number or number in (float("inf"), float("-inf")):
        return Fault(f"{shown(text)} is no number", "Leave the cell empty where the number is not known.")
    if number < 0:
        return Fault(f"{shown(text)} is negative", "Correct the number.")
    if number > MOST:
        return Fault(f"{shown(text)} is beyond all measure", "Correct the number.")
    if isinstance(number, float) and number.is_integer():
        return int(number)
    if isinstance(number, float) and measure.whole:
        return Fault(
            f"{shown(text)} is no whole number", f"{measure.title} is counted: write a whole number."
        )
    return number
