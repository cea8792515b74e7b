"""What a page is about, in the terms that vocabularies for programs share: an article, a list, a body, the site."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from matrixsite.site.contexts.accounts import (
    AccountPage,
    DirectoryPage,
    HonorWallPage,
    MemberPage,
    MembersPage,
)
from matrixsite.site.contexts.boards import BoardPage, BoardsPage, EditionPage
from matrixsite.site.contexts.editorial import HeadlinesPage, HonorPage, HonorsPage, HonorYearPage, NoticePage
from matrixsite.site.contexts.editors_lists import ListPage, ListsPage
from matrixsite.site.contexts.entries import EntryPage, StoryPage
from matrixsite.site.contexts.frame import Link, Moment
from matrixsite.site.contexts.home import HomePage
from matrixsite.site.contexts.lists import MonthPage, SectionPage, SectionsPage, TopicPage, TopicsPage
from matrixsite.site.contexts.people import PeoplePage, PersonPage
from matrixsite.site.contexts.registry import BatchesPage, BatchPage, OrganisationsPage


class Sort(Enum):
    """What sort of page it is."""

    SITE = auto()  # the home page
    ARTICLE = auto()  # an entry, a story
    NOTICE = auto()
    NEWS = auto()  # a list of entries
    FEATURE = auto()  # a list that editors made
    BODIES = auto()  # members, accounts, people, honors
    PROFILE = auto()  # of one member or account
    PERSON = auto()
    OTHER = auto()


SORTS: dict[type, Sort] = {
    HomePage: Sort.SITE,
    EntryPage: Sort.ARTICLE,
    StoryPage: Sort.ARTICLE,
    NoticePage: Sort.NOTICE,
    **dict.fromkeys((MonthPage, SectionPage, SectionsPage, TopicPage, TopicsPage, HeadlinesPage), Sort.NEWS),
    **dict.fromkeys((ListPage, ListsPage), Sort.FEATURE),
    **dict.fromkeys((DirectoryPage, MembersPage, PeoplePage, HonorsPage), Sort.BODIES),
    **dict.fromkeys((HonorYearPage, HonorPage, HonorWallPage), Sort.BODIES),
    **dict.fromkeys((BoardsPage, BoardPage, EditionPage), Sort.BODIES),
    **dict.fromkeys((BatchesPage, BatchPage, OrganisationsPage), Sort.BODIES),
    **dict.fromkeys((AccountPage, MemberPage), Sort.PROFILE),
    PersonPage: Sort.PERSON,
}
LISTS = frozenset({Sort.NEWS, Sort.FEATURE, Sort.BODIES})


def sort_of(page: Any) -> Sort:
    """The sort of a page, by the type of its values."""
    return SORTS.get(type(page), Sort.OTHER)


@dataclass(frozen=True, slots=True)
class Article:
    """An entry, or the text that the entries of a story carry: no more of it than its page shows."""

    publisher: Link  # the account
    published: Moment | None  # None where its feed said no date
    modified: Moment | None
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    original: str = ""  # where it was published


def article_of(page: EntryPage | StoryPage) -> Article:
    """What the page says of its text."""
    if isinstance(page, EntryPage):
        published = None if page.inferred else page.published
        return Article(page.account, published, page.corrected, page.authors, page.topics, page.original.href)
    row = page.original
    return Article(row.account, row.published, row.corrected, original=row.href if row.external else "")


def trail_of(page: Any) -> tuple[Link, ...]:
    """What lies between the home page and this one, as the page itself shows it."""
    match page:
        case SectionPage() | DirectoryPage():
            return page.trail
        case ListPage():
            return (page.all,)
        case MonthPage():
            return (page.whole,)
        case EntryPage():
            return (page.account,)
        case HonorWallPage():
            return (page.member,)
        case EditionPage():
            return (page.board,)
    return ()
