"""The feeds that the site publishes: of the whole matrix in every format, of each list as Atom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from matrixsite.site import scopes, urls
from matrixsite.site.contexts.frame import FeedLink
from matrixsite.site.documents import FeedDocument
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.source import Listed
from matrixsite.site.syndication.items import MOST_ITEMS, combined, of_list


@dataclass(frozen=True, slots=True)
class Format:
    """A format that the whole matrix is published in."""

    title: str
    path: str
    type: str


ATOM = Format("Atom", urls.FEED_ATOM, "application/atom+xml")
FORMATS = {
    "rss": Format("RSS", urls.FEED_RSS, "application/rss+xml"),
    "atom": ATOM,
    "json": Format("JSON Feed", urls.FEED_JSON, "application/feed+json"),
}


def formats(edition: Edition) -> Mapping[str, Format]:
    """Those that the settings name."""
    return {name: FORMATS[name] for name in edition.settings.feeds.formats}


def feed_links(edition: Edition) -> tuple[FeedLink, ...]:
    """The feeds of the whole matrix, as pages announce them."""
    title = edition.settings.site.title
    return tuple(FeedLink(title, each.path, each.type) for each in formats(edition).values())


def combined_feeds(edition: Edition) -> Iterator[Made]:
    """The newest stories of all, in each format that the settings name."""
    stories = combined(edition)
    for name, each in formats(edition).items():
        yield Made("", each.path, FeedDocument(name, stories(each.path)))


def list_feed(key: str, folder: str, name: str, description: str, edition: Edition) -> Made:
    """The Atom feed of one list."""
    newest = edition.source.for_feed(scopes.scope(folder, name, edition), MOST_ITEMS)
    return feed_of(newest, key, folder, name, description, edition)


def feed_of(
    newest: Iterable[Listed], key: str, folder: str, name: str, description: str, edition: Edition
) -> Made:
    """The Atom feed of one list whose newest are at hand: each story by whoever stood for it first."""
    path = urls.list_feed(folder, name)
    link = scopes.list_link(folder, name, edition)
    return Made(key, path, FeedDocument("atom", of_list(link, path, description, newest, edition)))
