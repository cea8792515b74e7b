"""The prints at hand: those of a batch, those it is compared with, and the newest of the batches before."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable

from matrixsite.dedup import titles
from matrixsite.dedup.lookup import Lookup
from matrixsite.dedup.prints import Pending, Print, print_of

KEPT = 2_000_000  # characters of prints that later batches may need
EACH = 500  # characters that a print counts for, be it of a title alone


class Shelf:
    """Prints by entry; what isn't there is made from what the store has. A print never changes."""

    def __init__(self, make: Callable[[Pending], Print] = print_of) -> None:
        self._make = make
        self._prints: OrderedDict[str, Print] = OrderedDict()
        self._weight = 0  # of all of them
        self._used: set[str] = set()  # since they were slimmed

    def put(self, prints: Iterable[Print]) -> None:
        """Prints that were made elsewhere."""
        for made in prints:
            if made.id in self._prints:
                self._weight -= _weight(self._prints[made.id])
            self._prints[made.id] = made
            self._weight += _weight(made)
            self._used.add(made.id)

    def take(self, entries: Collection[str], lookup: Lookup) -> list[Print]:
        """The prints of entries, in one query."""
        missing = [name for name in entries if name not in self._prints]
        if missing:
            self.put(self._make(entry) for entry in lookup.entries(missing).values())
        self._used.update(entries)
        return [self._prints[name] for name in entries]

    def titles(self, entries: Collection[str], lookup: Lookup) -> list[str]:
        """Their bare titles: a small part of what a print costs."""
        missing = [name for name in entries if name not in self._prints]
        found = {name: titles.bare(titles.folded(title)) for name, title in lookup.titles(missing).items()}
        return [found[name] if name in found else self._prints[name].title for name in entries]

    def slim(self) -> None:
        """Let go of what prints hold since they were compared."""
        for name in self._used:
            self._prints[name].slim()
        self._used.clear()

    def tidy(self) -> None:
        """Slim the prints and forget all but the newest."""
        self.slim()
        while self._weight > KEPT:
            self._weight -= _weight(self._prints.popitem(last=False)[1])


def _weight(made: Print) -> int:
    return EACH + sum(map(len, made.sentences))
