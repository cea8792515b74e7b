"""Making pages: for each unit the values of its pages, for each page whose inputs changed its bytes, into the stage.

units ─make─► (path, values) ─fingerprint known?─► kept
                              └─render, on the engine─► bytes ─digest known?─► kept
                                                               └─► stage
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

from matrixsite.errors import BuildFailed
from matrixsite.site.edition import Edition
from matrixsite.site.fingerprints import closure, kind_fingerprint, page_fingerprint
from matrixsite.site.journal import page_line
from matrixsite.site.kinds import Kind, Made, Recipe
from matrixsite.site.manifest import Known, Pages
from matrixsite.site.path_set import PathSet
from matrixsite.site.recipes import RECIPES
from matrixsite.site.render import Renderer, template_of
from matrixsite.site.stage import stage_page
from matrixsite.site.staleness import Stale

BATCH = 200  # units whose values are loaded together, and pages that go to a worker at once


class Engine(Protocol):
    """Where rendering runs."""

    jobs: int

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Future[Any]: ...


@dataclass(slots=True)
class Production:
    """What came of it: paths looked at, and those that are no more, which are few but in a build that is forced."""

    made: PathSet = field(default_factory=PathSet)
    removed: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Order:
    """A page for a worker to render; one that comes out with the known digest is not new."""

    path: str
    kind: str
    key: str
    mark: bytes  # of its kind
    fingerprint: bytes  # empty where there was none to compare it with: the worker takes it
    digest: bytes
    value: Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where pages go."""

    stage: str
    published: str  # what its files hold already isn't staged


class Producer:
    """One production for one output folder."""

    def __init__(
        self,
        edition: Edition,
        pages: Pages,
        render: Renderer,
        place: Place,
        engine: Engine,
        record: Callable[[str], None],
        progress: Callable[[int], None],
    ) -> None:
        """`record` takes lines for the journal as they come, `progress` how many pages were looked at."""
        self._edition, self._pages, self._render, self._place = edition, pages, render, place
        self._engine, self._record, self._progress = engine, record, progress
        self._under_way: deque[Future[str]] = deque()
        self._done = Production()

    def produce(self, stale: Stale) -> Production:
        """Look at what is stale, at what is outdated by templates or settings, and at what is always looked at."""
        for kind, recipe in RECIPES.items():
            frame = self._render.frame, self._render.theme_settings
            mark = kind_fingerprint(recipe, self._edition, frame, self._sources(recipe))
            known = self._pages.knows(kind)
            if kind in stale.whole or recipe.always or not known:  # unknown before an upgrade brought it, too
                self._whole(kind, recipe, mark, known=known)
            else:
                keys = stale.units.get(kind, frozenset()) | set(self._pages.outdated(kind, mark))
                self._units(kind, recipe, mark, sorted(keys))
        while self._under_way:
            self._collect()
        self._done.removed = {path for path in self._done.removed if path not in self._done.made}
        return self._done

    def _sources(self, recipe: Recipe) -> dict[str, str]:
        names = [name for value in recipe.values if (name := template_of(value))]
        return closure(self._render.environment, names)

    def _whole(self, kind: Kind, recipe: Recipe, mark: bytes, *, known: bool) -> None:
        for keys in _batches(recipe.every(self._edition), BATCH):
            self._look_at(kind, recipe, mark, keys, self._pages.of_units(kind, keys) if known else ())
        if known:  # units that are no more
            self._remove(self._pages.of_kind(kind))

    def _units(self, kind: Kind, recipe: Recipe, mark: bytes, every: Sequence[str]) -> None:
        for keys in _batches(every, BATCH):
            pages = self._pages.of_units(kind, keys)
            self._look_at(kind, recipe, mark, keys, pages)
            self._remove(pages)

    def _remove(self, pages: Iterable[Known]) -> None:
        """What was not made again, unless another unit makes it yet."""
        self._done.removed.update(page.path for page in pages if page.path not in self._done.made)

    def _look_at(
        self, kind: Kind, recipe: Recipe, mark: bytes, keys: Sequence[str], pages: Iterable[Known]
    ) -> None:
        known, orders = {page.path: page for page in pages}, []
        for made in recipe.make(keys, self._edition):
            self._claim(made)
            before = known.get(made.path)
            fingerprint = page_fingerprint(mark, made.value) if before else b""
            if before is None or before.fingerprint != fingerprint:
                digest = before.digest if before else b""
                orders.append(Order(made.path, kind, made.key, mark, fingerprint, digest, made.value))
        for part in _batches(orders, BATCH):
            self._submit(part)

    def _claim(self, made: Made) -> None:
        if not self._done.made.add(made.path):
            raise BuildFailed(f"two pages claim the same path: {made.path}")
        self._progress(1)

    def _submit(self, orders: Sequence[Order]) -> None:
        self._under_way.append(self._engine.submit(render_all, self._render, orders, self._place))
        while len(self._under_way) > 2 * self._engine.jobs:
            self._collect()

    def _collect(self) -> None:
        self._record(self._under_way.popleft().result())


def render_all(render: Renderer, orders: Sequence[Order], place: Place) -> str:
    """Render pages, stage those whose bytes are new, and tell them as lines of a journal: for any process."""
    lines = []
    for order in orders:
        content = render(order.path, order.value)
        digest = stage_page(place.stage, place.published, order.path, content, order.digest)
        fingerprint = order.fingerprint or page_fingerprint(order.mark, order.value)
        lines.append(page_line(Known(order.path, order.kind, order.key, fingerprint, digest)))
    return "".join(lines)


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
