"""RSS 2.0 and Atom 1.0 by feedgen, every date and the order of items given."""

from __future__ import annotations

from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from matrixsite.model import Enclosure
from matrixsite.site.syndication.items import Item, ItemSource, Syndicated

ATOM = "http://www.w3.org/2005/Atom"


def rss(feed: Syndicated) -> bytes:
    """The feed as RSS 2.0."""
    generator = _generator(feed)
    for item in feed.items:
        entry = _entry(generator, item)
        entry.guid(item.id, permalink=False)
        entry.source(url=item.source.feed, title=item.source.title)
        if item.html:
            entry.content(item.html, type="CDATA")
        for file in item.enclosures[:1]:  # readers expect one (rssboard.org/rss-profile)
            entry.enclosure(file.url, file.length, file.type)
    return bytes(generator.rss_str(pretty=True))


def atom(feed: Syndicated) -> bytes:
    """The feed as Atom 1.0, each entry with an atom:source (RFC 4287, 4.2.11)."""
    generator = _generator(feed)
    generator.register_extension("origin", BaseExtension, Origin)
    for item in feed.items:
        entry = _entry(generator, item)
        entry.id(item.id)
        entry.rights(item.rights)
        entry.origin.source, entry.origin.files = item.source, item.enclosures
        if item.html:
            entry.content(item.html, type="html")
    return bytes(generator.atom_str(pretty=True))


class Origin(BaseEntryExtension):  # type: ignore[misc]  # feedgen is untyped
    """What feedgen 1.0 leaves out of an entry: its atom:source, and that links to files are enclosures."""

    source: ItemSource
    files: tuple[Enclosure, ...]

    def extend_atom(self, entry: Any) -> Any:
        for file in self.files:
            length = {"length": str(file.length)} if file.length else {}
            etree.SubElement(
                entry, f"{{{ATOM}}}link", rel="enclosure", type=file.type, href=file.url, **length
            )
        source = etree.SubElement(entry, f"{{{ATOM}}}source")
        etree.SubElement(source, f"{{{ATOM}}}id").text = self.source.feed
        etree.SubElement(source, f"{{{ATOM}}}title").text = self.source.title
        etree.SubElement(source, f"{{{ATOM}}}link", rel="self", href=self.source.feed)
        etree.SubElement(source, f"{{{ATOM}}}link", rel="alternate", href=self.source.page)
        return entry


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


def _entry(generator: FeedGenerator, item: Item) -> FeedEntry:
    """What both formats say the same way."""
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
    return entry
