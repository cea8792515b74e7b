"""The shadow of an entry: what is compared in place of its text. The text that is shown never passes through here."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

LEAST = 60  # characters beyond the title: less recurs without being a repost (greetings, cards, notices)
_NOT_WORD = re.compile(r"[\W_]+")


def normalised(text: str) -> str:
    """Letters, digits and ideographs only, widths folded, lower case."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def text_key(title: str, text: str) -> int | None:
    """A hash that equal texts share, None for a text that says too little beyond its title."""
    if len(text) < LEAST:
        return None
    body = normalised(text).removeprefix(normalised(title))
    return key(body) if len(body) >= LEAST else None


def key(text: str) -> int:
    """A signed 64-bit hash, as databases store integers."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)
