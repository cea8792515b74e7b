"""Making pages: for each unit the values of its pages, for each page whose inputs changed its bytes, into the stage.

units ─make─► (path, values) ─fingerprint known?─► kept
                              └─render, on the engine─► bytes ─digest known?─► kept
                                                               └─► stage
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

from matrixsite.errors import BuildFailed
from matrixsite.site.edition import Edition
from matrixsite.site.fingerprints import closure, kind_fingerprint, page_fingerprint
from matrixsite.site.kinds import Kind, Made, Recipe
from matrixsite.site.recipes import RECIPES
from matrixsite.site.render import Renderer, template_of
from matrixsite.site.stage import stage_page
from matrixsite.site.staleness import Stale

BATCH = 200  # units whose values are loaded together, and pages that go to a worker at once


@dataclass(frozen=True, slots=True)
class Known:
    """What the manifest says of a page."""

    path: str
    kind: str
    key: str
    fingerprint: bytes
    digest: bytes


class Pages(Protocol):
    """The manifest of the folder that is built for."""

    def of_units(self, kind: Kind, keys: Sequence[str]) -> list[Known]:
        """The pages of these units."""

    def of_kind(self, kind: Kind) -> Iterator[Known]:
        """All pages of a kind, in order of path."""

    def outdated(self, kind: Kind, fingerprint: bytes) -> list[str]:
        """Keys of the units of a kind with a page whose fingerprint does not begin like that."""


class Engine(Protocol):
    """Where rendering runs."""

    jobs: int

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Future[Any]: ...


@dataclass(slots=True)
class Production:
    """What came of it: paths looked at, pages to record, paths that are no more."""

    made: set[str] = field(default_factory=set)
    pages: list[Known] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Order:
    """A page for a worker to render; one that comes out with the known digest is not new."""

    path: str
    kind: str
    key: str
    fingerprint: bytes
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
        progress: Callable[[int], None],
    ) -> None:
        self._edition, self._pages, self._render, self._place = edition, pages, render, place
        self._engine, self._progress = engine, progress
        self._under_way: deque[Future[list[Known]]] = deque()
        self._done = Production()

    def produce(self, stale: Stale) -> Production:
        """Look at what is stale, at what is outdated by templates or settings, and at what is always looked at."""
        for kind, recipe in RECIPES.items():
            frame = self._render.frame, self._render.theme_settings
            mark = kind_fingerprint(recipe, self._edition, frame, self._sources(recipe))
            if kind in stale.whole or recipe.always or self._is_new(kind):
                self._whole(kind, recipe, mark)
            else:
                keys = stale.units.get(kind, frozenset()) | set(self._pages.outdated(kind, mark))
                self._units(kind, recipe, mark, sorted(keys))
        while self._under_way:
            self._collect()
        self._done.removed -= self._done.made
        return self._done

    def _is_new(self, kind: Kind) -> bool:
        """Whether the folder knows no page of the kind: before its first build, or after an upgrade that brought it."""
        return next(self._pages.of_kind(kind), None) is None

    def _sources(self, recipe: Recipe) -> dict[str, str]:
        names = [name for value in recipe.values if (name := template_of(value))]
        return closure(self._render.environment, names)

    def _whole(self, kind: Kind, recipe: Recipe, mark: bytes) -> None:
        known = {page.path: page for page in self._pages.of_kind(kind)}
        for keys in _batches(recipe.every(self._edition), BATCH):
            self._look_at(kind, recipe, mark, keys, known)
        self._done.removed |= known.keys()

    def _units(self, kind: Kind, recipe: Recipe, mark: bytes, every: Sequence[str]) -> None:
        for keys in _batches(every, BATCH):
            known = {page.path: page for page in self._pages.of_units(kind, keys)}
            self._look_at(kind, recipe, mark, keys, known)
            self._done.removed |= known.keys()

    def _look_at(
        self, kind: Kind, recipe: Recipe, mark: bytes, keys: Sequence[str], known: Mapping[str, Known]
    ) -> None:
        orders = []
        for made in recipe.make(keys, self._edition):
            self._claim(made)
            before = known.get(made.path)
            fingerprint = page_fingerprint(mark, made.value)
            if before is None or before.fingerprint != fingerprint:
                digest = before.digest if before else b""
                orders.append(Order(made.path, kind, made.key, fingerprint, digest, made.value))
        for part in _batches(orders, BATCH):
            self._submit(part)

    def _claim(self, made: Made) -> None:
        if made.path in self._done.made:
            raise BuildFailed(f"two pages claim the same path: {made.path}")
        self._done.made.add(made.path)
        self._progress(1)

    def _submit(self, orders: Sequence[Order]) -> None:
        self._under_way.append(self._engine.submit(render_all, self._render, orders, self._place))
        while len(self._under_way) > 2 * self._engine.jobs:
            self._collect()

    def _collect(self) -> None:
        self._done.pages += self._under_way.popleft().result()


def render_all(render: Renderer, orders: Sequence[Order], place: Place) -> list[Known]:
    """Render pages, and stage those whose bytes are new: for any process."""
    done = []
    for order in orders:
        content = render(order.path, order.value)
        digest = stage_page(place.stage, place.published, order.path, content, order.digest)
        done.append(Known(order.path, order.kind, order.key, order.fingerprint, digest))
    return done


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
