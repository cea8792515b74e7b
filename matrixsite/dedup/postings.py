"""Hash → stories, as the store had it and as a batch goes on: capped, so that what an entry costs stays the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Postings:
    """Hash → stories, capped; remembers what is new. Names may be of stories that were merged away since."""

    most: int
    gone: Mapping[str, str]  # story → the one it was merged into, of this batch
    known: dict[int, list[str]] = field(default_factory=dict)
    learned: dict[tuple[int, str], None] = field(default_factory=dict)

    def of(self, hashed: int) -> list[str]:
        """The stories in which a hash stands."""
        names = self.known.get(hashed, [])
        return surviving(names, self.gone) if self.gone else names

    def learn(self, hashes: Iterable[int], story: str, counts: Callable[[str], bool], most: int = 0) -> None:
        """A hash stands in a story from now on, unless it stands in enough of those that count."""
        for hashed in hashes:
            stories = self.of(hashed)
            if story not in stories and not self._full(stories, most or self.most, counts):
                self.known[hashed] = [*stories, story]
                self.learned[hashed, story] = None

    @staticmethod
    def _full(stories: Sequence[str], most: int, counts: Callable[[str], bool]) -> bool:
        return len(stories) >= most and sum(map(counts, stories)) >= most


def surviving(names: Iterable[str], gone: Mapping[str, str]) -> list[str]:
    """The stories that these are by now; `gone` tells what they were merged into."""
    found: dict[str, None] = {}
    for name in names:
        while name in gone:
            name = gone[name]
        found[name] = None
    return list(found)
