"""The work of a build that any process can do: units in, pages in the stage out."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from matrixsite.site.edition import Edition
from matrixsite.site.fingerprints import page_fingerprint
from matrixsite.site.journal import page_line
from matrixsite.site.kinds import Kind, Listing
from matrixsite.site.manifest import Known
from matrixsite.site.recipes import RECIPES
from matrixsite.site.render import Renderer
from matrixsite.site.source import Source
from matrixsite.site.stage import stage_page


@dataclass(frozen=True, slots=True)
class Place:
    """Where pages go."""

    stage: str
    published: str  # what its files hold already isn't staged


class Workshop:
    """All that making pages needs. Workers inherit it by their fork, so it may be as large as the settings are."""

    def __init__(
        self, edition: Edition, render: Renderer, place: Place, reopen: Callable[[], Source]
    ) -> None:
        """`reopen` gives a worker the source anew: it can't share the connection of its parent."""
        self._edition, self.render, self.place, self._reopen = edition, render, place, reopen
        self._process = os.getpid()

    @property
    def edition(self) -> Edition:
        """The edition, with a source of this process."""
        if self._process != os.getpid():
            self._edition, self._process = replace(self._edition, source=self._reopen()), os.getpid()
        return self._edition


@dataclass(frozen=True, slots=True)
class Order:
    """Units of one kind to look at."""

    kind: Kind
    mark: bytes  # the fingerprint of the kind
    keys: tuple[str, ...]
    known: Mapping[str, Known]  # their pages as they are published, by path
    touched: frozenset[str] | None  # entries that changed since; None: look at every page closely


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of an order."""

    paths: tuple[str, ...]  # of all its pages
    lines: str  # for the journal: the pages to record


def make_pages(workshop: Workshop, order: Order) -> Finished:
    """Make the pages of some units, stage those whose bytes are new, and tell what is to be recorded."""
    paths, lines = [], []
    for made in RECIPES[order.kind].make(order.keys, workshop.edition):
        paths.append(made.path)
        before = order.known.get(made.path)
        fingerprint, value = _inputs(made.value, order, before)
        if value is not None:
            content, known = workshop.render(made.path, value), before.digest if before else b""
            digest = stage_page(workshop.place.stage, workshop.place.published, made.path, content, known)
            page = Known(made.path, order.kind, made.key, fingerprint, digest)
            if page != before:
                lines.append(page_line(page))
    return Finished(tuple(paths), "".join(lines))


def _inputs(value: Any, order: Order, before: Known | None) -> tuple[bytes, Any]:
    """The fingerprint of a page's inputs, and its values; None for a page that was made from the same."""
    same = before.fingerprint if before else b""
    if not isinstance(value, Listing):
        fingerprint = page_fingerprint(order.mark, value)
        return fingerprint, None if fingerprint == same else value
    fingerprint = page_fingerprint(order.mark, (value.ids, value.around))
    if fingerprint == same and order.touched is not None and order.touched.isdisjoint(value.ids):
        return fingerprint, None
    return fingerprint, value.values()
