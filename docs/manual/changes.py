"""The changelog as a JSON Feed: an item a line of it, dated by the commit that wrote the line."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

_DATED = re.compile(r"^author-time (\d+)$", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.;:])\s")
TITLE = 120  # characters


@dataclass(frozen=True, slots=True)
class Change:
    """An item of the changelog."""

    line: int  # where it begins, from 0
    part: str  # the heading above it: For editors
    text: str


def changes(changelog: str) -> Iterator[Change]:
    """The items of a changelog, as they stand."""
    part, begun, lines = "", 0, list[str]()
    for number, line in enumerate([*changelog.splitlines(), ""]):
        if lines and line.startswith("  "):
            lines.append(line.strip())
            continue
        if lines:
            yield Change(begun, part, " ".join(lines))
            lines = []
        if line.startswith("#"):
            part = re.sub(r" \(docs/.*\)", "", line.lstrip("# "))
        elif line.startswith("- "):
            begun, lines = number, [line[2:]]


def changes_feed(path: Path) -> dict[str, Any]:
    """A JSON Feed 1.1 of the changelog at `path`; without git its items have no dates."""
    from markdown import markdown

    text = path.read_text(encoding="utf-8")
    dates = _dates(path)
    items = [
        {
            "id": blake2b(change.text.encode(), digest_size=8).hexdigest(),
            "title": _title(change.text),
            "content_html": markdown(change.text),
            "tags": [change.part],
            **({"date_published": dates[change.line]} if dates else {}),
        }
        for change in changes(text)
    ]
    return {"version": "https://jsonfeed.org/version/1.1", "title": "matrixsite", "items": items}


def _title(text: str) -> str:
    sentence = re.sub(r"[`*]|\[([^\]]+)\]\([^)]+\)", r"\1", _SENTENCE.split(text, maxsplit=1)[0])
    return sentence if len(sentence) <= TITLE else f"{sentence[: TITLE - 1].rsplit(' ', 1)[0]}…"


def _dates(path: Path) -> list[str]:
    """When each line was written, as git has it; empty where git knows nothing of the file."""
    command = ["git", "blame", "--line-porcelain", "--", path.name]
    try:
        told = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return []
    return [datetime.fromtimestamp(int(time), UTC).isoformat() for time in _DATED.findall(told)]
