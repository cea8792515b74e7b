"""Open Graph (ogp.me) and Twitter cards: what messengers show of a link. Rights decide what the page's head holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matrixsite.site.contexts.entries import EntryPage, StoryPage
from matrixsite.site.contexts.frame import Frame
from matrixsite.site.describing.subject import Article, article_of
from matrixsite.site.urls import absolute


def open_graph(page: Any, path: str, frame: Frame) -> Iterator[tuple[str, str, str]]:
    """Meta tags as (attribute, its value, content); none for pages that aren't to be found."""
    head = page.head
    if head.noindex or not head.canonical:
        return
    article = article_of(page) if isinstance(page, EntryPage | StoryPage) else None
    yield "property", "og:type", "article" if article else "website"
    yield "property", "og:title", head.title or frame.title
    yield "property", "og:site_name", frame.title
    yield "property", "og:url", absolute(frame.url, path)
    yield "property", "og:locale", frame.language.replace("-", "_")
    if head.description:
        yield "property", "og:description", head.description
    if head.image:
        yield "property", "og:image", head.image
    yield "name", "twitter:card", "summary_large_image" if head.image else "summary"
    if article:
        yield from _article(article)


def _article(article: Article) -> Iterator[tuple[str, str, str]]:
    if article.published:
        yield "property", "article:published_time", article.published.iso
    if article.modified:
        yield "property", "article:modified_time", article.modified.iso
    for topic in article.topics:
        yield "property", "article:tag", topic
