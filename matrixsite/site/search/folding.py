"""The form in which words are compared: width and case of letters don't matter.

Code point by code point, so that a part of a text folds to that part of its folded form, and so that scripts do the
same with `normalize("NFKC").toLowerCase()` without a table of their own.
"""

from __future__ import annotations

from unicodedata import normalize


class _Folds(dict[int, str]):
    """For `str.translate`; grows with the characters that it meets."""

    def __missing__(self, code: int) -> str:
        self[code] = result = normalize("NFKC", chr(code)).lower()
        return result


_FOLDS = _Folds()


def fold(text: str) -> str:
    """`text` with each character as it is compared; it may grow (㎡ is m2)."""
    return text.lower() if text.isascii() else text.translate(_FOLDS)
