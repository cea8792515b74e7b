"""The meta tags of government sites (国办发〔2017〕47号, annex): 3 on the home page, 7 on lists, 10 on articles.

Values are as inspectors' tools read them: a domain without a scheme, times as YYYY-MM-DD HH:MM, nothing empty.
Description, which is recommended, stands on every page already: names of meta tags are compared without case.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matrixsite.site.contexts.entries import EntryPage, StoryPage
from matrixsite.site.contexts.frame import Frame, Moment
from matrixsite.site.describing.subject import Sort, article_of, sort_of
from matrixsite.site.urls import absolute

COLUMN_TYPES = {  # as government sites name them
    Sort.ARTICLE: "工作动态",
    Sort.NEWS: "工作动态",
    Sort.FEATURE: "专题专栏",
    Sort.NOTICE: "通知公告",
    Sort.BODIES: "概况信息",
    Sort.PROFILE: "概况信息",
    Sort.PERSON: "概况信息",
}


def gov_tags(page: Any, path: str, frame: Frame) -> Iterator[tuple[str, str]]:
    """Meta tags as (name, content); none where the site has no such profile."""
    if frame.government is None:
        return
    site = frame.government
    tags = {"SiteName": frame.title, "SiteDomain": site.domain, "SiteIDCode": site.site_code}
    sort, head = sort_of(page), page.head
    if isinstance(page, EntryPage | StoryPage):
        tags |= _column(article_of(page).publisher.title, sort, "", frame)
        tags |= _article(page)
    elif sort is Sort.NOTICE:
        tags |= _column(COLUMN_TYPES[sort], sort, "", frame)
        tags |= {
            "ArticleTitle": page.title,
            "PubDate": page.begins and f"{page.begins} 00:00",
            "ContentSource": frame.organizer,
        }
    elif sort in COLUMN_TYPES:
        tags |= _column(head.title, sort, head.description, frame)
    if not head.noindex and head.canonical:
        tags |= {"Image": head.image, "Url": absolute(frame.url, path)}
    yield from ((name, content) for name, content in tags.items() if content)


def _column(name: str, sort: Sort, description: str, frame: Frame) -> dict[str, str]:
    return {
        "ColumnName": name,
        "ColumnDescription": description or f"{name}，{frame.title}",
        "ColumnKeywords": f"{name},{frame.title}",
        "ColumnType": COLUMN_TYPES[sort],
    }


def _article(page: EntryPage | StoryPage) -> dict[str, str]:
    """Without a date of its own an entry tells when it was taken in, as its page does."""
    article = article_of(page)
    published: Moment = page.published if isinstance(page, EntryPage) else page.original.published
    source = (page.credit or page.outside) if isinstance(page, EntryPage) else page.outside
    return {
        "ArticleTitle": page.title,
        "PubDate": published.minute,
        "ContentSource": source or article.publisher.title,
        "Keywords": ",".join(article.topics),
        "Author": "、".join(article.authors),
    }
