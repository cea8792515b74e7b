"""The home page, and the page for addresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from matrixsite.site import scopes, urls
from matrixsite.site.contexts.frame import Head, Link, NotFoundPage
from matrixsite.site.contexts.home import CarriedBlock, Glance, HomePage, SectionBlock
from matrixsite.site.contexts.rows import AccountRow
from matrixsite.site.edition import Edition
from matrixsite.site.rows import capped, story_rows
from matrixsite.site.source import Listed, Scope
from matrixsite.site.values.directory import account_rows
from matrixsite.site.values.editors_lists import list_block
from matrixsite.site.values.feeds import feed_links
from matrixsite.site.values.headlines import headline_of_the_day
from matrixsite.site.values.honors import roll_block
from matrixsite.site.values.notices import standing_notices
from matrixsite.site.values.platforms import platform_counts

NEWEST = 20  # stories of a site without sections
SECTION_ROWS = 6
COLUMN_ROWS = 4
CARRIED = 8
A_MEMBER = 2  # stories of one member in a block
ACTIVE = 8  # accounts: a selection of those with the newest entries
WINDOW = timedelta(days=7)


def home_page(edition: Edition) -> HomePage:
    """The day's headline, the most carried and the newest, what the editors made, and the matrix at a glance."""
    running = [column for column in edition.lists[scopes.COLUMNS].values() if column.runs(edition.today)]
    latest = next(iter(edition.rolls.values()), None)
    head = edition.head("", urls.HOME, edition.settings.site.description)
    sections = tuple(_section_blocks(edition))
    return HomePage(
        head=replace(head, feeds=feed_links(edition)),
        notices=standing_notices(edition),
        headline=headline_of_the_day(edition),
        carried=tuple(_most_carried(edition)),
        sections=sections,
        newest=()
        if sections
        else story_rows(_first(edition.source.newest(Scope()), NEWEST, edition), edition),
        columns=tuple(list_block(column, edition, COLUMN_ROWS) for column in running),
        roll=roll_block(latest) if latest else None,
        active=_active_accounts(edition),
        glance=_glance(edition),
    )


def _most_carried(edition: Edition) -> Iterator[CarriedBlock]:
    """Of the week that ends with the newest entry whose date is its own: no clock decides what is shown."""
    newest = edition.source.newest_dated()
    if newest is None:
        return
    members = {account.id: account.member for account in edition.settings.accounts}
    for listed, count in edition.source.most_carried(newest - WINDOW, members, CARRIED):
        for row in story_rows((listed,), edition):
            yield CarriedBlock(row, count)


def _section_blocks(edition: Edition) -> Iterator[SectionBlock]:
    """The top of the menu, but for links away and sections that hold nothing; a story stands in one of them only."""
    told: set[str] = set()
    for section in edition.content.sections:
        if section.link:
            continue
        newest = edition.source.newest(scopes.scope(scopes.SECTIONS, section.id, edition))
        first = _first((one for one in newest if one.entry.story not in told), SECTION_ROWS, edition)
        told |= {one.entry.story for one in first}
        if first:
            link = Link(section.title, urls.front_page(scopes.SECTIONS, section.id))
            yield SectionBlock(link, story_rows(first, edition))


def _first(newest: Iterable[Listed], limit: int, edition: Edition) -> list[Listed]:
    return list(capped(newest, edition, a_member=A_MEMBER, limit=limit))


def _active_accounts(edition: Edition) -> tuple[AccountRow, ...]:
    """Those that published last; in equal minutes, by id."""
    standings = edition.standings
    active = sorted(
        (account for account in edition.accounts.values() if account.id in standings),
        key=lambda account: (-standings[account.id].newest.timestamp(), account.id),
    )
    return account_rows(active[:ACTIVE], edition)


def _glance(edition: Edition) -> Glance:
    counts = edition.source.counts()
    return Glance(
        members=len(edition.accounts_of),
        accounts=len(edition.accounts),
        entries=counts.entries,
        stories=counts.stories,
        platforms=platform_counts(one for one in edition.settings.accounts if one.open_on(edition.today)),
    )


def not_found_page(edition: Edition) -> NotFoundPage:
    return NotFoundPage(Head(edition.say("找不到这个页面"), "", noindex=True))
