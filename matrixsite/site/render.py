"""A page's values into its bytes: a pure function of values, theme and frame, for any process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Undefined,
    pass_context,
)
from jinja2.runtime import Context

from matrixsite.site import charts
from matrixsite.site.compiled import Compiled
from matrixsite.site.contexts.accounts import (
    AccountPage,
    DirectoryPage,
    HonorWallPage,
    MemberPage,
    MembersPage,
    SourcesPage,
)
from matrixsite.site.contexts.activity import FreshnessPage, StatisticsPage, StatisticsYearPage, YearPage
from matrixsite.site.contexts.archive import ArchiveDayPage, ArchiveMonthPage, ArchivePage
from matrixsite.site.contexts.boards import BoardPage, BoardsPage, EditionPage
from matrixsite.site.contexts.editorial import (
    HeadlinesPage,
    HonorPage,
    HonorsPage,
    HonorYearPage,
    NoticePage,
)
from matrixsite.site.contexts.editors_lists import ListPage, ListsPage
from matrixsite.site.contexts.entries import EntryPage, StoryPage
from matrixsite.site.contexts.frame import Frame, NotFoundPage, OfflinePage, RedirectPage, WithdrawnPage
from matrixsite.site.contexts.headlines import BulletinPage, HeadlineYearPage
from matrixsite.site.contexts.home import HomePage, SitemapPage, SubscribePage
from matrixsite.site.contexts.lists import MonthPage, SectionPage, SectionsPage, TopicPage, TopicsPage
from matrixsite.site.contexts.people import PeoplePage, PersonPage
from matrixsite.site.contexts.registry import (
    BatchesPage,
    BatchPage,
    OrganisationPage,
    OrganisationsPage,
    PlatformsPage,
)
from matrixsite.site.contexts.search import SearchPage
from matrixsite.site.describing.gov_tags import gov_tags
from matrixsite.site.describing.linked_data import linked_data
from matrixsite.site.describing.open_graph import open_graph
from matrixsite.site.documents import Document
from matrixsite.site.urls import ANYWHERE, root_of
from matrixsite.site.words import words
from matrixsite.site.words.dates import date_style

TEMPLATES: Mapping[type, str] = {
    HomePage: "home",
    EntryPage: "entry",
    StoryPage: "story",
    AccountPage: "account",
    MonthPage: "month",
    DirectoryPage: "directory",
    ListsPage: "editors_lists",
    ListPage: "editors_list",
    HonorsPage: "honors",
    HonorPage: "honor",
    HonorYearPage: "honor_year",
    BoardsPage: "boards",
    BoardPage: "board",
    EditionPage: "board_edition",
    PeoplePage: "people",
    PersonPage: "person",
    HeadlinesPage: "headlines",
    HeadlineYearPage: "headline_year",
    BulletinPage: "bulletin",
    NoticePage: "notice",
    SourcesPage: "sources",
    SitemapPage: "sitemap",
    SubscribePage: "subscribe",
    StatisticsPage: "statistics",
    FreshnessPage: "freshness",
    StatisticsYearPage: "statistics_year",
    YearPage: "year",
    ArchivePage: "archive",
    ArchiveMonthPage: "archive_month",
    ArchiveDayPage: "archive_day",
    MemberPage: "member",
    HonorWallPage: "honor_wall",
    MembersPage: "members",
    BatchesPage: "batches",
    BatchPage: "batch",
    PlatformsPage: "platforms",
    OrganisationsPage: "organisations",
    OrganisationPage: "organisation",
    SectionPage: "section",
    SectionsPage: "sections",
    TopicPage: "topic",
    TopicsPage: "topics",
    SearchPage: "search",
    RedirectPage: "redirect",
    WithdrawnPage: "withdrawn",
    NotFoundPage: "not_found",
    OfflinePage: "offline",
}

PIECES: Mapping[str, str] = {
    "parts": "matrix/parts.html",
    "lists": "matrix/lists.html",
    "charts": "matrix/charts.html",
    "register": "matrix/register.html",
}
"""Macros that every template of ours finds under these names; the later use the earlier."""

PAGE_TEMPLATES = Path(__file__).parent / "templates"
_PELICAN = find_spec("pelican")  # not imported: workers need no more of it than where its simple theme lies
_SIMPLE = Path(_PELICAN.origin if _PELICAN and _PELICAN.origin else "").parent / "themes/simple/templates"


@dataclass(frozen=True)
class Renderer:
    """Templates of one theme with one frame."""

    theme: str  # folder of the theme
    overrides: tuple[str, ...]  # folders of templates that come before the theme's
    frame: Frame
    base_path: str  # the site's root on its host, for pages that answer anywhere
    theme_settings: tuple[tuple[str, Any], ...] = ()  # of pelican; only for themes that aren't ours
    compiled: str | None = None  # the folder that keeps templates as they were compiled
    host: Environment | None = field(
        default=None, compare=False
    )  # a plain pelican's, with what its plugins add
    _by_root: dict[str, dict[str, Any]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __call__(self, path: str, page: Any) -> bytes:
        """The bytes of the page at `path`: a document writes itself, any other value is shown by its template."""
        template = template_of(type(page))
        if not template:
            document: Document = page
            return document.to_bytes()
        root = self.base_path if path in ANYWHERE else root_of(path)
        shared = self._by_root.get(root) or self._shared(root)
        return encode(self.environment.get_template(template).render(shared, page=page, path=path))

    def prepare(self) -> None:
        """Read all templates now, and import what writes feeds: for workers to inherit."""
        import_module("matrixsite.site.syndication.xml_feeds")
        for value in TEMPLATES:
            self.environment.get_template(template_of(value))

    def __reduce__(self) -> tuple[Any, ...]:
        """On its way to another machine, without what was compiled here."""
        return Renderer, (
            *(self.theme, self.overrides, self.frame, self.base_path, self.theme_settings, self.compiled),
        )

    @cached_property
    def environment(self) -> Environment:
        """The templates that it renders with.

        Overrides come first, then the theme's templates, so that either may replace any page of ours in `matrix/`. A
        template that replaces another may extend it: `!theme/…` is the theme's own, `!matrix/…` the package's,
        `!simple/…` pelican's. A foreign theme may ask for settings that nobody made.
        """
        own = Path(self.theme) / "templates"
        environment = Environment(
            loader=ChoiceLoader(
                [
                    FileSystemLoader([*self.overrides, own, PAGE_TEMPLATES]),
                    PrefixLoader(
                        {
                            "!theme": FileSystemLoader(own),
                            "!matrix": FileSystemLoader(PAGE_TEMPLATES / "matrix"),
                            "!simple": FileSystemLoader(_SIMPLE),
                        }
                    ),
                ]
            ),
            autoescape=True,
            undefined=Undefined if self.theme_settings else StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=Compiled(self.compiled, "matrix") if self.compiled else None,
        )
        environment.globals |= {
            "_": words(self.frame.language),
            "date_style": date_style(self.frame.language, official=self.frame.government is not None),
            "open_graph": open_graph,
            "linked_data": linked_data,
            "gov_tags": gov_tags,
            "draw": charts,
        }
        if self.host is not None:
            _extend(environment, self.host)
        return environment

    def _shared(self, root: str) -> dict[str, Any]:
        """What all pages that lie equally deep have in common: menus, footers and macros are made once for them."""
        shared: dict[str, Any] = {
            **_theme_values(self.frame, self.theme_settings, root),
            "root": root,
            "SITEURL": _site_url(root),
            "kept": _kept if self.theme_settings else Kept(),
        }
        for name, template in PIECES.items():
            shared[name] = self.environment.get_template(template).make_module(shared)
        self._by_root[root] = shared
        return shared


def _extend(environment: Environment, host: Environment) -> None:
    """Give templates the filters, tests, globals, tags and objects that pelicanconf and plugins gave pelican's own."""
    environment.filters = {**host.filters, **environment.filters}
    environment.tests = {**host.tests, **environment.tests}
    environment.globals = {**host.globals, **environment.globals}
    for name, extension in host.extensions.items():
        environment.extensions[name] = extension.bind(environment)
    for name, value in vars(host).items():  # such as the assets that an extension's tags ask for
        if not hasattr(environment, name):
            setattr(environment, name, value)


class Kept:
    """Blocks of the theme that show the same on all pages of one template: `{{ kept("footer", super) }}`."""

    def __init__(self) -> None:
        self._blocks: dict[tuple[str | None, str], str] = {}

    @pass_context
    def __call__(self, context: Context, name: str, block: Callable[[], str]) -> str:
        """The block as it was made first; a template that overrides a part of it has its own."""
        key = context.name, name
        if key not in self._blocks:
            self._blocks[key] = block()
        return self._blocks[key]


def _kept(name: str, block: Callable[[], str]) -> str:
    """A foreign theme may show in its header which page this is: nothing of it is kept."""
    return block()


def _site_url(root: str) -> str:
    """What themes put before "/" and a path: nothing where that already leads to the root of the host."""
    return root.rstrip("/") if root.startswith("/") else root.rstrip("/") or "."


def encode(text: str) -> bytes:
    """UTF-8; a lone surrogate, which has no bytes, becomes a visible reference instead of a failed night."""
    return text.encode("utf-8", "xmlcharrefreplace")


def _theme_values(frame: Frame, theme_settings: tuple[tuple[str, Any], ...], root: str) -> dict[str, object]:
    """The names that a Pelican theme's base.html expects, so that any theme can stand around our pages."""
    values = {
        "SITESUBTITLE": frame.description,
        "DEFAULT_LANG": frame.language,
        "THEME_STATIC_DIR": "theme",
        "CSS_FILE": "main.css",
        **dict(theme_settings),
    }
    menu = [(link.title, link.href if link.external else root + link.href) for link in frame.menu]
    return values | {
        "matrix": frame,
        "SITENAME": frame.title,
        "MENUITEMS": (*menu, *values.get("MENUITEMS", ())),
        "DISPLAY_PAGES_ON_MENU": False,  # they are in our menu
        "DISPLAY_CATEGORIES_ON_MENU": False,
    }


def template_of(value: type) -> str:
    """The template that shows values of this type; empty for documents, which need none."""
    name = TEMPLATES.get(value, "")
    return name and f"matrix/{name}.html"
