"""Hash → stories, as the store had it and as a batch goes on: capped, so that what an entry costs stays the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Postings:
    """Hash → stories, capped; remembers what is new. Names may be of stories that were merged away since."""

    most: int
    gone: Mapping[str, str]  # story → the one it was merged into, of this batch
    known: dict[int, list[str]] = field(default_factory=dict)
    learned: dict[tuple[int, str], int] = field(default_factory=dict)  # on which day (since 1970)

    def of(self, hashed: int) -> list[str]:
        """The stories in which a hash stands."""
        names = self.known.get(hashed, [])
        return surviving(names, self.gone) if self.gone else names

    def learn(
        self,
        hashes: Iterable[int],
        story: str,
        day: int,
        counts: Callable[[str], bool] | None = None,
        most: int = 0,
    ) -> None:
        """A hash stands in a story from now on, unless it stands in enough of those that count (None: all do)."""
        most = most or self.most
        for hashed in hashes:
            if hashed not in self.known:  # most of them: told first, since so many are learned
                self.known[hashed] = [story]
                self.learned[hashed, story] = day
                continue
            names = self.of(hashed)
            if story in names or (len(names) >= most and (counts is None or sum(map(counts, names)) >= most)):
                continue
            self.known[hashed] = [*names, story]
            self.learned[hashed, story] = day

    def settle(self, least: int, most: int) -> None:
        """What is new was written: keep the lists of so many stories or more, which turn up again and again."""
        kept = {hashed: self.of(hashed) for hashed, names in self.known.items() if len(names) >= least}
        self.known = kept if len(kept) <= most else {}
        self.learned = {}


def surviving(names: Iterable[str], gone: Mapping[str, str]) -> list[str]:
    """The stories that these are by now; `gone` tells what they were merged into."""
    found: dict[str, None] = {}
    for name in names:
        while name in gone:
            name = gone[name]
        found[name] = None
    return list(found)
