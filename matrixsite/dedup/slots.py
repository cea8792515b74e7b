"""What two look-alikes may differ in and be two: the numbers, ordinals, weekdays and places of a text, each with the
words that stand around it.

The words around are the slot, what stands in it is its value. Two texts that fill the same slot with different values
say different things, however much else they share: yesterday's weather card, the notice of the district next door.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

Slots = Mapping[str, frozenset[str]]  # the words around → what stands there
Names = Mapping[str, tuple[str, ...]]  # name → the characters after each mention

_BEFORE, _AFTER = 4, 2  # characters that make a slot
_CHINESE_DIGITS = {
    char: value for value, chars in enumerate(("零〇", "一", "二两", *"三四五六七八九")) for char in chars
}
_CHINESE_UNITS = {"十": 10, "百": 100}
_CHINESE = "".join((*_CHINESE_DIGITS, *_CHINESE_UNITS))
_NUMBER = re.compile(
    rf"\d+(?:\.\d+)?"
    rf"|(?<=第)[{_CHINESE}]+"
    rf"|[{_CHINESE}]+(?=月|日|号|季度|期|批|次|场|轮|版|周|届|部|篇|章|讲|集|回|人|例|起|名|级|时|点|米|公里|元|年|天|小时|分钟|岁|户|家)"
    r"|(?<=星期)[一二三四五六日天]|(?<=周)[一二三四五六日]|[上下](?=半年|旬)|[东南西北](?=风)"
)
# What ends the name of a place or body, with the two characters before: lexicons of names go stale.
_NAME = re.compile(
    r"(?=([\u4e00-\u9fff]{2}(?:[县旗]|[区市镇乡村](?!别|域|分|间|场|民|委会|长(?!.{0,3}(?:街道|[路镇乡村])))|街道|社区|公司|集团|医院|学校|小学|中学|大学|学院|银行|支行)))"
)
_NO_NAME = frozenset("我本全各该地某这那此个的是在为了和与及有至到从向对等限级属任")  # stand in none
_SORTS = frozenset("城社小园校景厂库辖老")  # of districts: before the kind they say which sort, not which one
_PROMINENT = 2  # times that a text names what it is about
_BESIDE = 2  # characters after a name


@dataclass(frozen=True, slots=True)
class Clash:
    """How many slots two texts fill with a common value, and how many with none."""

    agreed: int = 0
    conflicts: int = 0


def number_slots(words: str) -> dict[str, frozenset[str]]:
    """Slot → values, of the numbers in a shadow's words."""
    masked = words
    for digit in "0123456789":  # str.translate looks at every character, which takes ten times as long
        masked = masked.replace(digit, "#")
    found: dict[str, set[str]] = {}
    for match in _NUMBER.finditer(words):
        start, end = match.span()
        slot = f"{masked[max(0, start - _BEFORE) : start]}|{masked[end : end + _AFTER]}"
        found.setdefault(slot, set()).add(plain_number(match[0]))
    found.pop("|", None)
    return {slot: frozenset(values) for slot, values in found.items()}


def plain_number(text: str) -> str:
    """A number in digits: 09 and 九 are 9, 二十三 is 23, 二〇二六 is 2026; what is none (东, 上) stays."""
    if text[0] in _CHINESE_DIGITS or text[0] in _CHINESE_UNITS:
        return _from_chinese(text)
    return text.lstrip("0") or "0" if text.isdecimal() else text


def _from_chinese(text: str) -> str:
    if _CHINESE_UNITS.keys().isdisjoint(text):
        return "".join([str(_CHINESE_DIGITS.get(char, char)) for char in text])
    total, digit = 0, 0
    for char in text:
        if unit := _CHINESE_UNITS.get(char):
            total += (digit or 1) * unit
            digit = 0
        else:
            digit = _CHINESE_DIGITS.get(char, 0)
    return str(total + digit)


def names_in(words: str) -> Names:
    """The names of places and bodies in a shadow's words, as far as their two last characters and their kind."""
    found: dict[str, list[str]] = {}
    for match in _NAME.finditer(words):
        name = match[1]
        if _is_name(name):
            end = match.end(1)
            found.setdefault(name, []).append(words[end : end + _BESIDE])
    return {name: tuple(beside) for name, beside in found.items()}


def _is_name(found: str) -> bool:
    """Whether it says which one: 高新区 and 城隍街道 do, 老城区 and 新社区 don't."""
    return (
        _NO_NAME.isdisjoint(found[:2])
        and found[1] not in _SORTS
        and (found[1] != "新" or found.endswith("新区"))
    )


def together(one: Names, other: Names) -> Names:
    """The names of two pieces of one text."""
    return {name: one.get(name, ()) + other.get(name, ()) for name in {**one, **other}}


def exchanged_names(one: Names, other: Names) -> bool:
    """Whether two texts have other names before the same words: two neighbours' notices."""
    mine, its = _beside(one, other), _beside(other, one)
    return not mine.isdisjoint(its)


def _beside(one: Names, other: Names) -> set[str]:
    found = (words for name, beside in one.items() if name not in other for words in beside)
    return {words for words in found if len(words) == _BESIDE}


def other_names(one: Names, other: Names) -> bool:
    """Whether each text is about a place or body, names it twice, that the other never names."""
    return _only(one, other) and _only(other, one)


def _only(one: Names, other: Names) -> bool:
    return any(len(beside) >= _PROMINENT and name not in other for name, beside in one.items())


def clash(one: Slots, other: Slots) -> Clash:
    """Compare what two texts have in the slots that both of them have."""
    both = one.keys() & other.keys()
    conflicts = sum(one[slot].isdisjoint(other[slot]) for slot in both)
    return Clash(len(both) - conflicts, conflicts)
