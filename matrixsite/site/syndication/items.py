"""What the feeds say, whatever their format: explicit dates and ids, never the time of the build."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from matrixsite.config.settings import Account
from matrixsite.editorial.rights import shown
from matrixsite.model import Enclosure
from matrixsite.site import urls
from matrixsite.site.contexts.frame import Link
from matrixsite.site.edition import Edition
from matrixsite.site.pictures import body_of, cover_address
from matrixsite.site.rows import MOST_ROWS, capped, shows_html, title_link, title_of
from matrixsite.site.source import Listed, Scope

MOST_ITEMS = 50  # of the feed of one list: days of it, and a size that readers can fetch every hour
UNKNOWN_TYPE = (
    "application/octet-stream"  # of files whose feed names none: all formats want one (RFC 2046, 4.5.1)
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # the date of a feed that has no entries yet
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2: Char


@dataclass(frozen=True, slots=True)
class ItemSource:
    """The feed an item is taken from."""

    title: str
    page: str  # the account's page on our site
    feed: str  # its own feed where it may be named, else the one we publish for it


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    title: str
    url: str  # our page, or the original where we have none
    original: str
    excerpt: str
    html: str
    cover: str
    published: datetime
    updated: datetime
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]
    source: ItemSource
    rights: str
    carriers: int


@dataclass(frozen=True, slots=True)
class Syndicated:
    """One feed with its items, newest first."""

    title: str
    description: str
    language: str
    home: str  # absolute addresses
    address: str
    items: tuple[Item, ...]
    style: str = ""  # of the page that browsers show, from where the feed stands
    hub: str = ""  # that tells subscribers of news

    @property
    def updated(self) -> datetime:
        return max((item.updated for item in self.items), default=EPOCH)


def combined(edition: Edition) -> Callable[[str], Syndicated]:
    """The feed of the whole matrix: its newest 100 stories, at most `feeds.limit` of a member; for any path."""
    site = edition.settings.site
    newest = edition.source.for_feed(Scope())
    stories = capped(newest, edition, a_member=edition.settings.feeds.limit, limit=MOST_ROWS)
    feed = _syndicated(site.title, site.description or site.title, urls.HOME, "", stories, edition)
    return lambda path: placed(feed, path, edition)


def of_list(
    link: Link, path: str, description: str, newest: Iterable[Listed], edition: Edition
) -> Syndicated:
    """The feed of one list with its newest."""
    return _syndicated(link.title, description, link.href, path, newest, edition)


def _syndicated(
    title: str, description: str, page: str, path: str, listed: Iterable[Listed], edition: Edition
) -> Syndicated:
    site = edition.settings.site
    chosen = list(listed)
    texts = edition.source.texts(_with_text(chosen, edition))
    feed = Syndicated(
        title=xml_text(title),
        description=xml_text(description),
        language=site.language,
        home=edition.absolute(page),
        address="",
        items=tuple(item_of(one, texts.get(one.entry.id, ""), edition) for one in chosen),
        hub=site.websub,
    )
    return placed(feed, path, edition)


def placed(feed: Syndicated, path: str, edition: Edition) -> Syndicated:
    """The feed as it stands at `path`."""
    style = edition.feed_style and urls.root_of(path) + edition.feed_style
    return replace(feed, address=edition.absolute(path), style=style)


def _with_text(listed: Iterable[Listed], edition: Edition) -> list[str]:
    """Ids of those whose whole text may go out: only these are worth loading."""
    return [one.entry.id for one in listed if shows_html(edition.accounts[one.entry.account])]


def item_of(listed: Listed, html: str, edition: Edition) -> Item:
    """An entry as an item of a feed."""
    entry, account = listed.entry, edition.accounts[listed.entry.account]
    part = shown(entry, account, html)
    leads = title_link(listed, account, title_of(part))
    updated = max(entry.published, entry.corrected or entry.published)
    return Item(
        id=xml_text(entry.feed_id),
        title=xml_text(leads.title),
        url=xml_text(_address(leads, account, edition)),
        original=xml_text(entry.url),
        excerpt=xml_text(part.excerpt),
        html=xml_text(body_of(part, edition.absolute(""))),
        cover=xml_text(cover_address(part, edition)),
        published=entry.published.astimezone(edition.zone),
        updated=updated.astimezone(edition.zone),
        authors=tuple(xml_text(author) for author in entry.authors) or (xml_text(account.name),),
        tags=tuple(xml_text(topic) for topic in part.topics),
        enclosures=tuple(map(_enclosure, part.enclosures)),
        source=_source(account, edition),
        rights=f"© {xml_text(account.name)}",
        carriers=listed.carriers,
    )


def _enclosure(file: Enclosure) -> Enclosure:
    return Enclosure(xml_text(file.url), xml_text(file.type) or UNKNOWN_TYPE, file.length)


def _address(leads: Link, account: Account, edition: Edition) -> str:
    """Where a reader is sent. Atom wants a link for each item: one that has none anywhere leads to its account."""
    if leads.external and leads.href:
        return leads.href
    return edition.absolute(leads.href or urls.account_page(account.id))


def _source(account: Account, edition: Edition) -> ItemSource:
    """Where the item was taken from. A fetch URL may hold a token: only the operator can allow its naming."""
    own = edition.absolute(urls.account_feed(account.id))
    fetched = next((feed.url for feed in account.feeds if not feed.local), "") if account.public else ""
    page = edition.absolute(urls.account_page(account.id))
    return ItemSource(xml_text(account.name), page, xml_text(fetched) or own)


def xml_text(text: str) -> str:
    """The text without what XML can't carry; names come from files that anyone may edit."""
    return _NOT_XML.sub("", text)
