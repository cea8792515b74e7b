"""What the pages and rows of entries say they belong to: the kinds that they bear, the series that they are part of."""

from __future__ import annotations

from collections.abc import Collection
from operator import itemgetter

from matrixsite.site import scopes
from matrixsite.site.contexts.frame import Link
from matrixsite.site.edition import Edition


class Labels:
    """Kinds and series of some entries, asked for at once; of a site without either nothing is asked."""

    def __init__(self, ids: Collection[str], edition: Edition) -> None:
        self._edition = edition
        there = edition.lists[scopes.KINDS] or edition.lists[scopes.SERIES]
        self._nodes = edition.source.nodes_of(ids) if there else {}

    def names(self, folder: str, *entries: str) -> tuple[str, ...]:
        """The ids of the lists of a folder that one of these entries stands in; editors may order lists anew."""
        nodes = {node for entry in entries for node in self._nodes.get(entry, ())}
        lists = self._edition.announced[folder].items()
        return tuple(name for name, one in sorted(lists, key=itemgetter(0)) if one.node in nodes)

    def links(self, folder: str, *entries: str) -> tuple[Link, ...]:
        """The same with their titles and pages."""
        names = self.names(folder, *entries) if self._nodes else ()
        return tuple(scopes.list_link(folder, name, self._edition) for name in names)
