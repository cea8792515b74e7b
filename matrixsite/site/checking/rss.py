"""RSS 2.0 (https://www.rssboard.org/rss-specification) and the RSS Advisory Board's profile of it."""

from __future__ import annotations

from lxml import etree

from matrixsite.site.checking.dates import is_rfc_822
from matrixsite.site.checking.elements import absolute_link, require, stated_link, text_of, unique
from matrixsite.site.checking.facts import Notes
from matrixsite.site.checking.findings import ADVICE, FEEDS

_ATOM_LINK = "{http://www.w3.org/2005/Atom}link"


def check_rss(root: etree._Element, notes: Notes) -> None:
    """An `rss` document."""
    channels = root.findall("channel")
    if root.get("version") != "2.0":
        notes.broken(FEEDS, f"its version is {root.get('version')!r}, not 2.0")
    if len(channels) != 1:
        notes.broken(FEEDS, f"it has {len(channels) or 'no'} channel, where one is required")
        return
    _channel(channels[0], notes)
    items = channels[0].findall("item")
    for number, item in enumerate(items, 1):
        _item(item, f"item {number}", notes)
    unique(filter(None, (text_of(item, "guid") for item in items)), notes)


def _channel(channel: etree._Element, notes: Notes) -> None:
    require(channel, ("title", "link", "description"), notes, "the channel")
    _links_and_dates(channel, "the channel", notes)
    selves = [link for link in channel.findall(_ATOM_LINK) if link.get("rel") == "self"]
    if not selves:
        notes.broken(ADVICE, 'the channel has no atom:link with rel="self"')
    for link in selves:
        absolute_link(link.get("href") or "", notes, "the channel's own link")


def _item(item: etree._Element, where: str, notes: Notes) -> None:
    if not (text_of(item, "title") or text_of(item, "description")):
        notes.broken(FEEDS, f"{where} has neither title nor description")
    _links_and_dates(item, where, notes)
    _guid(item, where, notes)
    for enclosure in item.findall("enclosure"):
        stated_link(enclosure.get("url") or "", notes, f"the enclosure of {where}")
        if not (enclosure.get("length") or "").isdecimal() or not enclosure.get("type"):
            notes.broken(FEEDS, f"the enclosure of {where} lacks its length in bytes or its type")
    for source in item.findall("source"):
        absolute_link(source.get("url") or "", notes, f"the source of {where}")


def _links_and_dates(element: etree._Element, where: str, notes: Notes) -> None:
    if link := text_of(element, "link"):
        (absolute_link if element.tag == "channel" else stated_link)(link, notes, f"the link of {where}")
    for name in ("pubDate", "lastBuildDate"):
        if element.find(name) is not None and not is_rfc_822(date := text_of(element, name)):
            notes.broken(FEEDS, f"{name} of {where} is {date!r}, no date of RFC 822")


def _guid(item: etree._Element, where: str, notes: Notes) -> None:
    guid = text_of(item, "guid")
    if not guid:
        notes.broken(ADVICE, f"{where} has no guid")
    elif item.find("guid").get("isPermaLink", "true") != "false":
        absolute_link(guid, notes, f"the guid of {where}, a permalink,")
