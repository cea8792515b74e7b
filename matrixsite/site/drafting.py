"""One page of the site as it would be: made from what editors are writing, before any of it is saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, cast

from matrixsite.config.settings import Settings
from matrixsite.editorial.content import Content
from matrixsite.site import urls
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Kind, Listing
from matrixsite.site.recipes import RECIPES
from matrixsite.site.render import Renderer
from matrixsite.site.source import Listed, Scope, Source
from matrixsite.site.theme import is_ours, override_folder, shipped, theme_folder
from matrixsite.site.values.frame import frame

_KINDS = {
    "columns": Kind.COLUMNS,
    "sections": Kind.SECTIONS,
    "headlines": Kind.HEADLINES,
    "honors": Kind.HONORS,
    "notices": Kind.NOTICES,
    "stories": Kind.STORY,
}
_ALWAYS_ONE = (Kind.HEADLINES, Kind.HONORS, Kind.NOTICES, Kind.HOME)


class WithList:
    """A source whose list of one node is another: that of a rule which no run has looked at yet."""

    def __init__(self, source: Source, node: str, ids: Sequence[str]) -> None:
        self._source, self._node, self._ids = source, node, ids

    def __getattr__(self, name: str) -> Any:
        return getattr(self._source, name)

    def newest(self, scope: Scope, limit: int | None = None) -> Iterator[Listed]:
        """As `Source.newest`; of each story the newest that the list holds."""
        if scope.node != self._node or scope.month:
            yield from self._source.newest(scope, limit)
            return
        by_story = {one.entry.story: one for one in reversed([*self._source.entries(self._ids, wide=False)])}
        yield from islice(reversed(by_story.values()), limit)


class Drafts:
    """Makes pages of one matrix for whoever edits them, by our theme where the site's needs Pelican's settings."""

    def __init__(self, settings: Settings) -> None:
        theme = theme_folder(settings)
        self._theme = theme if is_ours(theme) else next(one for one in shipped("alliance") if one.is_dir())
        self._settings = settings

    def page(self, path: str, content: Content, source: Source | WithList, today: date) -> bytes | None:
        """The page at `path`; None where there is none of the kinds that editors write."""
        kind, key = _unit(path)
        edition = Edition(self._settings, content, cast(Source, source), today)
        for made in RECIPES[kind].make([key], edition):
            if made.path == path:
                value = made.value.values() if isinstance(made.value, Listing) else made.value
                return self._renderer(edition)(path, value)
        return None

    def _renderer(self, edition: Edition) -> Renderer:
        compiled = self._settings.state / "templates"
        compiled.mkdir(parents=True, exist_ok=True)
        overrides = (str(override_folder(self._settings) / "templates"),)
        return Renderer(
            theme=str(self._theme),
            overrides=overrides,
            frame=frame(edition, ()),
            base_path=urls.base_path(self._settings.site.url),
            compiled=str(compiled),
        )


def _unit(path: str) -> tuple[Kind, str]:
    folder, _, rest = path.partition("/")
    kind = _KINDS.get(folder, Kind.HOME)
    return kind, "" if kind in _ALWAYS_ONE else rest.partition("/")[0].removesuffix(".html")
