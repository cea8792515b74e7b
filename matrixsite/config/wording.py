"""How problems are worded: plain English for what the validator found, and a mend a person can carry out."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any

_CREDENTIALS = re.compile(
    r"(?<=://)[^/?#]*@|[?#].*", re.DOTALL
)  # user:password@, and queries that hold tokens

_EXPECTATIONS = {  # first word of pydantic's error type → what is wanted, how to write it
    "string": ("text", "Put quotes around it."),
    "bool": ("true or false", "Write true or false."),
    "int": ("a whole number", "Write a whole number."),
    "float": ("a number", "Write a number."),
    "finite": ("a number", "Write a number."),
    "date": ("a date", "Write it as 2024-01-31."),
    "datetime": ("a day or a time", "Write it as 2024-01-31 or 2024-01-31 18:00."),
    "tuple": ("a list", "Write it as a list: [one, two]."),
    "list": ("a list", "Write it as a list: [one, two]."),
    "dict": ("a mapping", "Write it as `key: value`."),
    "dataclass": ("a mapping", "Write it as `key: value`."),
}


def shown(value: object) -> str:
    """A value as a message may quote it: short, on one line, an address without what may be secret in it."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    if "://" in text:
        text = _CREDENTIALS.sub("…", text)
    text = text.encode("utf-8", "replace").decode()
    text = "".join(character if character.isprintable() else "�" for character in text)
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"


def suggestion(word: str, known: Iterable[str]) -> str:
    """The mend of a wrong name: the nearest known one, else all of them if they are few."""
    return _suggestion(word, frozenset(known))


@lru_cache  # one wrong word tends to stand in every row of a table
def _suggestion(word: str, known: frozenset[str]) -> str:
    names = sorted(known)
    folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(word.casefold(), folded, n=1)
    if near:
        return f"Did you mean `{folded[near[0]]}`?"
    if not names:
        return "None is defined."
    return f"Known are: {', '.join(names[:40])}{', …' if len(names) > 40 else ''}."


def worded(error: Mapping[str, Any], hint: object, keys: Iterable[str]) -> tuple[str, str]:
    """Reason and mend of one of pydantic's errors, for a value of type `hint` in a mapping of `keys`."""
    kind, given, step = str(error["type"]), error["input"], str(error["loc"][-1])
    if kind == "missing":
        return "this key is required", f"Add `{step}: …`."
    if kind == "unexpected_keyword_argument":
        return "unknown key", suggestion(step, keys)
    if isinstance(hint, type) and issubclass(hint, Enum):
        values = [str(member.value) for member in hint]
        return f"{shown(given)} is not one of {', '.join(values)}", suggestion(str(given), values)
    wanted, mend = _EXPECTATIONS.get(kind.partition("_")[0], ("", ""))
    if not wanted:
        return f"{shown(given)} is not accepted: {error['msg']}", "Correct the value."
    if wanted == "text" and not isinstance(given, (bool, int, float, date, str)):
        mend = "Write one value."
    if wanted == "a list" and isinstance(given, dict):
        mend = "Begin each item with `- `, also where there is only one."
    return f"must be {wanted}, not {shown(given)}", mend
