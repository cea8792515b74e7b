"""Member lists as OPML 2.0 (opml.org/spec2): what feed readers import."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from matrixsite.config.settings import Account, Group, Settings


def members_opml(settings: Settings) -> bytes:
    """The accounts with feeds, as outlines below their groups, which nest; an account in several groups stands in each.

    A fetch URL may hold a token or a private host, so it is named only for `public: true`; other accounts are
    represented by their feed on our site.
    """
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = settings.site.title
    body = SubElement(root, "body")
    grouped: dict[str, list[Account]] = {group.id: [] for group in settings.groups}
    for account in settings.accounts:
        for name in account.groups if account.feeds else ():
            grouped[name].append(account)
    outlines: dict[str, Element] = {}
    parents = {group.id: group for group in settings.groups}

    def outline_of(group: Group) -> Element:
        if group.id not in outlines:
            above = outline_of(parents[group.parent]) if group.parent in parents else body
            outlines[group.id] = SubElement(above, "outline", text=group.name, title=group.name)
        return outlines[group.id]

    for group in settings.groups:
        if grouped[group.id]:
            _outlines(outline_of(group), grouped[group.id], settings)
    _outlines(body, [account for account in settings.accounts if not account.groups], settings)
    indent(root)
    markup: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{markup}\n'.encode()


def _outlines(parent: Element, accounts: list[Account], settings: Settings) -> None:
    for account in accounts:
        feed = next((feed.url for feed in account.feeds if account.public and not feed.local), "")
        if not account.feeds:
            continue
        attributes = {
            "type": "rss",
            "text": account.name,
            "title": account.name,
            "xmlUrl": feed or f"{settings.site.url}/accounts/{account.id}/feed.atom.xml",
            "htmlUrl": account.home or f"{settings.site.url}/accounts/{account.id}/",
        }
        SubElement(parent, "outline", attributes)
