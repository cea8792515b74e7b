"""How the pages of each kind are made: the table that production follows, in the order of planning."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from matrixsite.registry.opml import members_opml
from matrixsite.site import urls
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
from matrixsite.site.contexts.frame import NotFoundPage, OfflinePage, RedirectPage, WithdrawnPage
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
from matrixsite.site.documents import (
    FeedDocument,
    FileDocument,
    JsonDocument,
    PackedDocument,
    SitemapDocument,
    SitemapIndexDocument,
    TableDocument,
    TextDocument,
)
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Kind, Made, Recipe
from matrixsite.site.scopes import EDITORS
from matrixsite.site.values.accounts import account_inputs, account_pages
from matrixsite.site.values.activity import statistics_pages
from matrixsite.site.values.archives import archive_keys, archive_pages
from matrixsite.site.values.batches import batch_pages
from matrixsite.site.values.boards import board_pages
from matrixsite.site.values.calendars import year_keys, year_pages
from matrixsite.site.values.directory import directory_pages, group_pages
from matrixsite.site.values.editors_lists import list_inputs, list_keys, list_pages
from matrixsite.site.values.entries import entry_units
from matrixsite.site.values.feeds import combined_feeds
from matrixsite.site.values.frame import sitemap_page
from matrixsite.site.values.freshness import freshness_pages
from matrixsite.site.values.headline_tallies import headline_pages
from matrixsite.site.values.home import home_page, not_found_page
from matrixsite.site.values.honors import honor_pages
from matrixsite.site.values.images import image_files, image_keys
from matrixsite.site.values.interfaces import month_files, site_files
from matrixsite.site.values.members import member_inputs, member_pages, members_pages
from matrixsite.site.values.notices import notice_pages
from matrixsite.site.values.organisations import organisation_pages
from matrixsite.site.values.people import people_pages
from matrixsite.site.values.registry import registry_inputs
from matrixsite.site.values.search import search_files, search_index, search_keys, search_page
from matrixsite.site.values.sections import section_inputs, section_keys, section_pages
from matrixsite.site.values.site_archive import archive_inputs, site_archive_keys, site_archive_pages
from matrixsite.site.values.sitemaps import month_keys, month_sitemaps, site_sitemaps, sitemap_inputs
from matrixsite.site.values.sources import source_pages
from matrixsite.site.values.stories import story_units
from matrixsite.site.values.subscribing import subscribe_page
from matrixsite.site.values.topics import topic_keys, topic_pages, topics_page
from matrixsite.site.values.totals import platforms_pages
from matrixsite.site.values.web_app import web_app_files

BATCH = 200  # units of one page, whose values are loaded together


def _each(
    make: Callable[[str, Edition], Iterable[Made]],
) -> Callable[[Sequence[str], Edition], Iterator[Made]]:
    """A recipe that makes unit after unit."""

    def made(keys: Sequence[str], edition: Edition) -> Iterator[Made]:
        for key in keys:
            yield from make(key, edition)

    return made


def _editors_lists(folder: str) -> Recipe:
    """A sort of the editors' lists."""
    return Recipe(
        every=partial(list_keys, folder),
        make=_each(partial(list_pages, folder)),
        values=(ListsPage, ListPage, RedirectPage, FeedDocument),
        depends=partial(list_inputs, folder),
    )


def _one(make: Callable[[Edition], Iterable[Made]], *values: type) -> Recipe:
    """A kind that is one unit, looked at in each build."""
    return Recipe(every=lambda _: ("",), make=lambda _, edition: make(edition), values=values, always=True)


def _home(edition: Edition) -> Iterator[Made]:
    yield Made("", urls.HOME, home_page(edition))
    yield Made("", urls.NOT_FOUND, not_found_page(edition))
    yield Made("", urls.SITEMAP, sitemap_page(edition))
    yield search_page(edition)
    yield Made("", urls.SUBSCRIBE, subscribe_page(edition))


def _directory(edition: Edition) -> Iterator[Made]:
    yield from directory_pages(edition)
    yield from members_pages(edition)


def _programs(edition: Edition) -> Iterator[Made]:
    sitemap = edition.absolute(urls.SITEMAP_INDEX)
    yield Made("", urls.ROBOTS, TextDocument(f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"))
    yield Made("", urls.OPML, TextDocument(members_opml(edition.settings).decode()))
    yield from site_sitemaps(edition)
    yield from site_files(edition)
    yield from search_index(edition)
    yield from web_app_files(edition)


REGISTRY: Mapping[str, Callable[[Edition], Iterable[Made]]] = {
    "batches": batch_pages,
    "organisations": organisation_pages,
    "platforms": platforms_pages,
}

RECIPES: Mapping[Kind, Recipe] = {
    Kind.IMAGE: Recipe(every=image_keys, make=image_files, values=(FileDocument,)),
    Kind.ENTRY: Recipe(
        every=lambda edition: edition.source.entry_ids(),
        make=entry_units,
        values=(EntryPage, WithdrawnPage),
        batch=BATCH,
    ),
    Kind.STORY: Recipe(
        every=lambda edition: edition.source.story_ids(),
        make=story_units,
        values=(StoryPage, RedirectPage, WithdrawnPage),
        batch=BATCH,
    ),
    Kind.ACCOUNT: Recipe(
        every=lambda edition: edition.accounts,
        make=_each(account_pages),
        values=(AccountPage, FeedDocument),
        depends=account_inputs,
    ),
    Kind.MEMBER: Recipe(
        every=lambda edition: edition.accounts_of,
        make=_each(member_pages),
        values=(MemberPage, HonorWallPage, FeedDocument),
        depends=member_inputs,
    ),
    Kind.TOPIC: Recipe(every=topic_keys, make=topic_pages, values=(TopicPage,)),
    Kind.MONTH: Recipe(every=archive_keys, make=_each(archive_pages), values=(MonthPage,)),
    Kind.YEAR: Recipe(every=year_keys, make=_each(year_pages), values=(YearPage,)),
    Kind.ARCHIVE: Recipe(
        every=site_archive_keys,
        make=_each(site_archive_pages),
        values=(ArchivePage, ArchiveMonthPage, ArchiveDayPage),
        depends=archive_inputs,
        batch=1,  # a month has a page a day
    ),
    Kind.SITEMAP: Recipe(
        every=month_keys, make=_each(month_sitemaps), values=(SitemapDocument,), depends=sitemap_inputs
    ),
    Kind.API: Recipe(every=month_keys, make=_each(month_files), values=(JsonDocument,)),
    Kind.SEARCH: Recipe(
        every=search_keys, make=_each(search_files), values=(PackedDocument,), divided=True, batch=1
    ),
    Kind.GROUPS: Recipe(
        every=lambda edition: edition.groups,
        make=_each(group_pages),
        values=(DirectoryPage, FeedDocument),
        depends=registry_inputs,
    ),
    Kind.REGISTRY: Recipe(
        every=lambda _: tuple(REGISTRY),
        make=lambda keys, edition: (made for key in keys for made in REGISTRY[key](edition)),
        values=(BatchesPage, BatchPage, PlatformsPage, OrganisationsPage, OrganisationPage),
        depends=registry_inputs,
        batch=1,
    ),
    Kind.DIRECTORY: _one(_directory, DirectoryPage, MembersPage),
    Kind.SECTIONS: Recipe(
        every=section_keys,
        make=section_pages,
        values=(SectionsPage, SectionPage, FeedDocument),
        depends=section_inputs,
    ),
    **{Kind(folder): _editors_lists(folder) for folder in EDITORS},
    Kind.HONORS: _one(honor_pages, HonorsPage, HonorYearPage, HonorPage, RedirectPage),
    Kind.BOARDS: _one(
        board_pages, BoardsPage, BoardPage, EditionPage, TableDocument, JsonDocument, RedirectPage
    ),
    Kind.PEOPLE: _one(people_pages, PeoplePage, PersonPage, RedirectPage),
    Kind.HEADLINES: _one(
        headline_pages, HeadlinesPage, HeadlineYearPage, BulletinPage, TableDocument, FeedDocument
    ),
    Kind.NOTICES: _one(notice_pages, NoticePage, RedirectPage, TextDocument),
    Kind.SOURCES: _one(source_pages, SourcesPage),
    Kind.TOPICS: _one(topics_page, TopicsPage),
    Kind.STATISTICS: _one(statistics_pages, StatisticsPage, StatisticsYearPage),
    Kind.FRESHNESS: _one(freshness_pages, FreshnessPage),
    Kind.HOME: _one(_home, HomePage, NotFoundPage, SitemapPage, SearchPage, SubscribePage),
    Kind.FEEDS: _one(combined_feeds, FeedDocument),
    Kind.PROGRAMS: _one(
        _programs,
        TextDocument,
        SitemapDocument,
        SitemapIndexDocument,
        JsonDocument,
        PackedDocument,
        OfflinePage,
    ),
}
