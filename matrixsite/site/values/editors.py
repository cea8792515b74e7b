"""What the pages that editors write have in common: their words, pictures and picks, and the ways from former ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from markupsafe import Markup

from matrixsite.editorial.markup import rebased
from matrixsite.editorial.picks import Pick
from matrixsite.site import urls
from matrixsite.site.contexts.frame import Head, Link, Picture, RedirectPage
from matrixsite.site.contexts.rows import Row
from matrixsite.site.edition import Edition
from matrixsite.site.rows import MOST_ROWS, story_rows
from matrixsite.site.source import Listed, Scope


def picked_rows(picks: Sequence[Pick], scope: Scope, limit: int, edition: Edition) -> tuple[Row, ...]:
    """The editors' picks in their order with their notes, then the newest of the rule, each story once."""
    seen: set[str] = set()
    chosen: list[Listed] = []
    named = edition.source.found([pick.ref.text for pick in picks])
    picked = (replace(named[pick.ref.text], note=pick.note) for pick in picks if pick.ref.text in named)
    for item in chain(picked, edition.source.newest(scope, limit + len(picks))):
        if len(chosen) < limit and item.entry.story not in seen:
            seen.add(item.entry.story)
            chosen.append(item)
    return story_rows(chosen, edition)


def chosen_rows(picks: Sequence[Pick], edition: Edition) -> tuple[Row, ...]:
    """The editors' picks in their order with their notes, each story once, and nothing beside them."""
    return picked_rows(picks, Scope(accounts=()), MOST_ROWS, edition)


def moved(title: str, path: str, edition: Edition) -> RedirectPage:
    """What stands at a former address of the page at `path`."""
    canonical = edition.absolute(path)
    return RedirectPage(Head(title, canonical, noindex=True), Link(title, path))


def picture(address: str) -> Picture | None:
    """A picture by its address, or by its path in content/, which is published under the same path."""
    return Picture(address, external="://" in address) if address else None


def account_picture(address: str) -> Picture | None:
    """A picture of an account: an address, or a path beside feeds.yaml; of the latter only content/ is published."""
    if "://" in address:
        return picture(address)
    return picture(address.removeprefix("content/")) if address.startswith("content/") else None


def editors_words(html: str, path: str) -> Markup:
    """The editors' words, sanitised when they were read, with their addresses as seen from this page."""
    return Markup(rebased(html, urls.root_of(path))) if html else Markup()
