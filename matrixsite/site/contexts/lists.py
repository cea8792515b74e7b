"""Pages of lists: months, sections, topics."""

from __future__ import annotations

from dataclasses import dataclass

from matrixsite.site.contexts.editorial import NoticeBlock
from matrixsite.site.contexts.frame import Head, Link
from matrixsite.site.contexts.rows import MonthRow, Pages, Row


@dataclass(frozen=True, slots=True)
class MonthPage:
    head: Head
    whole: Link  # the list that it is a month of
    one_account: bool  # all rows are of that account
    month: str  # 2026-11
    count: int  # of the month; 0 on later pages, which stay as they are once they are full
    rows: tuple[Row, ...]
    pages: Pages


@dataclass(frozen=True, slots=True)
class SectionNode:
    """A section in the tree of sections."""

    section: Link
    count: int  # stories; 0 for a link
    children: tuple[SectionNode, ...]


@dataclass(frozen=True, slots=True)
class SectionsPage:
    head: Head
    sections: tuple[SectionNode, ...]


@dataclass(frozen=True, slots=True)
class SectionPage:
    head: Head
    notices: tuple[NoticeBlock, ...]
    title: str
    trail: tuple[Link, ...]  # the sections above, outermost first
    children: tuple[Link, ...]
    rows: tuple[Row, ...]
    months: tuple[MonthRow, ...]


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in the list of topics."""

    topic: Link
    entries: int
    members: int


@dataclass(frozen=True, slots=True)
class TopicsPage:
    head: Head
    topics: tuple[TopicRow, ...]  # most used first


@dataclass(frozen=True, slots=True)
class TopicPage:
    head: Head
    topic: str
    entries: int
    members: tuple[Link, ...]  # that use it; at most 100
    member_count: int
    rows: tuple[Row, ...]
