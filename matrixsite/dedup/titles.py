"""Titles: what is left without the decorations of a repost, how alike two are, what part of a series one names."""

from __future__ import annotations

import re
from unicodedata import normalize

from matrixsite.dedup.shadow import plain, without_pollution, words_of
from matrixsite.dedup.slots import plain_number

_TAG = re.compile(
    r"^(?:\s*[【\[「〔《(（][^】\]」〕》)）]{1,8}[】\]」〕)）])+|[【\[「〔(（][^】\]」〕)）]{1,8}[】\]」〕)）]\s*$"
)
_BAR = re.compile(r"\s*[|｜丨︱∣]\s*")
_LABEL = 4  # characters before a bar that are a label, as 关注| is
_CALL = re.compile(r"^\W*[^\W\d]{1,4}[!！]+\s*(?=(?:\W*\w){8})")
_PARTS = (
    re.compile(r"[（(【\[]\s*(?P<value>[上中下]|[一二三四五六七八九十]{1,3}|\d{1,3})\s*[)）】\]]"),
    re.compile(r"(?P<value>[上中下])(?:[篇集部]|$)"),
    re.compile(r"(?P<value>[①-⑳])"),
    re.compile(r"之(?P<value>[一二三四五六七八九十]{1,3})(?:$|\W)"),
    re.compile(r"第\s*(?P<value>[一二三四五六七八九十百\d]{1,4})\s*(?P<unit>[\u4e00-\u9fff])"),
    re.compile(r"(?P<unit>no|vol|part|ep|season)\.?\s*(?P<value>\d{1,4})"),
    re.compile(r"(?P<value>\d{1,3})\s*/\s*\d{1,3}(?!\d)"),
)
_NARROW = {ord(wide): str(digit) for digit, wide in enumerate("０１２３４５６７８９")}
_PART = re.compile(r"[上中下①-⑳之第（(【\[/]|no|vol|part|ep|season")  # without which no title has one
_RIGHT = r"(?:更正|更新|修订|订正|勘误|修正)"
_RIGHTED = re.compile(_RIGHT)
_CORRECTION = re.compile(
    rf"[【\[(（〔]\s*[^】\])）〕]{{0,4}}{_RIGHT}[^】\])）〕]{{0,3}}\s*[】\])）〕]|(?:^|[|｜丨\s])\S{{0,3}}{_RIGHT}(?:版|稿|说明|启事)?(?:[|｜丨\s:：!！]|$)"
)
_CORRECTING = re.compile(
    rf"(?:^|[\n。])\W{{0,3}}\S{{0,3}}{_RIGHT}(?:说明|启事|提示|声明)?\s*[:：]|(?:现|特此|予以)(?:予以)?(?:更正|订正|修正)"
    rf"|(?:本文|本稿|此稿|此文|以下)(?:为|系|是){_RIGHT}|{_RIGHT}后(?:的)?(?:重新|再次)?(?:发布|推送|如下)"
)


def folded(title: str) -> str:
    """A title in one width, case and script, without pollution."""
    return without_pollution(plain(title, traditional=True))[0]


def bare(text: str) -> str:
    """The words of a folded title without what a repost puts around them: 【转载】, 重磅！, 关注|."""
    stripped = _CALL.sub("", _TAG.sub("", text))
    parts = [words_of(part) for part in _BAR.split(stripped)]
    named = [part for part in parts if len(part) > _LABEL] or parts
    return "".join(named) or words_of(text)


def call_of(text: str) -> str:
    """What a folded title calls out before it says anything: 重磅, 官宣; '' for nothing."""
    match = _CALL.match(_TAG.sub("", text))
    return words_of(match[0]) if match else ""


def bigrams(words: str) -> frozenset[str]:
    """Its pairs of neighbouring characters."""
    return frozenset(words[n : n + 2] for n in range(len(words) - 1))


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """0 to 1: Dice's measure, or how far the shorter is contained in the longer where it has something to say."""
    if not one or not other:
        return 0.0
    shared = len(one & other)
    dice = 2 * shared / (len(one) + len(other))
    least = min(len(one), len(other))
    return max(dice, shared / least) if least >= 6 else dice


def parts_of(title: str) -> dict[str, frozenset[str]]:
    """The marks of a part of a series in a title, as slots: 上, ②, 第三期."""
    # NFKC would make a digit of ②, and a piece numbered 2 is another thing than the second of a series
    if not _PART.search(title.lower()):
        return {}
    text = normalize("NFC", title).translate(_NARROW).lower()
    found: dict[str, set[str]] = {}
    for number, pattern in enumerate(_PARTS):
        for match in pattern.finditer(text):
            unit = match.groupdict().get("unit", "")
            found.setdefault(f"{number}{unit}", set()).add(plain_number(match["value"]))
    return {slot: frozenset(values) for slot, values in found.items()}


def is_correction(title: str, text: str) -> bool:
    """Whether an entry says that it corrects an earlier one: 更正 as a mark, not 及时更正 in a sentence."""
    beginning = text[:300]
    if not _RIGHTED.search(title) and not _RIGHTED.search(beginning):
        return False
    return _CORRECTION.search(title) is not None or _CORRECTING.search(beginning) is not None
