r"""Former names, store links and lists as they stand in a cell of a table; the first two on a line in YAML, too.

旧名 2025-03-01                                   →  {name: 旧名, until: 2025-03-01}
应用市场 https://apps.example.org/1 3.2 2025-03-01  →  {store: …, url: …, version: "3.2", updated: 2025-03-01}

video=https://example.org/feed                    →  {name: video, url: …}, in cells only
video!notices=https://example.org/feed            →  {name: video, source: notices, url: …}, likewise
甲; 乙\;丙                                         →  [甲, 乙;丙]

Store, version and days may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_DATE = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})")


_NAMED = re.compile(r"([a-z0-9][a-z0-9._-]*)?(?:!([A-Za-z0-9._-]+))?=(.+)", re.DOTALL)
_ITEM = re.compile(r"(?:\\[\\;；]|[^;；])+")
_ESCAPED = re.compile(r"\\([\\;；])")


def items_in(cell: str) -> list[str]:
    """The items of a cell: they stand apart by `;`; one that holds `;` itself has a backslash before it."""
    found = (_ESCAPED.sub(r"\1", item.strip()) for item in _ITEM.findall(cell))
    return [item for item in found if item]


def cell_of(items: Iterable[str]) -> str:
    """The cell that `items_in` takes apart."""
    return "; ".join(re.sub(r"([\\;；])", r"\\\1", item) for item in items)


def feed(cell: str) -> Any:
    """A feed as `spelling` reads it: an address, or one with a name or the plugin that reads it."""
    found = _NAMED.fullmatch(cell)
    if not found:
        return cell
    name, source, url = found.groups()
    named = {"name": name, "source": source, "url": url}
    return {key: value for key, value in named.items() if value} if name or source else url


def written_feed(name: str, url: str, source: str = "") -> str:
    """The item that `feed` reads; `name` and `source` are empty for a feed without one."""
    read_by = f"!{source}" if source else ""
    return f"{name}{read_by}={url}" if name or source or _NAMED.fullmatch(url) else url


def written_former_name(name: str, until: object) -> str:
    """The text that `former_name` reads."""
    return f"{name} {until}" if until else name


def written_store_link(store: str, url: str, version: str, updated: object) -> str:
    """The text that `store_link` reads."""
    return " ".join(filter(None, (store, url, version, str(updated or ""))))


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
