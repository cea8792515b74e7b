"""The stage that finds stories: all entries that wait for one, in their lasting order, batch by batch.

    entries without a story ─prints, on the engine─► join ─► entries, stories and index written

Each batch is one transaction, so an interrupted run goes on where it stopped. What a batch learned the next one finds
in the store: the stories are the same for any size of a batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from urllib.parse import urlsplit

from matrixsite.dedup.index import Index
from matrixsite.dedup.joining import join_all
from matrixsite.dedup.prints import Pending, Print, print_of
from matrixsite.pipeline.engines import AnyEngine
from matrixsite.pipeline.options import Options
from matrixsite.pipeline.progress import Progress
from matrixsite.pipeline.travel import travel_by_fields
from matrixsite.store import postings
from matrixsite.store.database import Database
from matrixsite.store.forgetting import forget, parts_due
from matrixsite.store.learning import begin_anew, teach_again, untaught
from matrixsite.store.originals import Sources, heed_names
from matrixsite.store.stories import pending_count, write_joins
from matrixsite.store.story_index import StoredIndex, pending_entries

CHARACTERS = 300_000  # of texts in a batch, whatever their number: bounds memory
CHUNK = 40_000  # characters that are worth the way to a worker

travel_by_fields(Pending)


class StoryFinder:
    """One run of the stage."""

    def __init__(self, database: Database, sources: Sources, engine: AnyEngine, options: Options) -> None:
        self._database, self._engine, self._options = database, engine, options
        self._sources = sources
        self._host = urlsplit(sources.settings.site.url).hostname or "localhost"
        self._index: Index | None = None  # of the batches so far
        self._waiting = 0  # rows of postings in the small tables

    def find(self, progress: Progress) -> int:
        """Give every entry its story; returns how many had none."""
        self._prepare()
        with self._database.read() as connection:
            count = pending_count(connection)
        if count:
            progress.stage("stories", count)
        return self.find_more(progress)

    def find_more(self, progress: Progress) -> int:
        """The same for what came since."""
        joined = 0
        while batch := self._next():
            self._join(batch)
            joined += len(batch)
            progress.advance(len(batch))
        return joined

    def _prepare(self) -> None:
        """Teach the index what changed, before anything is looked up in it."""
        with self._database.write() as connection:
            begin_anew(connection, self._options.now)
            heed_names(connection, self._sources)
            parts = parts_due(connection, self._options.now)
        for low, high in parts:
            with self._database.write() as connection:
                forget(connection, self._options.now, low, high)
        with self._database.read() as connection:
            self._waiting = postings.recent_rows(connection)
        while True:
            with self._database.read() as connection:
                items = untaught(connection, min(self._options.story_batch, 500))
            if not items:
                return
            prints = prints_of([item for _, item in items], self._engine)
            with self._database.write() as connection:
                names = (name for name, _ in items)
                taught = list(zip(names, prints, strict=True))
                self._waiting += teach_again(connection, taught, self._sources)
            self._settle()

    def _next(self) -> list[Pending]:
        with self._database.read() as connection:
            return list(_up_to(CHARACTERS, pending_entries(connection, self._options.story_batch)))

    def _join(self, batch: list[Pending]) -> None:
        prints = prints_of(batch, self._engine)
        with self._database.write() as connection:
            index = self._index_in(StoredIndex(connection))
            joins = join_all(batch, prints, index)
            self._waiting += write_joins(connection, batch, joins, index, self._sources, self._host)
        self._settle()

    def _index_in(self, store: StoredIndex) -> Index:
        if self._index is None:
            self._index = Index(store)
        else:
            self._index.go_on(store)
        return self._index

    def _settle(self) -> None:
        """Empty the small tables of postings when they are full."""
        if self._waiting < postings.FULL:
            return
        for low, high in postings.slices(postings.TRANSACTIONS):
            with self._database.write() as connection:
                postings.settle_slice(connection, low, high)
        self._waiting = 0


def prints_of(items: Sequence[Pending], engine: AnyEngine) -> list[Print]:
    """Their prints, in order; long texts go to the workers in chunks, where there are any."""
    chunks = list(_chunked(items, CHUNK))
    if engine.jobs == 1 or len(chunks) == 1:
        return print_all(items)
    waiting = [engine.submit(print_all, chunk) for chunk in chunks]
    try:
        return list(chain.from_iterable(future.result() for future in waiting))
    except BrokenProcessPool:  # a worker was killed for its memory, not for a text: these are cut
        return print_all(items)


def print_all(items: Sequence[Pending]) -> list[Print]:
    """Several prints in one go, to spare the way to a worker."""
    return [print_of(item) for item in items]


def _up_to(characters: int, items: Iterator[Pending]) -> Iterator[Pending]:
    """The first items up to a sum of characters, at least one."""
    left = characters
    for item in items:
        yield item
        left -= len(item.text)
        if left <= 0:
            return


def _chunked(items: Sequence[Pending], characters: int) -> Iterator[list[Pending]]:
    iterator = iter(items)
    while chunk := list(_up_to(characters, iterator)):
        yield chunk
