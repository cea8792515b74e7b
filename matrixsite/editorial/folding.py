"""One form for texts that differ only in width, case or script: for comparison, never for show."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Protocol, cast

from matrixsite.clean.text import nfkc


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


_PIECE = 100_000  # characters that are folded at once: one may become eighteen (U+FDFA)


def folded(text: str) -> str:
    """`text` after NFKC, traditional to simplified characters (OpenCC t2s) and case folding."""
    if len(text) <= _PIECE:
        return _folded(text)
    return "".join(_folded.__wrapped__(text[at : at + _PIECE]) for at in range(0, len(text), _PIECE))


@lru_cache(maxsize=128)  # the many rules that look at one entry fold it once
def _folded(text: str) -> str:
    return simplified(nfkc(text)).casefold()


def simplified(text: str) -> str:
    """`text` with traditional characters turned into simplified ones (OpenCC t2s)."""
    return text if text.isascii() else _simplifier().convert(text)


@cache
def _simplifier() -> _Converter:
    from opencc import OpenCC  # loads its dictionaries

    return cast(_Converter, OpenCC("t2s"))
