"""The Pelican plugin: a generator that makes our pages between pelican's own.

It is inert in a pelican run whose settings carry no `MATRIXSITE` and which has no feeds.yaml beside content/. There
stands an `Assignment` where `matrixsite build` drives pelican, or in a pelicanconf the path of a feeds.yaml: then a
plain `pelican` makes the site of the matrix as its last update left it. Nothing of ours becomes an Article, a Page, a
Category or an Author, and our pages don't go through pelican's Writer.

Pelican imports installed namespace plugins in every run, so nothing of ours is imported before it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican import signals
from pelican.generators import Generator

if TYPE_CHECKING:
    from matrixsite.site.contexts.frame import Frame
    from matrixsite.site.edition import Edition
    from matrixsite.site.production import Production
    from matrixsite.site.render import Renderer

SETTING = "MATRIXSITE"
FEEDS_YAML = "feeds.yaml"
_NOT_FOR_THEMES = (SETTING, "THEME", "PLUGINS", "matrix", "page", "article", "_", "date_style")
_OURS = (  # folders of content/
    *("columns", "series", "campaigns", "people", "headlines", "notices", "honors", "tasks", "measures"),
)


@dataclass(slots=True)
class Assignment:
    """What a run is to make, and what came of it: `done` stays None where our generator never ran."""

    edition: Edition
    produce: Callable[[Edition, Renderer], Production]
    done: Production | None = field(default=None, init=False)


class MatrixGenerator(Generator):  # type: ignore[misc]  # pelican is untyped
    """Makes all pages of the matrix."""

    assignment: Assignment
    frame: Frame

    def generate_context(self) -> None:
        """Give pelican's own pages the frame that ours have; the editors' pages are known by now."""
        from matrixsite.site.contexts.frame import Link
        from matrixsite.site.theme import static_of
        from matrixsite.site.values.frame import frame, page_menus

        self.assignment = _assignment(self.settings)
        pages = tuple(Link(str(page.title), page.save_as) for page in self.context["pages"])
        static = static_of(Path(self.theme) / folder for folder in self.settings["THEME_STATIC_PATHS"])
        self.assignment.edition = replace(self.assignment.edition, editors_pages=pages, static=static)
        self.frame = self.context["matrix"] = frame(self.assignment.edition, pages)
        self.context["page_menus"] = page_menus(self.assignment.edition)
        self.context["_"] = self.assignment.edition.say
        self.context["date_style"] = self.assignment.edition.date_style

    def generate_output(self, writer: Any) -> None:
        """Make what is stale."""
        from matrixsite.site.compiled import compiled_folder
        from matrixsite.site.render import Renderer
        from matrixsite.site.theme import is_ours
        from matrixsite.site.urls import base_path

        edition, theme = self.assignment.edition, str(self.theme)
        plain = not isinstance(self.settings[SETTING], Assignment)
        overrides = tuple(map(str, self.settings["THEME_TEMPLATES_OVERRIDES"]))
        render = Renderer(
            theme=theme,
            overrides=overrides,
            frame=self.frame,
            base_path=base_path(edition.settings.site.url),
            theme_settings=() if is_ours(self.theme) else self._for_theme(plain=plain),
            # made with other tags, templates are other code
            compiled=None if plain else str(compiled_folder(edition.settings.state)),
            host=self.env if plain else None,
        )
        self.assignment.done = self.assignment.produce(edition, render)

    def _for_theme(self, *, plain: bool) -> tuple[tuple[str, Any], ...]:
        """What themes may ask for, but for the addresses and feeds that are ours, and places on this disk.

        In a build, settings of plain values: they decide whether pages are made again. A plain run makes all of them,
        so themes get what pelican gives its own pages: articles, categories, tags, …
        """
        given = {**self.context, **self.settings} if plain else self.settings
        return tuple(
            (name, value)
            for name, value in sorted(given.items())
            if not name.endswith(("PATH", "PATHS", "OVERRIDES", "URL", "URLS"))
            and "FEED" not in name
            and name not in _NOT_FOR_THEMES
            and (plain or (name.isupper() and _is_plain(value)))
        )


def _assignment(settings: Mapping[str, Any]) -> Assignment:
    """The one that `matrixsite build` gave, or that of a plain run."""
    given = settings[SETTING]
    if isinstance(given, Assignment):
        return given
    from matrixsite.site.plain import plain_assignment

    return plain_assignment(settings)


def _is_plain(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float)


def prepare(pelican: Any) -> None:
    """In a plain run: keep pelican from reading the editors' files as articles, and from writing what we write."""
    settings = pelican.settings
    if SETTING not in settings and (Path(settings["PATH"]).parent / FEEDS_YAML).is_file():
        settings[SETTING] = FEEDS_YAML
    if isinstance(settings.get(SETTING), str):
        settings["ARTICLE_EXCLUDES"] = [*settings["ARTICLE_EXCLUDES"], *_OURS]
        settings["DIRECT_TEMPLATES"] = [name for name in settings["DIRECT_TEMPLATES"] if name != "index"]
        settings["FEED_ALL_ATOM"] = None  # feeds/all.atom.xml by default


def get_generators(pelican: Any) -> type[Generator] | None:
    """Our generator, where the run is one of ours."""
    return MatrixGenerator if SETTING in pelican.settings else None


def register() -> None:
    """Called by pelican."""
    signals.initialized.connect(prepare)
    signals.get_generators.connect(get_generators)


def unregister() -> None:
    """Leave no receiver behind for the next run in this process."""
    signals.initialized.disconnect(prepare)
    signals.get_generators.disconnect(get_generators)
