"""The values that flow between the stages: frozen, picklable, made of tuples and UTC-aware datetimes.

    bytes ─fetch─► Answer ─parse─► ParsedFeed(RawEntry…) ─clean─► CleanEntry ─store─► Entry

Each stage takes only what it needs and gives a value of its own; no value is changed after it is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a feed failed, is degraded or paused: a code that `registry.health` turns into a sentence and a mend.

    `detail` is for people (a status, a host, a count); it never holds credentials.
    """

    code: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.code} ({self.detail})" if self.detail else self.code


# --- fetch ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Request:
    """One feed to ask for, with what it told us last time. `url` is http(s) or the path of a local file."""

    key: str  # the feed's key in the matrix
    url: str
    etag: str = ""  # sent back exactly as received
    modified: str = ""  # Last-Modified, sent back exactly as received
    digest: bytes = b""  # blake2b-16 of the last body


class Outcome(StrEnum):
    """What asking a feed came to."""

    NEW = "new"  # a body that differs from the last one
    SAME = "same"  # 304, or the same bytes as last time
    FAILED = "failed"
    GONE = "gone"  # 410


@dataclass(frozen=True, slots=True)
class Answer:
    """What a feed answered. A network fault is an answer too (`FAILED` with a reason), never an exception."""

    key: str
    outcome: Outcome
    url: str = ""  # where the body came from, after redirects: the base of relative links
    body: bytes = b""  # decompressed
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    digest: bytes = b""
    moved_to: str = ""  # the address that a chain of only 301/308 led to
    status: int = 0  # HTTP status, 0 for local files and network faults
    retry_after: float = 0.0  # seconds the host asked us to stay away
    reason: Reason | None = None  # for FAILED and GONE


# --- parse ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that an entry brings along."""

    url: str
    type: str = ""  # media type as stated
    length: int = 0  # octets, 0 where unknown


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One item as its document gives it: text as published, nothing cleaned, nothing resolved.

    Kept compressed in the store, so that a mended cleaner can be run over the archive again.
    """

    guid: str = ""
    link: str = ""  # the rel=alternate link, else a permalink guid that was absolute in the source
    title: str = ""
    title_is_html: bool = False  # the title may hold markup or entities that stand for markup
    summary: str = ""  # HTML
    content: str = ""  # HTML; empty where the feed has only a summary
    base: str = ""  # absolute xml:base in force for this item; empty where the document's address rules
    published: str = ""  # date as written
    updated: str = ""  # date as written
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    image: str = ""  # cover named by the feed itself (media:thumbnail, itunes:image, JSON Feed image)
    source_title: str = ""  # inner <source>: where an aggregator took it from
    source_url: str = ""
    rights: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """One document read. `error` says that it is no feed at all; `problems`, what had to be mended or cut."""

    format: str = ""  # rss20, rss10, atom10, json11, csv, …
    title: str = ""
    link: str = ""
    entries: tuple[RawEntry, ...] = ()
    deleted: tuple[str, ...] = ()  # ids that its tombstones name (RFC 6721)
    truncated: bool = False  # the document ended early: its last entry may be a stump
    problems: tuple[Reason, ...] = ()
    error: Reason | None = None


# --- clean ---------------------------------------------------------------------------------------------------------


class Media(StrEnum):
    """What an entry mainly brings."""

    TEXT = "text"
    IMAGE = "image"  # pictures with hardly any text
    AUDIO = "audio"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class CleanEntry:
    """One item made safe: plain-text fields hold no markup, `html` only what the allow-list lets through.

    All addresses are absolute http or https (or empty). Nothing here is escaped for output: that is the page's duty.
    """

    title: str  # plain text, one line; may be empty
    url: str = ""  # the entry's own page as published, made absolute
    canonical_url: str = ""  # for comparison only: scheme folded, trackers gone, platform rules applied
    html: str = ""  # sanitised body
    text: str = ""  # its plain text, one line a block
    excerpt: str = (
        ""  # up to 160 characters after leading furniture; empty where nothing goes beyond the title
    )
    cover: str = ""  # image that stands for the entry
    media: Media = Media.TEXT
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()  # from #话题#
    enclosures: tuple[Enclosure, ...] = ()
    credit: str = ""  # the X of a 来源：X line
    placeholder: bool = False  # a platform's removal or access-check notice stands where the text should be
    removed: bool = False  # that notice says that the text was taken back


# --- store ---------------------------------------------------------------------------------------------------------


class Status(StrEnum):
    """Whether an entry stands on the site. One function decides: `editorial.status.status_of`."""

    SHOWN = "shown"
    HELD = "held"  # kept back until an editor approves
    WITHDRAWN = "withdrawn"  # by an editor's word
    GONE = "gone"  # removed by its publisher
    DORMANT = "dormant"  # its account left feeds.yaml


@dataclass(frozen=True, slots=True)
class Mirrored:
    """A copy of a picture, which the site shows in the place of the original."""

    url: str  # of the original, as published
    digest: str  # names the copy
    width: int  # in pixels
    height: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as one account published it, as the store keeps it. Times are UTC."""

    id: str
    account: str
    feed: str  # key of the feed it came by
    guid: str
    url: str  # as published
    canonical_url: str
    title: str
    published: datetime  # frozen at first sight
    inferred: bool  # published is our first sight, not the feed's word
    updated: datetime | None  # the feed's own word
    first_seen: datetime
    corrected: datetime | None  # when its words were last seen to change
    backfill: bool  # came with its feed's first fetch: never today's news
    path: str  # YYYY/MM/<id>.html, frozen
    feed_id: str  # its id in our feeds, the same in all formats
    story: str
    status: Status
    version: int  # counts the changes of this row
    html: str
    text: str
    excerpt: str
    cover: str
    media: Media
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    topics: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]
    credit: str
    held_by: str = ""  # the operator's word that holds it, where one does
    original: bool = True  # names its story's original
    outside: str = ""  # whom outside the matrix its story's carriers name as their source; only in exports
    evidence: str = ""  # why it is in its story (`dedup.verdict.Evidence`); only in exports
    contains: tuple[str, ...] = ()  # the stories that it rounds up; only in exports
    mirrored: tuple[
        Mirrored, ...
    ] = ()  # copies of its pictures that there are, by address; only for the site
