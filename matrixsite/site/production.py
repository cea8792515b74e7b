"""Making pages: for each unit the values of its pages, for each page whose inputs changed its bytes, into the stage.

    units ─► worker: make ─► (path, values) ─fingerprint known?─► kept
                                            └─render─► bytes ─digest known?─► kept
                                                             └─► stage, journal

Values are made where they are rendered and never travel: what goes to a worker is the names of units, what comes back a
line for each page that is new.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Protocol

from matrixsite.errors import BuildFailed
from matrixsite.site.edition import Edition
from matrixsite.site.fingerprints import closure, kind_fingerprint
from matrixsite.site.kinds import Kind, Recipe
from matrixsite.site.manifest import Known, Pages
from matrixsite.site.path_set import PathSet
from matrixsite.site.recipes import RECIPES
from matrixsite.site.render import PIECES, Renderer, template_of
from matrixsite.site.staleness import Stale
from matrixsite.site.workshop import Finished, Order, Place, make_pages


class Engine(Protocol):
    """Where pages are made; it is given a `Workshop`, with which it makes its calls."""

    jobs: int

    @property
    def remote(self) -> bool: ...

    def give(self, given: object) -> None: ...

    def submit_given(self, fn: Callable[..., Any], /, *args: Any) -> Future[Any]: ...


@dataclass(slots=True)
class Production:
    """What came of it: paths looked at, and those that are no more, which are few but in a build that is forced."""

    made: PathSet = field(default_factory=PathSet)
    removed: set[str] = field(default_factory=set)


class Producer:
    """One production for one output folder."""

    def __init__(
        self,
        edition: Edition,
        pages: Pages,
        render: Renderer,
        engine: Engine,
        record: Callable[[str], None],
        progress: Callable[[int], None],
        place: Place,
    ) -> None:
        """`record` takes lines for the journal as they come, `progress` how many pages were looked at; in `place` those
        pages are put that come back from workers.
        """
        self._edition, self._pages, self._render = edition, pages, render
        self._engine, self._record, self._progress = engine, record, progress
        self._place = replace(place, here=True)
        self._under_way: deque[tuple[Order, Future[Finished]]] = deque()
        self._done = Production()

    def produce(self, stale: Stale) -> Production:
        """Look at what is stale, at what is outdated by templates or settings, and at what is always looked at."""
        for kind, recipe in RECIPES.items():
            mark = self._mark(recipe)
            before = self._pages.mark_of(kind)
            touched = None if kind in stale.whole else stale.entries
            if touched is None or recipe.always or before != mark:  # none before an upgrade brought it, too
                self._order(kind, recipe, mark, recipe.every(self._edition), touched, known=bool(before))
                if before:
                    self._remove_departed(kind)
            elif recipe.divided:
                self._order_division(kind, recipe, mark, stale.units.get(kind, frozenset()))
            else:
                self._order(kind, recipe, mark, sorted(stale.units.get(kind, ())), touched, known=True)
        while self._under_way:
            self._collect()
        self._done.removed = {path for path in self._done.removed if path not in self._done.made}
        return self._done

    def _mark(self, recipe: Recipe) -> bytes:
        """The fingerprint of a kind; none in a plain run: it records nothing, and its theme may do as it likes."""
        if self._render.host is not None:
            return b""
        frame = self._render.frame, self._render.theme_settings
        return kind_fingerprint(recipe, self._edition, frame, self._sources(recipe))

    def _sources(self, recipe: Recipe) -> dict[str, str]:
        names = [name for value in recipe.values if (name := template_of(value))]
        return closure(self._render.environment, [*names, *PIECES.values()] if names else ())

    def _order(
        self,
        kind: Kind,
        recipe: Recipe,
        mark: bytes,
        every: Iterable[str],
        touched: frozenset[str] | None,
        *,
        known: bool,
    ) -> None:
        for keys in _batches(every, recipe.batch):
            pages = self._pages.of_units(kind, keys) if known else ()
            order = Order(kind, mark, tuple(keys), {page.path: page for page in pages}, touched)
            self._under_way.append((order, self._engine.submit_given(make_pages, order)))
            while len(self._under_way) > 2 * self._engine.jobs:
                self._collect()

    def _order_division(self, kind: Kind, recipe: Recipe, mark: bytes, stale: frozenset[str]) -> None:
        """Units of a division that are touched or new; the pages of those that are no more go."""
        every, before = set(recipe.every(self._edition)), self._pages.units_of(kind)
        self._order(kind, recipe, mark, sorted(every & (stale | (every - before))), None, known=True)
        self._remove(self._pages.of_units(kind, sorted(before - every)))

    def _remove_departed(self, kind: Kind) -> None:
        """Pages of units that are no more."""
        while self._under_way:
            self._collect()
        self._remove(self._pages.of_kind(kind))

    def _collect(self) -> None:
        order, future = self._under_way.popleft()
        finished = future.result()
        for path in finished.paths:
            if not self._done.made.add(path):
                raise BuildFailed(f"two pages claim the same path: {path}")
        for path, content in finished.contents:
            self._place.put(path, content, b"")
        self._record(finished.lines)
        self._remove(order.known.values())
        self._progress(len(finished.paths))

    def _remove(self, pages: Iterable[Known]) -> None:
        """What was not made again, unless another unit makes it yet."""
        self._done.removed.update(page.path for page in pages if page.path not in self._done.made)


def _batches(items: Iterable[str], size: int) -> Iterator[Sequence[str]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
