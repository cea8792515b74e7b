"""What there is to make: kinds of pages, and units of them that are planned, rendered and removed together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from matrixsite.site.edition import Edition


class Kind(StrEnum):
    """What a page is about. The order is that of planning."""

    IMAGE = "image"  # key: the digest of a copy of a publisher's picture
    ENTRY = "entry"  # entry id
    STORY = "story"  # story id, a former one too
    ACCOUNT = "account"
    MEMBER = "member"
    TOPIC = "topic"
    MONTH = "month"  # <folder>/<id>/<yyyy>/<mm>: archives of accounts, members, groups, and of lists by rule
    YEAR = "year"  # <folder>/<id>/<yyyy>: calendars of accounts and members
    ARCHIVE = "archive"  # <yyyy>/<mm>, of the whole site; nothing: the page of them all
    SITEMAP = "sitemap"  # <yyyy>/<mm>
    API = "api"  # <yyyy>/<mm>
    SEARCH = "search"  # a period of time, see search/segments.py
    GROUPS = "groups"
    REGISTRY = "registry"  # batches, organisations, platforms
    SECTIONS = "sections"  # section id; nothing: the tree
    COLUMNS = "columns"  # column id; nothing: the list of them all
    SERIES = "series"  # likewise
    CAMPAIGNS = "campaigns"
    KINDS = "kinds"  # what editors call kinds: 辟谣, 公开信, …
    DIRECTORY = (
        "directory"  # from here on all units of a kind are looked at in each build that has anything to do
    )
    HONORS = "honors"
    BOARDS = "boards"
    PEOPLE = "people"
    HEADLINES = "headlines"
    NOTICES = "notices"
    TOPICS = "topics"
    SOURCES = "sources"
    STATISTICS = "statistics"
    FRESHNESS = "freshness"  # where `freshness: {public: true}`
    HOME = "home"
    FEEDS = "feeds"
    PROGRAMS = "programs"  # robots.txt, members.opml, of the sitemap and api/ what is of no month
    PELICAN = "pelican"  # what pelican itself writes: the editors' pages, the theme's static files; key: path


@dataclass(frozen=True, slots=True)
class Made:
    """A page with the values it shows; `key` is its unit's."""

    key: str
    path: str
    value: Any  # or a Listing, which gives it


@dataclass(frozen=True, slots=True)
class Listing:
    """The values of a page of a long list, which are looked up only if something of it changed.

    The full pages of a month are as they were on most nights: telling costs a fraction of looking up their rows.
    """

    ids: tuple[str, ...]  # of the entries it shows, in order
    around: object  # all else that it shows, as plain values
    values: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the pages of a kind are made."""

    every: Callable[[Edition], Iterable[str]]  # the keys of all its units
    make: Callable[[Sequence[str], Edition], Iterable[Made]]  # the pages of these units
    values: tuple[type, ...]  # the types of values it makes: they name the templates
    depends: Callable[[Edition], object] = lambda _: None  # what else all its pages show, as plain values
    always: bool = False  # few units, cheap to look at: no need to know which changed
    divided: bool = (
        False  # its units divide something anew as that grows: units come and go without being touched
    )
    batch: int = 20  # units that are looked at together
