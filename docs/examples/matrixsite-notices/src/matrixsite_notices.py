"""An example of a plugin: everything that another package may add to matrixsite, as short as it can be."""

from __future__ import annotations

from dataclasses import replace

from matrixsite.plugins import CleanEntry, ParsedFeed, RawEntry, Reason


def notices(body: bytes, url: str) -> ParsedFeed:
    """A source: a notice a line, `2026-11-20 title https://…`; a line that begins with # is the list's title."""
    try:
        lines = body.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        return ParsedFeed(error=Reason("unreadable", str(error)))
    entries = []
    for line in lines:
        words = line.split()
        if len(words) >= 3 and not line.startswith("#"):
            date, *title, link = words
            entries.append(RawEntry(guid=link, link=link, title=" ".join(title), published=date))
    named = next((line.removeprefix("#").strip() for line in lines if line.startswith("#")), url)
    return ParsedFeed(format="notices", title=named, entries=tuple(entries))


def without_raffles(entry: CleanEntry) -> CleanEntry | None:
    """A filter: raffles aren't taken in; others lose the mark of the platform before their title."""
    if "抽奖" in entry.title:
        return None
    return replace(entry, title=entry.title.removeprefix("【头条】"))


def capped(number: float, most: float) -> float:
    """A function for formulas: `capped(reads, 100001)`."""
    return min(number, most)
