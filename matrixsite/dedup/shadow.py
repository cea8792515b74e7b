"""The shadow of an entry: what is compared in place of its text. The text that is shown never passes through here."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

from matrixsite.clean.furniture import is_furniture

HEAD, TAIL = 6, 10  # lines that may be furniture
LEAST = 60  # characters beyond the title: less recurs without being a repost (greetings, cards, notices)
LONG = 200_000  # characters: what goes beyond is compared as it stands, for one may become eighteen (U+FDFA)
_NUMBER = re.compile(r"[\d第]")
_NOT_WORD = re.compile(r"[\W_]+")


def normalised(text: str) -> str:
    """Letters, digits and ideographs only, widths folded, lower case."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def text_key(title: str, text: str) -> int | None:
    """A hash that equal texts share, None for a text that says too little beyond its title.

    Stored with the entry: raise CLEAN_VERSION when it changes, so that the archive's keys are made again.
    """
    if len(text) < LEAST:
        return None
    text = without_furniture(text)
    body = (normalised(text[:LONG]) + text[LONG:]).removeprefix(normalised(title))
    return key(body) if len(body) >= LEAST else None


def without_furniture(text: str) -> str:
    """The text without the credits and calls to follow that a repost adds at its head and tail (来源：X, 责编：Y).

    A line that holds a number stays: a date, a price or an issue may be all that two notices differ in.
    """
    lines = text.split("\n")
    start, end = 0, len(lines)
    while start < min(HEAD, end) and _furnishes(lines[start]):
        start += 1
    while end > max(len(lines) - TAIL, start) and _furnishes(lines[end - 1]):
        end -= 1
    return "\n".join(lines[start:end])


def _furnishes(line: str) -> bool:
    return not _NUMBER.search(line) and is_furniture(line)


def key(text: str) -> int:
    """A signed 64-bit hash, as databases store integers."""
    return int.from_bytes(
        blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True
    )
