"""Rows of one list that bear the same title, as daily serials do (早安·…, 文明日历): what tells them apart.

The day says most in the fewest words. Where several stand for one day, the beginning of each text does, then its time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from matrixsite.site.contexts.rows import Row
from matrixsite.site.edition import Edition

FIRST_WORDS = 16  # characters of an excerpt


def told_apart(rows: Sequence[Row], edition: Edition) -> tuple[Row, ...]:
    """The same rows; those whose title stands in the list more than once say more."""
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        alike[" ".join(row.title.split())].append(place)
    told = list(rows)
    for places in alike.values():
        if len(places) > 1:
            marks = _marks([rows[place] for place in places], edition)
            for place, mark in zip(places, marks, strict=True):
                told[place] = replace(rows[place], apart=mark)
    return tuple(told)


def _marks(rows: Sequence[Row], edition: Edition) -> Sequence[str]:
    """What to write beside each; carriers of one title by several accounts are told apart by these already."""
    if _differ(row.account.href for row in rows):
        return [""] * len(rows)
    days = [edition.date_style.short(row.published.iso) for row in rows]
    if _differ(days):
        return days
    beginnings = [_beginning(row.excerpt) for row in rows]
    if all(beginnings) and _differ(beginnings):
        return beginnings
    return [f"{day} {row.published.minute[11:]}" for day, row in zip(days, rows, strict=True)]


def _differ(marks: Iterable[str]) -> bool:
    found = list(marks)
    return len(set(found)) == len(found)


def _beginning(excerpt: str) -> str:
    return f"{excerpt[:FIRST_WORDS]}…" if len(excerpt) > FIRST_WORDS else excerpt
