"""The shadow of an entry: what is compared in place of its text. The text that is shown never passes through here.

Widths, case and script are folded, what a broken conversion left in the text is taken out, and the lines that a
repost adds around it go: two texts that a reader would call the same have shadows that are nearly so.
"""

from __future__ import annotations

import re
from hashlib import blake2b

from matrixsite.clean.furniture import is_furniture
from matrixsite.clean.text import nfkc
from matrixsite.editorial.folding import simplified

HEAD, TAIL = 6, 10  # lines that may be furniture
MOST = 20_000  # characters of a text that are compared: bounds what a hostile one costs
NUMBERS = 5  # in a line of furniture: more, and it is a report in one line

# Traditional characters that simplified text does not use, the commonest first: a text without any is not converted.
_TRADITIONAL = re.compile(
    "[這個們來時為國說對會學發經過還後開關實現問點長動種進應與產業區縣鎮鄉門務機構頭條題員電視聞報導體總書記幹"
    "辦處樓層衛醫護藥療親傳遞強調協議論證據設備質標準檢測試驗創優勢環境綠養師範獎勵農戰勝舉續連運輸紅鐵東車馬萬]"
)
_PINYIN = "a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ"
_POLLUTION = re.compile(
    rf"\([{_PINYIN}]{{1,7}}\)|\?[{_PINYIN}]{{1,7}}\)[a-z]?|锟斤拷|烫烫烫|\ufffd+|(?<![{_PINYIN}])[{_PINYIN}]{{1,7}}\)"
)
_INVISIBLE = re.compile(  # halves of surrogate pairs among it, which are no text
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufe00-\ufe0f\ufeff]"
)
_SPACED = re.compile(r"(?<=\d) *([.:]) *(?=\d)")
_GROUPED = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+")
_ENDS = "。!?;"  # of sentences, in a plain text
_SIGNS = ",、:“”《》 ()"  # the commonest that are neither word nor end
_NOT_WORD = re.compile(r"(?:[^\w.]|_|(?<!\d)\.|\.(?!\d))+")
_NOT_LINE = re.compile(r"(?:[^\w.\n]|_|(?<!\d)\.|\.(?!\d))+")
_SHORTEST = 8  # characters of a sentence: shorter pieces belong to the next


def plain(text: str, *, traditional: bool | None = None) -> str:
    """One width, one case, one script; nothing invisible, no thousands separators. Punctuation and lines stay.

    `traditional` says that the text may be in that script; None: find out.
    """
    if not text:
        return ""
    text = nfkc(_INVISIBLE.sub("", text[:MOST]))[: 2 * MOST].lower()
    if "," in text or "，" in text:
        text = _GROUPED.sub("", text)
    if "." in text or ":" in text:
        text = _SPACED.sub(r"\1", text)
    return simplified(text) if traditional or (traditional is None and is_traditional(text)) else text


def is_traditional(text: str) -> bool:
    """Whether a text is in traditional script: one such character in a simplified text is a name or a quotation."""
    found = len(_TRADITIONAL.findall(text[:2000]))
    return found > 2 or found * 12 > len(text) > 0


def without_pollution(text: str) -> tuple[str, bool]:
    """The (plain) text without what a broken conversion left, and whether there was much of it.

    Some copies hold the reading after a character, 濮(pu)陽, put in between the bytes of a GBK text: where the two
    bytes stood across a border, a `?` and the rest of a reading are left.
    """
    if ")" not in text and "\ufffd" not in text and "锟" not in text:
        return text, False
    clean, count = _POLLUTION.subn("", text)
    return clean, count > 2


def words_of(text: str) -> str:
    """Letters, digits and ideographs of a plain text, decimal points between digits included."""
    return _NOT_WORD.sub("", text)


def body_lines(text: str) -> list[str]:
    """The lines of a plain text without the credits and calls to follow at its head and tail (来源：X, 责编：Y)."""
    lines = [line for line in text.split("\n") if line.strip()]
    start, end = 0, len(lines)
    while start < min(HEAD, end) and _furnishes(lines[start], 70):
        start += 1
    while end > max(len(lines) - TAIL, start) and _furnishes(lines[end - 1], 90):
        end -= 1
    return lines[start:end] or lines


def _furnishes(line: str, most: int) -> bool:
    return len(line) < most and len(_NUMBER.findall(line)) <= NUMBERS and is_furniture(line.strip())


def sentences_of(lines: list[str]) -> list[str]:
    """The sentences' words; a piece of under 8 characters is part of the next one."""
    if not lines:
        return []
    text = "\n".join(lines)
    for end in _ENDS:
        text = text.replace(end, "\n")
    for sign in _SIGNS:  # in a tenth of the time that the expression takes for them
        text = text.replace(sign, "")
    found: list[str] = []
    rest = ""
    for piece in _NOT_LINE.sub("", text).split("\n"):
        rest += piece
        if len(rest) >= _SHORTEST:
            found.append(rest)
            rest = ""
    if rest and found:
        found[-1] += rest
    elif rest:
        found.append(rest)
    return found


def key(text: str) -> int:
    """A signed 64-bit hash, as databases store integers."""
    return int.from_bytes(
        blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True
    )
