"""The tables. Times are whole seconds since 1970 (UTC); lists are JSON text; nothing here knows a driver.

Wide columns (raw, html, text) stand last in `entry`, so that lists never read them from disk.
"""

from __future__ import annotations

import sqlalchemy
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    and_,
    exists,
    or_,
)

SCHEMA_VERSION = 9

# Texts are in the order of their bytes on every database, whatever the language of a server's: pages are the same.
String = sqlalchemy.String().with_variant(sqlalchemy.String(collation="C"), "postgresql")
Text = sqlalchemy.Text().with_variant(sqlalchemy.Text(collation="C"), "postgresql")

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("command", String, nullable=False),
    Column("now", BigInteger, nullable=False),  # --now: dates what is first seen
    Column("started", BigInteger, nullable=False),
    Column("ended", BigInteger),
    Column("outcome", String, nullable=False, default="running"),
)

account = Table(  # what the store last knew of the settings, to find what a change of them touches
    "account",
    metadata,
    Column("id", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("present", Boolean, nullable=False),
)

account_shown = Table(  # what sites last heard of an account
    "account_shown",
    metadata,
    Column("id", String, primary_key=True),
    Column("digest", String, nullable=False),  # of all that pages show of it
    Column("lists", Text, nullable=False),  # its member and groups, JSON
)

feed = Table(
    "feed",
    metadata,
    Column("key", String, primary_key=True),
    Column("account", String, nullable=False, index=True),
    Column("url", Text, nullable=False),  # as configured when last asked
    Column("etag", Text, nullable=False, default=""),
    Column("modified", Text, nullable=False, default=""),
    Column("digest", LargeBinary, nullable=False, default=b""),
    Column("moved_to", Text, nullable=False, default=""),
    Column("moved_seen", Integer, nullable=False, default=0),
    Column("adopted", Text, nullable=False, default=""),
    Column("failures", Integer, nullable=False, default=0),
    Column("failing_since", BigInteger),
    Column("next_try", BigInteger),
    Column("paused_since", BigInteger),
    Column("paused_reason", Text, nullable=False, default=""),
    Column("last_checked", BigInteger),
    Column("last_success", BigInteger),
    Column("last_new", BigInteger),
    Column("reason", Text, nullable=False, default=""),
    Column("health", String, nullable=False, default="new"),
    Column("health_since", BigInteger),
    Column("problems", Text, nullable=False, default=""),  # what had to be mended or cut in the last document
    Column("identity", String, nullable=False, default="guid"),  # the identity policy in force
    Column("identity_since", BigInteger),  # when it was degraded
    Column("snapshot", LargeBinary, nullable=False, default=b""),  # digests of the last document's items
    Column("title", Text, nullable=False, default=""),
    Column("format", String, nullable=False, default=""),
    Column("hosts", Text, nullable=False, default=""),  # of its items' pages, JSON
    # documents in a row in which entries that the store had came under other dates
    Column("restamped", Integer, nullable=False, default=0, server_default="0"),
)

finding = Table(  # what was odd with a feed, from when to when: see registry.watch
    "finding",
    metadata,
    Column("feed", String, nullable=False),
    Column("watch", String, nullable=False),  # registry.watch.Watch
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger),  # null: it still is
    Column("reason", String, nullable=False),  # code
    Column("detail", Text, nullable=False),
    PrimaryKeyConstraint("feed", "watch", "since"),
)

entry = Table(
    "entry",
    metadata,
    Column("id", String, primary_key=True),
    Column("account", String, nullable=False),
    Column("feed", String, nullable=False),
    Column("identity", LargeBinary, nullable=False, unique=True),  # blake2b-16 of account and identity
    Column("guid", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("canonical_url", Text, nullable=False),
    Column("url_key", BigInteger),  # hash of canonical_url; null where it can't tell entries apart
    Column("title_key", BigInteger),  # hash of the bare title; null where it has no words
    Column("title", Text, nullable=False),
    Column("published", BigInteger, nullable=False),
    Column("inferred", Boolean, nullable=False),
    Column("updated", BigInteger),
    Column("first_seen", BigInteger, nullable=False),
    Column("corrected", BigInteger),
    Column("backfill", Boolean, nullable=False),
    Column("path", String, nullable=False),
    Column("month", String, nullable=False),  # YYYY/MM of path
    Column("feed_id", Text),  # null until the entry has a story
    Column("story", String),  # null: waits for dedup
    Column("status", String, nullable=False),
    Column("held_by", Text, nullable=False, default=""),
    Column("gone", Boolean, nullable=False, default=False),  # its publisher took it back
    Column("removal_seen", BigInteger),  # first night of the sign that its publisher did; null: no sign
    Column("purged", Boolean, nullable=False, default=False),
    Column("version", Integer, nullable=False, default=1),
    Column("media", String, nullable=False),
    Column("credit", Text, nullable=False),
    Column("authors", Text, nullable=False),
    Column("categories", Text, nullable=False),
    Column("topics", Text, nullable=False),
    Column("enclosures", Text, nullable=False),
    Column("cover", Text, nullable=False),
    Column("excerpt", Text, nullable=False),
    Column("words", LargeBinary, nullable=False),  # blake2b-16 of title and text: what a correction changes
    Column("raw_digest", LargeBinary, nullable=False),
    Column("clean_version", Integer, nullable=False),
    Column("raw", LargeBinary, nullable=False),  # zlib of the raw fields, see ingest.raw
    Column("html", Text, nullable=False),
    Column("text", Text, nullable=False),
    # What the site asks most is answered from these alone: rows are wide, and lie far apart.
    Index("entry_by_account", "account", "published", "id", "status", "story", "inferred"),
    Index("entry_by_month", "account", "month", "published", "id", "status", "story"),
    Index("entry_by_published", "published", "id", "status", "story", "account", "inferred"),
    Index("entry_by_site_month", "month", "published", "id", "status", "story"),
    Index("entry_facts", "id", "status", "month", "published", "story", "account"),
    Index("entry_by_url", "url_key"),
    Index("entry_by_title", "title_key", "inferred", "published", "account"),
    # by hash on PostgreSQL: a guid may be longer than what its trees take (2,704 bytes)
    Index("entry_by_feed_id", "feed_id", postgresql_using="hash"),
)
Index(
    "entry_by_story",  # without those that wait: SQLite would rather look for them here, and sort them, than below
    entry.c.story,
    entry.c.account,
    entry.c.published,
    entry.c.id,
    sqlite_where=entry.c.story.is_not(None),
    postgresql_where=entry.c.story.is_not(None),
)
Index(
    "entry_pending",
    entry.c.published,
    entry.c.account,
    entry.c.id,
    sqlite_where=entry.c.story.is_(None),
    postgresql_where=entry.c.story.is_(None),
)
Index("entry_by_clean_version", entry.c.clean_version, entry.c.id)
Index(
    "entry_by_removal",
    entry.c.feed,
    sqlite_where=entry.c.removal_seen.is_not(None),
    postgresql_where=entry.c.removal_seen.is_not(None),
)


revision = Table(  # superseded words; never shown on the site
    "revision",
    metadata,
    Column("entry", String, nullable=False),
    Column("number", Integer, nullable=False),  # 1 is the first seen
    Column("seen", BigInteger, nullable=False),  # when it was superseded
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    PrimaryKeyConstraint("entry", "number"),
)

story = Table(
    "story",
    metadata,
    Column("id", String, primary_key=True),  # the entry id of its earliest-stored member
    Column("original", String, nullable=False),
    Column("pinned", String, nullable=False, default=""),  # the original that editors named
    Column("size", Integer, nullable=False),  # entries in it, whatever their status
    Column("kind", String, nullable=False, default="story"),  # dedup.index.Kind
    Column("founded", BigInteger, nullable=False, default=0),  # first_seen of the founder
    Column("first", BigInteger, nullable=False, default=0),  # published, of its entries
    Column("last", BigInteger, nullable=False, default=0),
    Column("touched", BigInteger, nullable=False, default=0),  # the latest first_seen of its entries
    Column("longest", String, nullable=False, default=""),  # the entry of the longest text …
    Column("length", Integer, nullable=False, default=0),  # … and its length in characters of the shadow
    Column("latest", String, nullable=False, default=""),  # the entry that joined last
    Column(
        "by_hand", Boolean, nullable=False, default=False
    ),  # parted by an editor: never merged by evidence
    Column("outside", Text, nullable=False, default=""),  # the source outside the matrix that carriers name
    Column(
        "why", String, nullable=False, default=""
    ),  # dedup.origins.Origin.why, with the carriers that say so
)

Index(
    "story_shared",
    story.c.id,
    story.c.size,
    story.c.original,
    sqlite_where=story.c.size > 1,
    postgresql_where=story.c.size > 1,
)

story_entry = Table(
    "story_entry",
    metadata,
    Column("entry", String, primary_key=True),
    Column("reason", String, nullable=False),  # dedup.verdict.Evidence
    Column("measures", Text, nullable=False, default=""),  # what the decision rests on, JSON
    Column("length", Integer, nullable=False, default=0),  # characters of its shadow
    Column("signs", String, nullable=False, default=""),  # of copying, see dedup.prints
    Column("named", Text, nullable=False, default=""),  # the sources that it names, a line each
)

story_contains = Table(  # what digests round up
    "story_contains",
    metadata,
    Column("digest", String, nullable=False),
    Column("story", String, nullable=False, index=True),
    PrimaryKeyConstraint("digest", "story"),
)


def _standing(name: str) -> Table:
    """In which stories hashes stand. A story may be one that was merged away since: an alias."""
    return Table(
        name,
        metadata,
        Column("hash", BigInteger, nullable=False),
        Column("story", String, nullable=False),
        Column(
            "day", Integer, nullable=False, default=0, server_default="0"
        ),  # since 1970, when it was learned
        PrimaryKeyConstraint("hash", "story"),
        sqlite_with_rowid=False,
    )


# Fingerprints, titles and pictures, for as many stories as say something; what is new waits in a table of its own.
posting, posting_recent = _standing("posting"), _standing("posting_recent")
# Sentences with digits masked: those of several stories are furniture or a template.
sentence, sentence_recent = _standing("sentence"), _standing("sentence_recent")

unlearned = Table(  # entries whose words changed since the index learned them
    "unlearned",
    metadata,
    Column("entry", String, primary_key=True),
)

story_alias = Table(
    "story_alias",
    metadata,
    Column("alias", String, primary_key=True),
    Column("story", String, nullable=False, index=True),
)

decision = Table(  # editors' words as last applied, to find what a change of them touches
    "decision",
    metadata,
    Column("kind", String, nullable=False),  # approved, withdrawn, withdrawn-story
    Column("entry", String, nullable=False),
    Column("purge", Boolean, nullable=False, default=False),
    Column("applied", BigInteger, nullable=False),
    PrimaryKeyConstraint("kind", "entry"),
)


def beyond_approval() -> ColumnElement[bool]:
    """Whether no approval there is brings an entry back: its words are erased, or its removal is newer.

    Entries that waited for an editor are all approved; that is no word on what their publisher did to them later.
    """
    older = (decision.c.kind == "approved") & (decision.c.entry == entry.c.id)
    older &= decision.c.applied <= entry.c.removal_seen
    return or_(entry.c.purged, and_(entry.c.gone, exists().where(older).correlate(entry)))


membership = Table(  # what a rule matches
    "membership",
    metadata,
    Column("node", String, nullable=False),  # column:<id>, section:<id>, …
    Column("entry", String, nullable=False),
    PrimaryKeyConstraint("node", "entry"),
    Index("membership_by_entry", "entry"),
)

rule = Table(
    "rule",
    metadata,
    Column("node", String, primary_key=True),
    Column("digest", String, nullable=False),
)

change = Table(  # the outbox: what a site must look at again
    "change",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False),  # entry, story, account, node, image
    Column("key", String, nullable=False),
)

output = Table(
    "output",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("folder", Text, nullable=False, unique=True),
    Column("token", String, nullable=False),
    Column("acknowledged", Integer, nullable=False, default=0),  # the last change its pages know of
    Column("edition", String, nullable=False, default=""),  # fingerprint of all they show but the store
)

page = Table(
    "page",
    metadata,
    Column("output", Integer, nullable=False),
    Column("path", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("key", Text, nullable=False),  # of the unit it belongs to: entry id, account, …
    Column("fingerprint", LargeBinary, nullable=False),  # of its kind's inputs (8 bytes), then of its own
    Column("digest", LargeBinary, nullable=False),  # blake2b-16 of its bytes
    PrimaryKeyConstraint("output", "path"),
    Index("page_by_unit", "output", "kind", "key"),
)

hosted = Table(  # the ledger of where the site was uploaded: what is known to lie there
    "hosted",
    metadata,
    Column("target", Text, nullable=False),  # as `publish --to` names it
    Column("path", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),  # as in page
    PrimaryKeyConstraint("target", "path"),
)

image = Table(  # a picture of an entry that the site shows a copy of, or will
    "image",
    metadata,
    Column("url", Text, primary_key=True),  # as published
    Column("digest", String, nullable=False, default=""),  # names its copy; empty while there is none
    Column("width", Integer, nullable=False, default=0),  # of the copy, in pixels
    Column("height", Integer, nullable=False, default=0),
    Column("first_seen", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False, default=0),  # that failed
    Column("next_try", BigInteger),  # null: there is a copy, or it was tried too often
    Column("reason", Text, nullable=False, default=""),  # of the last failure: code and detail
)
Index(
    "image_by_digest",
    image.c.digest,
    sqlite_where=image.c.digest != "",
    postgresql_where=image.c.digest != "",
)
Index(
    "image_pending",
    image.c.next_try,
    sqlite_where=image.c.next_try.is_not(None),
    postgresql_where=image.c.next_try.is_not(None),
)

image_copy = (
    Table(  # several addresses may lead to one picture; its bytes lie apart, so that lists never read them
        "image_copy",
        metadata,
        Column("digest", String, primary_key=True),
        Column("content", LargeBinary, nullable=False),  # WebP
    )
)

image_use = Table(  # whose text or cover shows which picture, whatever the status of the entry
    "image_use",
    metadata,
    Column("entry", String, nullable=False),
    Column("url", Text, nullable=False, index=True),
    PrimaryKeyConstraint("entry", "url"),
)
