"""The work of a build that any process can do: units in, pages in the stage out."""

from __future__ import annotations

import os
import threading
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
from matrixsite.site.stage import content_digest, stage_page


@dataclass(frozen=True, slots=True)
class Place:
    """Where pages go."""

    stage: str
    published: str  # what its files hold already isn't staged
    here: bool = True  # workers write there themselves; else, on other machines, what they make comes back

    def put(self, path: str, content: bytes, known: bytes) -> bytes:
        """Stage a page whose bytes are new, where this process may; returns its digest."""
        return (
            stage_page(self.stage, self.published, path, content, known)
            if self.here
            else content_digest(content)
        )


class Workshop:
    """All that making pages needs. Workers inherit it by their fork, so it may be as large as the settings are; to a
    cluster it travels once, without the source and the compiled templates.
    """

    def __init__(
        self, edition: Edition, render: Renderer, place: Place, reopen: Callable[[], Source]
    ) -> None:
        """`reopen` gives a worker the source anew: it can't share the connection of its parent."""
        self._edition, self.render, self.place, self._reopen = edition, render, place, reopen
        self._at = _here()

    @property
    def edition(self) -> Edition:
        """The edition, with a source of this process, and of this thread of it."""
        if self._at != _here():
            self._edition, self._at = replace(self._edition, source=self._reopen()), _here()
        return self._edition

    def __reduce__(self) -> tuple[Any, ...]:
        """On its way to another machine. A connection can't go along: whoever gets it opens one of its own."""
        nothing: Any = None
        return _unpacked, (replace(self._edition, source=nothing), self.render, self.place, self._reopen)


def _unpacked(edition: Edition, render: Renderer, place: Place, reopen: Callable[[], Source]) -> Workshop:
    workshop = Workshop(edition, render, place, reopen)
    workshop._at = _NOWHERE
    return workshop


_NOWHERE = (0, 0)


def _here() -> tuple[int, int]:
    return os.getpid(), threading.get_ident()


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
    contents: tuple[
        tuple[str, bytes], ...
    ] = ()  # of pages that are new, where the worker could not stage them


def make_pages(workshop: Workshop, order: Order) -> Finished:
    """Make the pages of some units, stage those whose bytes are new, and tell what is to be recorded."""
    paths, lines, contents = [], [], []
    for made in RECIPES[order.kind].make(order.keys, workshop.edition):
        paths.append(made.path)
        before = order.known.get(made.path)
        fingerprint, value = _inputs(made.value, order, before)
        if value is not None:
            content, known = workshop.render(made.path, value), before.digest if before else b""
            digest = workshop.place.put(made.path, content, known)
            if not workshop.place.here and digest != known:
                contents.append((made.path, content))
            page = Known(made.path, order.kind, made.key, fingerprint, digest)
            if page != before:
                lines.append(page_line(page))
    return Finished(tuple(paths), "".join(lines), tuple(contents))


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
