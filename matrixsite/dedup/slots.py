"""What two look-alikes may differ in and be two: the numbers, ordinals, weekdays and places of a text, each with the
words that stand around it.

The words around are the slot, what stands in it is its value. Two texts that fill the same slot with different values
say different things, however much else they share: yesterday's weather card, the notice of the district next door.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

Slots = Mapping[str, frozenset[str]]

_BEFORE, _AFTER = 4, 2  # characters that make a slot
_CHINESE = "零〇一二两三四五六七八九十百"
_NUMBER = re.compile(
    rf"\d+(?:\.\d+)?"
    rf"|(?<=第)[{_CHINESE}]+"
    rf"|[{_CHINESE}]+(?=月|日|号|季度|期|批|次|场|轮|版|周|届|部|篇|章|讲|集|回|人|例|起|名|级|时|点|米|公里|元|年|天|小时|分钟|岁|户|家)"
    r"|(?<=星期)[一二三四五六日天]|(?<=周)[一二三四五六日]|[上下](?=半年|旬)|[东南西北](?=风)"
)
_DIGITS = str.maketrans("0123456789", "#" * 10)
# What ends the name of a place or body, with the two characters before: lexicons of names go stale.
_NAME = re.compile(
    r"(?=([\u4e00-\u9fff]{2}(?:[县旗]|[区市镇乡村](?!别|域|分|间|场|民|长|委会)|街道|社区|公司|集团|医院|学校|小学|中学|大学|学院|银行|支行)))"
)
_COMMON = frozenset("我本全各该地城社小园校景厂库辖新老某这那此个的是在为了和与及有至到从向对等限级属任")
_PROMINENT = 2  # times that a text names what it is about


@dataclass(frozen=True, slots=True)
class Clash:
    """How many slots two texts fill with a common value, and how many with none."""

    agreed: int = 0
    conflicts: int = 0


def number_slots(words: str) -> dict[str, frozenset[str]]:
    """Slot → values, of the numbers in a shadow's words."""
    masked = words.translate(_DIGITS)
    found: dict[str, set[str]] = {}
    for match in _NUMBER.finditer(words):
        start, end = match.span()
        slot = f"{masked[max(0, start - _BEFORE) : start]}|{masked[end : end + _AFTER]}"
        found.setdefault(slot, set()).add(match[0])
    found.pop("|", None)
    return {slot: frozenset(values) for slot, values in found.items()}


def names_in(words: str) -> Counter[str]:
    """The names of places and bodies in a shadow's words, as far as their two last characters and their kind."""
    found = Counter(_NAME.findall(words))
    return Counter({name: count for name, count in found.items() if _COMMON.isdisjoint(name[:2])})


def other_names(one: Counter[str], other: Counter[str], least: int = _PROMINENT) -> bool:
    """Whether each text is about a place or body that the other never names: two neighbours' notices."""
    return _only(one, other, least) and _only(other, one, least)


def _only(one: Counter[str], other: Counter[str], least: int) -> bool:
    return any(count >= least and name not in other for name, count in one.items())


def clash(one: Slots, other: Slots) -> Clash:
    """Compare what two texts have in the slots that both of them have."""
    both = one.keys() & other.keys()
    conflicts = sum(one[slot].isdisjoint(other[slot]) for slot in both)
    return Clash(len(both) - conflicts, conflicts)
