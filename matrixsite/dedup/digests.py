"""Digests: entries that round up others (早报, 一周回顾). They are stories of their own and contain those they name."""

from __future__ import annotations

from collections.abc import Sequence

from matrixsite.dedup.lookup import Story
from matrixsite.dedup.prints import SHINGLE, Print

LEAST = 2  # stories that make a digest
_TITLE = 6  # characters of a title that can be looked for
_SHARED = 20  # shingles of a story's text that a digest quotes
_MOST = 0.85  # of a digest that one story may be: what is more is that story with something beside it


def contained(entry: Print, candidates: Sequence[tuple[Story, Print]]) -> list[str]:
    """The stories that this entry rounds up; none where it is no digest."""
    found = [story.id for story, founder in candidates if rounds_up(entry, founder)]
    return found if len(found) >= LEAST else []


def names_title(digest: Print, title: str) -> bool:
    """Whether a text names a (bare) title that is not its own."""
    return len(title) >= _TITLE and title in digest.words and title not in digest.title


def rounds_up(digest: Print, founder: Print) -> bool:
    """Whether a text names a story by its title and quotes from it, without being that story."""
    if not names_title(digest, founder.title):
        return False
    if not founder.words:
        return True
    shared = len(digest.shingles & founder.shingles)
    if shared >= _MOST * len(digest.shingles):
        return False
    beyond_title = shared - max(0, len(founder.title) - SHINGLE + 1)
    return shared >= _SHARED or beyond_title >= 0.3 * len(founder.shingles)
