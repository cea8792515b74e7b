"""The page that tells which feeds there are, and how to subscribe to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from matrixsite.site import scopes, urls
from matrixsite.site.contexts.frame import Link
from matrixsite.site.contexts.home import FeedGroup, SubscribePage
from matrixsite.site.edition import Edition
from matrixsite.site.rows import MOST_ROWS
from matrixsite.site.values.editors_lists import sort_title
from matrixsite.site.values.feeds import feed_links


def subscribe_page(edition: Edition) -> SubscribePage:
    """The feeds of the matrix, of its sections, lists and groups; those of accounts stand on their pages."""
    head = edition.head(edition.say("订阅"), urls.SUBSCRIBE)
    return SubscribePage(
        head=replace(head, feeds=feed_links(edition)),
        combined=feed_links(edition),
        groups=tuple(_groups(edition)),
        members=urls.OPML,
        directory=Link(edition.say("账号名录"), urls.DIRECTORY),
    )


def _groups(edition: Edition) -> Iterator[FeedGroup]:
    lists: dict[str, list[str]] = {}
    for folder, name in scopes.announced(edition):
        lists.setdefault(folder, []).append(name)
    titles = {scopes.SECTIONS: edition.say("板块"), scopes.GROUPS: edition.say("各分组")}
    ways = {scopes.SECTIONS: urls.SECTIONS, scopes.GROUPS: urls.DIRECTORY}
    for folder in (*scopes.BY_RULE, scopes.GROUPS):
        if names := lists.get(folder):
            title = titles.get(folder) or sort_title(folder, edition)
            way = ways.get(folder) or urls.all_of(folder)
            yield _group(folder, names, Link(title, way), edition)


def _group(folder: str, names: Sequence[str], way: Link, edition: Edition) -> FeedGroup:
    feeds = tuple(
        Link(scopes.list_link(folder, name, edition).title, urls.list_feed(folder, name))
        for name in names[:MOST_ROWS]
    )
    return FeedGroup(way.title, feeds, way if len(names) > len(feeds) else None)
