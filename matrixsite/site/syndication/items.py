"""What the feeds say, whatever their format: explicit dates and ids, never the time of the build."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice

from matrixsite.config.settings import Account
from matrixsite.editorial.rights import shown
from matrixsite.model import Enclosure
from matrixsite.site import urls
from matrixsite.site.edition import Edition
from matrixsite.site.rows import MOST_ROWS, capped, shows_html, title_link, title_of
from matrixsite.site.source import Listed

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

    @property
    def updated(self) -> datetime:
        return max((item.updated for item in self.items), default=EPOCH)


def combined(edition: Edition, path: str) -> Syndicated:
    """The feed of the whole matrix: its newest 100 stories, at most `feeds.limit` of a member."""
    site = edition.settings.site
    stories = capped(
        edition.source.feed_stories(), edition, a_member=edition.settings.feeds.limit, limit=MOST_ROWS
    )
    title, description = site.title, site.description or site.title
    return _syndicated(title, description, urls.HOME, path, stories, edition)


def of_account(id_: str, edition: Edition) -> Syndicated:
    """The feed of one account: its newest 100 entries."""
    account = edition.accounts[id_]
    newest = islice(edition.source.newest_of(id_, MOST_ROWS), MOST_ROWS)
    description = account.intro or account.name
    page, path = urls.account_page(id_), urls.account_feed(id_)
    return _syndicated(account.name, description, page, path, newest, edition)


def _syndicated(
    title: str, description: str, page: str, path: str, listed: Iterable[Listed], edition: Edition
) -> Syndicated:
    site = edition.settings.site
    chosen = list(listed)
    texts = {one.entry.id: one.entry.html for one in edition.source.entries(_with_text(chosen, edition))}
    return Syndicated(
        title=xml_text(title),
        description=xml_text(description),
        language=site.language,
        home=urls.absolute(site.url, page),
        address=urls.absolute(site.url, path),
        items=tuple(_item(one, texts.get(one.entry.id, ""), edition) for one in chosen),
    )


def _with_text(listed: Iterable[Listed], edition: Edition) -> list[str]:
    """Ids of those whose whole text may go out: only these are worth loading."""
    return [one.entry.id for one in listed if shows_html(edition.accounts[one.entry.account])]


def _item(listed: Listed, html: str, edition: Edition) -> Item:
    entry, account = listed.entry, edition.accounts[listed.entry.account]
    part = shown(replace(entry, html=html), account)
    leads = title_link(listed, account, title_of(part))
    updated = max(entry.published, entry.corrected or entry.published)
    return Item(
        id=xml_text(entry.feed_id),
        title=xml_text(leads.title),
        url=xml_text(leads.href if leads.external else urls.absolute(edition.settings.site.url, leads.href)),
        original=xml_text(entry.url),
        excerpt=xml_text(part.excerpt),
        html=xml_text(part.html),
        cover=xml_text(part.cover),
        published=entry.published.astimezone(edition.zone),
        updated=updated.astimezone(edition.zone),
        authors=tuple(xml_text(author) for author in entry.authors) or (xml_text(account.name),),
        tags=tuple(xml_text(topic) for topic in part.topics),
        enclosures=part.enclosures,
        source=_source(account, edition),
        rights=f"© {xml_text(account.name)}",
        carriers=listed.carriers,
    )


def _source(account: Account, edition: Edition) -> ItemSource:
    """Where the item was taken from. A fetch URL may hold a token: only the operator can allow its naming."""
    site = edition.settings.site.url
    own = urls.absolute(site, urls.account_feed(account.id))
    fetched = next((feed.url for feed in account.feeds if not feed.local), "") if account.public else ""
    page = urls.absolute(site, urls.account_page(account.id))
    return ItemSource(xml_text(account.name), page, xml_text(fetched) or own)


def xml_text(text: str) -> str:
    """The text without what XML can't carry; names come from files that anyone may edit."""
    return _NOT_XML.sub("", text)
