"""What a type can't say about one value of any part of feeds.yaml: ids, names, words, addresses, zones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from matrixsite.config.source import FieldPath
from matrixsite.config.wording import shown, suggestion

MAX_ID = 64
ID_PATTERN = "^[a-z0-9]([a-z0-9._-]*[a-z0-9_-])?$"

_ID = re.compile(ID_PATTERN, re.ASCII)


class Fault(NamedTuple):
    """What is wrong in one value: the path inside it, the reason, the mend."""

    path: FieldPath
    reason: str
    mend: str


def is_id(value: str) -> bool:
    """Whether text has the form of an id."""
    return _ID.fullmatch(value) is not None and len(value) <= MAX_ID


def check_id(value: str, field: str = "id") -> Iterator[Fault]:
    """Ids become names of folders and parts of addresses, on systems that don't tell `A` from `a` too."""
    if is_id(value):
        return
    mend = f"Use a to z, 0 to 9, `-`, `_` and `.`, a letter or digit first, no `.` last, {MAX_ID} at most."
    yield Fault((field,), f"{shown(value)} can't be an id", mend)


def check_name(name: str) -> Iterator[Fault]:
    if not name.strip():
        yield Fault(("name",), "the name is empty", "Write the name that readers know.")


def check_words(field: str, words: Iterable[str]) -> Iterator[Fault]:
    for index, word in enumerate(words):
        if not word.strip():
            yield Fault((field, index), "an empty word would match everything", "Remove it.")


def check_pages(field: str, address: str) -> Iterator[Fault]:
    if address and (reason := not_web(address)):
        yield Fault((field,), reason, "Write the address of a page: https://…")


def check_zone(name: str) -> Iterator[Fault]:
    if name not in _zones():
        reason = f"{shown(name)} is no known time zone"
        yield Fault(("timezone",), reason, _zone_mend(name))


@cache
def _zones() -> frozenset[str]:
    from zoneinfo import available_timezones

    return frozenset(available_timezones())


def _zone_mend(name: str) -> str:
    mend = suggestion(name, _zones())
    return mend if mend.startswith("Did") else "Write a name such as Asia/Shanghai."


def not_web(address: str) -> str:
    """Why `address` is no absolute http(s) address; empty if it is one."""
    if any(character.isspace() or not character.isprintable() for character in address):
        return f"{shown(address)} holds a blank or a control character"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return f"{shown(address)} is no valid address"
    if parts.scheme not in ("http", "https"):
        return f"{shown(address)} is no http or https address"
    return "" if host else f"{shown(address)} names no host"
