"""How names are sorted: as Chinese directories are, by the pinyin of their characters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

_HAN = "\u4e00"  # the first common Chinese character: what stands before is sorted as it is written


def pinyin_keys(names: Iterable[str]) -> Mapping[str, str]:
    """By name, what to sort it by: syllable and tone of each character, then the character; 重庆 is chong2重qing4庆.

    Names without Chinese characters are left out: their own letters, folded, say it.
    """
    chinese = {name for name in names if any(character >= _HAN for character in name)}
    if not chinese:
        return {}
    from pypinyin import Style, lazy_pinyin  # loads a dictionary of phrases

    def key(name: str) -> str:
        read = lazy_pinyin(name, style=Style.TONE3, errors=cast("Any", list), neutral_tone_with_five=True)
        parts = zip(read, name, strict=True)
        return "".join(sound if sound == own else sound + own for sound, own in parts).casefold()

    return {name: key(name) for name in sorted(chinese)}
