"""What digests round up, and which digests round a story up: rows on the pages of both."""

from __future__ import annotations

from collections.abc import Mapping

from matrixsite.site.contexts.rows import Row
from matrixsite.site.edition import Edition
from matrixsite.site.rows import MOST_ROWS, story_rows
from matrixsite.site.source import StoryFacts

MOST_DIGESTS = 10  # that a page names


class Linked:
    """The stories that these round up, and the digests that round these up."""

    def __init__(self, facts: Mapping[str, StoryFacts], edition: Edition) -> None:
        self._edition = edition
        self._contained = edition.source.contained({name for name, its in facts.items() if its.digest})
        self._digests = edition.source.digests(facts.keys())

    def contained(self, story: str) -> tuple[Row, ...]:
        """What a digest rounds up, oldest first."""
        return story_rows(self._contained.get(story, ())[:MOST_ROWS], self._edition)

    def digests(self, story: str) -> tuple[Row, ...]:
        """What rounds a story up, newest first."""
        return story_rows(self._digests.get(story, ())[: -MOST_DIGESTS - 1 : -1], self._edition)
