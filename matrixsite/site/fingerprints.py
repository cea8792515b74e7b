"""Fingerprints of inputs: what a page was made from, so that it isn't made again from the same.

A page's fingerprint is its kind's (templates, words, the frame around every page, the settings that all read) and that
of its own values. Nothing of it looks at files that were written, or at times.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b

from jinja2 import Environment, meta

from matrixsite import __version__
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Recipe

SIZE = 8  # bytes, of each half of a page's fingerprint


def closure(environment: Environment, names: Iterable[str]) -> dict[str, str]:
    """The sources of these templates and of all that they extend, include or import.

    Raises ValueError for a template that names another by an expression: what it depends on can't be told.
    """
    sources: dict[str, str] = {}
    wanted = list(names)
    while wanted:
        name = wanted.pop()
        if name in sources:
            continue
        assert environment.loader is not None
        sources[name] = environment.loader.get_source(environment, name)[0]
        for other in _referenced(sources[name]):
            if other is None:
                raise ValueError(f"{name} includes a template by an expression; name it")
            wanted.append(other)
    return dict(sorted(sources.items()))


@cache
def _referenced(source: str) -> tuple[str | None, ...]:
    """What a template extends, includes or imports; None for each that it names by an expression."""
    return tuple(meta.find_referenced_templates(Environment().parse(source)))


def kind_fingerprint(recipe: Recipe, edition: Edition, frame: object, sources: dict[str, str]) -> bytes:
    """What all pages of a kind share; `frame` is what stands around every page, as plain values."""
    site = edition.settings.site
    shared = (
        __version__,
        sources,
        frame,
        site,
        edition.settings.feeds,
        edition.feed_style,
        edition.say,
        edition.date_style,
    )
    return _digest((*shared, recipe.depends(edition)))


def page_fingerprint(kind: bytes, value: object) -> bytes:
    """The kind's fingerprint, then that of the page's own values."""
    return kind + _digest(value)


def _digest(value: object) -> bytes:
    """Of plain values, frozen dataclasses and tuples of them: their repr is the same in every process."""
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()
