"""Former names and store links as they stand in a cell of a table, or on a line of their own in YAML.

旧名 2025-03-01                                   →  {name: 旧名, until: 2025-03-01}
应用市场 https://apps.example.org/1 3.2 2025-03-01  →  {store: …, url: …, version: "3.2", updated: 2025-03-01}

Store, version and days may be left out.
"""

from __future__ import annotations

import re
from typing import Any

_DATE = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})")


def iso_date(text: str) -> str:
    """A day as 2024-01-05 where it is written 2024/1/5, which is how Excel saves it; all else as it stands."""
    found = _DATE.fullmatch(text)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else text


def former_name(written: Any) -> Any:
    """The tree of a `FormerName`; what is no text is left to the validator."""
    if not isinstance(written, str):
        return written
    name, _, last = written.strip().rpartition(" ")
    if name and _DATE.fullmatch(last):
        return {"name": name.strip(), "until": iso_date(last)}
    return {"name": written.strip()}


def store_link(written: Any) -> Any:
    """The tree of a `StoreLink`; what is no text is left to the validator."""
    if not isinstance(written, str):
        return written
    words = written.split()
    at = next((index for index, word in enumerate(words) if "://" in word), None)
    if at is None:
        return {"url": written}
    tree = {"url": words[at], "store": " ".join(words[:at])}
    rest = words[at + 1 :]
    if rest and _DATE.fullmatch(rest[-1]) and "-" in iso_date(rest[-1]):
        tree["updated"] = iso_date(rest.pop())
    return tree | {"version": " ".join(rest)}
