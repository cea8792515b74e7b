"""What entry and story pages say by the editors' word: kinds, series, and rebuttals."""

from __future__ import annotations

from matrixsite.editorial.rights import shown
from matrixsite.site import scopes
from matrixsite.site.contexts.entries import Belongs
from matrixsite.site.contexts.frame import Link
from matrixsite.site.edition import Edition
from matrixsite.site.labels import Labels
from matrixsite.site.rebuttals import Outside, Rebuttals
from matrixsite.site.rows import title_link, title_of
from matrixsite.site.source import Listed


def belongs(story: str, entries: tuple[str, ...], labels: Labels, edition: Edition) -> Belongs:
    """Of these entries of a story; what the text rebuts, and what rebuts it, holds for all who carry it."""
    said = edition.rebuttals.get(story) or Rebuttals()
    return Belongs(
        kinds=labels.links(scopes.KINDS, *entries),
        series=labels.links(scopes.SERIES, *entries),
        rebuts=tuple(_link(one, edition) for one in said.rebuts),
        rebutted_by=tuple(_link(one, edition) for one in said.rebutted_by),
    )


def _link(one: Listed | Outside, edition: Edition) -> Link:
    if isinstance(one, Outside):
        return Link(one.title, one.url, external=True)
    account = edition.accounts[one.entry.account]
    return title_link(one, account, title_of(shown(one.entry, account)))
