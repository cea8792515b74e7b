"""The home page, what stands on every page, and the page for addresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matrixsite.site import urls
from matrixsite.site.contexts import AccountRow, FeedLink, Frame, Head, HomePage, Link, NotFoundPage
from matrixsite.site.directory import account_rows
from matrixsite.site.edition import Edition
from matrixsite.site.rows import capped, story_rows
from matrixsite.site.values.editorial import column_block, roll_block

NEWEST = 20  # stories on the home page
A_MEMBER = 2  # of one member in a block
COLUMN_ROWS = 5
ACCOUNTS = 12  # a selection of those with the newest entries

FEED_TYPES = {
    "rss": (urls.FEED_RSS, "application/rss+xml"),
    "atom": (urls.FEED_ATOM, "application/atom+xml"),
    "json": (urls.FEED_JSON, "application/feed+json"),
}


def home_page(edition: Edition) -> HomePage:
    """The newest of the matrix, its columns and honors, and itself at a glance."""
    counts = edition.source.counts()
    newest = capped(edition.source.newest_stories(), edition, a_member=A_MEMBER, limit=NEWEST)
    running = [column for column in edition.columns.values() if column.runs(edition.today)]
    latest = next(iter(edition.rolls.values()), None)
    head = edition.head("", urls.HOME, edition.settings.site.description)
    return HomePage(
        head=replace(head, feeds=_feeds(edition)),
        newest=story_rows(newest, edition),
        columns=tuple(column_block(column, edition, COLUMN_ROWS) for column in running),
        roll=roll_block(latest) if latest else None,
        accounts=_active_accounts(edition),
        account_count=len(edition.accounts),
        member_count=len(edition.accounts_of),
        entry_count=counts.entries,
        story_count=counts.stories,
    )


def _active_accounts(edition: Edition) -> tuple[AccountRow, ...]:
    """Those that published last; in equal minutes, by id."""
    standings = edition.standings
    active = sorted(
        (account for account in edition.accounts.values() if account.id in standings),
        key=lambda account: (-standings[account.id].newest.timestamp(), account.id),
    )
    return account_rows(active[:ACCOUNTS], edition)


def _feeds(edition: Edition) -> tuple[FeedLink, ...]:
    title = edition.settings.site.title
    return tuple(FeedLink(title, *FEED_TYPES[name]) for name in edition.settings.feeds.formats)


def not_found_page(edition: Edition) -> NotFoundPage:
    return NotFoundPage(Head(edition.say("找不到这个页面"), "", noindex=True))


def frame(edition: Edition, pages: Sequence[Link] = ()) -> Frame:
    """What every page shows. `pages` are the editors' own, which Pelican writes."""
    site = edition.settings.site
    menu = [Link(edition.say("首页"), urls.HOME), Link(edition.say("账号名录"), urls.DIRECTORY)]
    menu += [Link(edition.say("专栏"), urls.COLUMNS)] if edition.columns else []
    menu += [Link(edition.say("榜单"), urls.HONORS)] if edition.rolls else []
    return Frame(
        title=site.title,
        description=site.description,
        language=site.language,
        menu=(*menu, *pages),
        organizer=site.organizer,
        contact=_reach(site.contact),
        takedown=_reach(site.takedown),
        icp=site.icp,
        police=site.police,
        news_licence=site.news_licence,
        feeds=_feeds(edition),
    )


def _reach(text: str) -> Link | None:
    """A way to reach someone, as the operator wrote it: an address, a mailbox, or words."""
    if not text:
        return None
    if text.startswith(("http://", "https://", "mailto:", "tel:")):
        return Link(text.removeprefix("mailto:").removeprefix("tel:"), text, external=True)
    if "@" in text and " " not in text:
        return Link(text, f"mailto:{text}", external=True)
    return Link(text)
