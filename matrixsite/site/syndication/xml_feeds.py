"""RSS 2.0 and Atom 1.0 by feedgen, but for the entries of Atom; every date and the order of items given."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from feedgen.feed import FeedGenerator

from matrixsite.site.syndication.atom_entries import atom_entry
from matrixsite.site.syndication.items import Syndicated


def rss(feed: Syndicated) -> bytes:
    """The feed as RSS 2.0."""
    generator = _generator(feed)
    for item in feed.items:
        entry = generator.add_entry(order="append")
        entry.title(item.title or item.url)
        if item.url:
            entry.link(href=item.url, rel="alternate")
        if item.excerpt:
            entry.summary(item.excerpt)
        entry.author([{"name": name} for name in item.authors])
        entry.category([{"term": tag} for tag in item.tags])
        entry.published(item.published)
        entry.updated(item.updated)
        entry.guid(item.id, permalink=False)
        entry.source(url=item.source.feed, title=item.source.title)
        if item.html:
            entry.content(item.html, type="CDATA")
        for file in item.enclosures[:1]:  # readers expect one (rssboard.org/rss-profile)
            entry.enclosure(file.url, file.length, file.type)
    document = bytes(generator.rss_str(pretty=True))
    if feed.hub:  # feedgen would take it for the link of the channel
        hub = f'    <atom:link href={quoteattr(feed.hub)} rel="hub"/>\n'
        document = document.replace(b"    <atom:link ", hub.encode() + b"    <atom:link ", 1)
    return _styled(document, feed)


def atom(feed: Syndicated) -> bytes:
    """The feed as Atom 1.0, each entry with an atom:source (RFC 4287, 4.2.11)."""
    generator = _generator(feed)
    if feed.hub:
        generator.link(href=feed.hub, rel="hub")
    frame: bytes = generator.atom_str(pretty=True)
    head, end, rest = frame.rpartition(b"</feed>")
    return _styled(head + "".join(map(atom_entry, feed.items)).encode() + end + rest, feed)


def _styled(document: bytes, feed: Syndicated) -> bytes:
    """With a style sheet for people who open the feed (W3C xml-stylesheet; CSS, for XSLT is on its way out)."""
    if not feed.style:
        return document
    declaration, end, rest = document.partition(b"?>\n")
    return (
        declaration
        + end
        + f'<?xml-stylesheet type="text/css" href={quoteattr(feed.style)}?>\n'.encode()
        + rest
    )


def _generator(feed: Syndicated) -> FeedGenerator:
    generator = FeedGenerator()
    generator.id(feed.address)
    generator.title(feed.title)
    generator.description(feed.description)
    generator.language(feed.language)
    generator.link(href=feed.address, rel="self")
    generator.link(href=feed.home, rel="alternate")
    generator.author(name=feed.title)
    generator.updated(feed.updated)
    generator.lastBuildDate(feed.updated)
    generator.generator("matrixsite")
    return generator
