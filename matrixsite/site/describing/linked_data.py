"""JSON-LD (schema.org) of a page: only what is true and what the page itself shows.

The publisher of an article is the account that published it, not this site; a text whose rights show no excerpt has no
description here either.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from matrixsite.site.contexts.accounts import AccountPage, MemberPage
from matrixsite.site.contexts.entries import EntryPage, StoryPage
from matrixsite.site.contexts.frame import Frame, Link
from matrixsite.site.contexts.people import PersonPage
from matrixsite.site.describing.subject import LISTS, Sort, article_of, sort_of, trail_of
from matrixsite.site.urls import HOME, absolute

HEADLINE = 110  # characters that search engines read of a headline


def linked_data(page: Any, path: str, frame: Frame) -> Markup:
    """The page as JSON-LD that may stand in a script element as it is; empty where there is nothing to say."""
    head = page.head
    if head.noindex or not head.canonical:
        return Markup()
    graph = [node for node in (_subject(page, path, frame), _crumbs(page, path, frame)) if node]
    if not graph:
        return Markup()
    document = {"@context": "https://schema.org", "@graph": graph}
    return htmlsafe_json_dumps(document, ensure_ascii=False, separators=(",", ":"))


def _subject(page: Any, path: str, frame: Frame) -> Mapping[str, Any]:
    sort = sort_of(page)
    if isinstance(page, EntryPage | StoryPage):
        return _article(page, path, frame)
    if isinstance(page, AccountPage | MemberPage):
        return _profile(page, path, frame)
    if isinstance(page, PersonPage):
        person = _said("Person", name=page.name, jobTitle=page.role, description=page.intro)
        return _page("ProfilePage", page, path, frame) | {"mainEntity": person}
    if sort is Sort.SITE:
        return _site(frame)
    if sort in LISTS:
        return _page("CollectionPage", page, path, frame)
    return _page("WebPage", page, path, frame) if sort is Sort.NOTICE else {}


def _site(frame: Frame) -> Mapping[str, Any]:
    publisher = _said("Organization", name=frame.organizer) if frame.organizer else None
    return _said(
        "WebSite",
        name=frame.title,
        url=absolute(frame.url, HOME),
        description=frame.description,
        inLanguage=frame.language,
        publisher=publisher,
    )


def _article(page: EntryPage | StoryPage, path: str, frame: Frame) -> Mapping[str, Any]:
    article, head = article_of(page), page.head
    publisher = _said("Organization", name=article.publisher.title, url=_address(article.publisher, frame))
    published = article.published.iso if article.published else ""
    return _said(
        "NewsArticle",
        headline=head.title[:HEADLINE],
        url=absolute(frame.url, path),
        mainEntityOfPage=head.canonical,
        datePublished=published,
        dateModified=article.modified.iso if article.modified else published,
        author=[_said("Person", name=name) for name in article.authors] or publisher,
        publisher=publisher,
        description=head.description,
        image=head.image,
        keywords=list(article.topics),
        isBasedOn=article.original,
        inLanguage=frame.language,
    )


def _profile(page: AccountPage | MemberPage, path: str, frame: Frame) -> Mapping[str, Any]:
    """The page of a body; `sameAs` is its own site, or its account's page on the platform."""
    body = _said(
        "Organization",
        name=page.name,
        description=page.intro,
        url=absolute(frame.url, path),
        sameAs=page.home.href if page.home else "",
    )
    if isinstance(page, AccountPage) and page.member:
        body["parentOrganization"] = _said(
            "Organization", name=page.member.title, url=_address(page.member, frame)
        )
    return _page("ProfilePage", page, path, frame) | {"mainEntity": body}


def _page(kind: str, page: Any, path: str, frame: Frame) -> dict[str, Any]:
    site = _said("WebSite", name=frame.title, url=absolute(frame.url, HOME))
    return _said(
        kind,
        name=page.head.title,
        url=absolute(frame.url, path),
        description=page.head.description,
        inLanguage=frame.language,
        isPartOf=site,
    )


def _crumbs(page: Any, path: str, frame: Frame) -> Mapping[str, Any]:
    """The way from the home page; nothing where the page shows none."""
    trail = trail_of(page)
    if not trail:
        return {}
    steps = [(frame.title, absolute(frame.url, HOME))]
    steps += [(link.title, _address(link, frame)) for link in trail]
    steps.append((page.head.title, absolute(frame.url, path)))
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _address(link: Link, frame: Frame) -> str:
    return link.href if link.external or not link.href else absolute(frame.url, link.href)


def _said(kind: str, **properties: object) -> dict[str, Any]:
    """A node with what is known of it."""
    return {"@type": kind} | {name: value for name, value in properties.items() if value}
