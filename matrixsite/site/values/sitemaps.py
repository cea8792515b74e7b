"""The sitemap (sitemaps.org/protocol.html): a file a month, one for the fronts, and the index that names them.

Only pages that are their own canonical address stand in it: no stub, no redirect, and no whole text, whose canonical
address is the original's. A date in it is that of an entry, never that of a build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice

from matrixsite.site import scopes, urls
from matrixsite.site.documents import SitemapDocument, SitemapIndexDocument
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.paging import page_count
from matrixsite.site.rows import has_page, own_canonical
from matrixsite.site.source import Listed, Scope
from matrixsite.site.values.badges import walls
from matrixsite.site.values.registry import registry_links
from matrixsite.site.values.site_archive import stories_by_day
from matrixsite.site.values.topics import topic_keys

EVERYTHING = Scope(every_entry=True)
MOST_PAGES = 50_000  # of one file, as the protocol has it
MOST_ENTRIES = 20_000  # of one file: with the stories they begin and their archives, below that


def month_keys(edition: Edition) -> Iterator[str]:
    """The months that any entry is shown of."""
    return (month.name for month in edition.source.months(EVERYTHING))


def month_sitemaps(month: str, edition: Edition) -> Iterator[Made]:
    """The entries and stories of a month, and its archives; a story stands in the month of its first carrier."""
    stories = {carriers[0].entry.id: carriers for carriers in edition.source.stories(month)}
    listed = edition.source.oldest(EVERYTHING.within(month))
    seen: set[tuple[str, str]] = set()
    number = 0
    while part := list(islice(listed, MOST_ENTRIES)):
        number += 1
        lists = [found for found in _lists(part, month, edition, first=number == 1) if found not in seen]
        seen.update(lists)
        addresses = (
            *_entries(part, edition),
            *_stories([stories[one.entry.id] for one in part if one.entry.id in stories], edition),
            *((edition.absolute(urls.month_page(*found, month)), "") for found in lists),
            *((edition.absolute(path), "") for path in (_days(month, edition) if number == 1 else ())),
        )
        yield Made(month, urls.sitemap_month(month, number), SitemapDocument(addresses))


def site_sitemaps(edition: Edition) -> Iterator[Made]:
    """The fronts of the site, and the index of all sitemaps."""
    fronts = iter(dict.fromkeys(_fronts(edition)))
    paths: list[str] = []
    while part := list(islice(fronts, MOST_PAGES)):
        path = urls.sitemap_pages(len(paths) + 1)
        paths.append(path)
        yield Made("", path, SitemapDocument(tuple((edition.absolute(front), "") for front in part)))
    for month in edition.source.months(EVERYTHING):
        parts = range(1, page_count(month.count, MOST_ENTRIES) + 1)
        paths += [urls.sitemap_month(month.name, number) for number in parts]
    index = SitemapIndexDocument(tuple(edition.absolute(path) for path in paths))
    yield Made("", urls.SITEMAP_INDEX, index)


def sitemap_inputs(edition: Edition) -> object:
    """The lists by rule and the members with archives: what else of them changes the outbox tells."""
    return tuple(_ruled(edition)), tuple(sorted(edition.alone))


def _entries(listed: Iterable[Listed], edition: Edition) -> Iterator[tuple[str, str]]:
    for one in listed:
        account = edition.accounts.get(one.entry.account)
        if account and has_page(one, account) and own_canonical(one.entry, account):
            yield edition.absolute(one.entry.path), _iso(_changed(one), edition)


def _stories(stories: Iterable[Sequence[Listed]], edition: Edition) -> Iterator[tuple[str, str]]:
    for carriers in stories:
        path = urls.story_page(carriers[0].entry.story)
        yield edition.absolute(path), _iso(max(map(_changed, carriers)), edition)


def _lists(listed: Sequence[Listed], month: str, edition: Edition, *, first: bool) -> list[tuple[str, str]]:
    """The lists with an archive of the month: those of these accounts and, in the first file, those by rule."""
    accounts = dict.fromkeys(one.entry.account for one in listed if one.entry.account in edition.accounts)
    within = chain.from_iterable(scopes.lists_with(name, edition) for name in accounts)
    found = {each for each in within if scopes.exists(*each, edition)}
    ruled = _ruled(edition) if first else ()
    with_rows = (each for each in ruled if edition.source.months(scopes.scope(*each, edition).within(month)))
    return [*sorted(found), *with_rows]


def _days(month: str, edition: Edition) -> Iterator[str]:
    """The month of the whole site, and its days."""
    yield urls.archive_month(month)
    yield from (urls.archive_day(month, day.day) for day in stories_by_day(month, edition))


def _years(edition: Edition) -> Iterable[str]:
    return dict.fromkeys(month.name[:4] for month in edition.source.months(EVERYTHING))


def _ruled(edition: Edition) -> Iterator[tuple[str, str]]:
    return (each for each in scopes.announced(edition) if each[0] in scopes.BY_RULE)


def _fronts(edition: Edition) -> Iterator[str]:
    """Every page that is no entry, story or archive, by its first page; the editors' own last."""
    yield from (urls.HOME, urls.SITEMAP, urls.SUBSCRIBE, urls.DIRECTORY, urls.MEMBERS, urls.SOURCES)
    yield from (urls.ARCHIVE, urls.STATISTICS, *map(urls.statistics_year, _years(edition)))
    yield from (urls.FRESHNESS,) if edition.settings.freshness.public else ()
    yield from (link.href for link in registry_links(edition))
    yield from map(urls.batch_page, edition.batches)
    yield from map(urls.organisation_page, edition.bodies)
    content = edition.content
    parts = (
        (urls.SECTIONS, edition.sections),
        *((urls.all_of(folder), edition.announced[folder]) for folder in scopes.EDITORS),
        (urls.HONORS, edition.rolls),
        (urls.BOARDS, edition.boards),
        (urls.people(), edition.people),
        (urls.HEADLINES, [one for one in content.headlines if one.date <= edition.today]),
    )
    yield from (front for front, there in parts if there)
    yield from (urls.front_page(*each) for each in scopes.announced(edition))
    yield from map(urls.member_page, edition.accounts_of)
    yield from map(urls.honor_wall, walls(edition))
    yield from (urls.honor_year(roll.year) for roll in edition.rolls.values())
    yield from map(urls.honor_page, edition.rolls)
    for board in edition.boards:
        yield urls.front_page(urls.BOARDS_FOLDER, board.id)
        yield from (urls.board_edition(board.id, one.period.text) for one in board.editions)
    yield from map(urls.person_page, edition.people)
    topics = [urls.topic_page(topic) for topic in topic_keys(edition)]
    yield from (urls.TOPICS, *topics) if topics else ()
    yield from (link.href for link in edition.editors_pages)


def _changed(listed: Listed) -> datetime:
    entry = listed.entry
    return max(entry.published, entry.corrected or entry.published)


def _iso(moment: datetime, edition: Edition) -> str:
    return edition.moment(moment).iso
