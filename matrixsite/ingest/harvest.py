"""The unit of CPU work: one feed's bytes in, its new or changed entries out.

    body ─parse─► raw entries ─fingerprint─► known ones stop here ─identify─► ─clean─► Harvested

Pure and picklable, so that it runs on any executor: this process, a pool, a cluster.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from matrixsite.clean.entry import CLEAN_VERSION, clean_all
from matrixsite.clean.text import plain_title
from matrixsite.clean.urls import absolute, folded_url
from matrixsite.config.settings import Future, IdentityRule, Query
from matrixsite.dedup.prints import title_key_of
from matrixsite.dedup.shadow import key
from matrixsite.editorial.status import held_word
from matrixsite.ingest import raw as raws
from matrixsite.ingest.dating import Dates, date_entries
from matrixsite.ingest.identity import Identified, Identity, identify
from matrixsite.ingest.selection import FilterFailed, selected, terms_of
from matrixsite.ingest.sources import parsed as parse_document
from matrixsite.ingest.spam import spam_in
from matrixsite.model import CleanEntry, RawEntry, Reason
from matrixsite.plugins import Kind, version_of

# A canonical address that can belong to one entry: a home page can't. Asking urllib costs five times that.
_OF_AN_ENTRY = re.compile(r"https://[^/?#]*+/*+[^/#]")
FILTER_FAILED = "filter-failed"
DIGEST = 16  # bytes of an item's fingerprint in a snapshot; the first stands for the terms it was made under


@dataclass(frozen=True, slots=True)
class Task:
    """All that harvesting one feed needs to know."""

    key: str
    account: str
    body: bytes
    url: str
    content_type: str
    zone: str
    now: datetime
    rule: IdentityRule
    locked: bool = False
    several: bool = False  # the account has several feeds
    charset: str = ""
    future: Future = Future.FIRST_SEEN
    skip_words: tuple[str, ...] = ()
    hold_words: tuple[str, ...] = ()
    source: str = ""  # the plugin that reads it
    query: Query | None = None
    filters: tuple[str, ...] = ()
    known: bytes = b""  # the snapshot of the last document: its items need no second look


@dataclass(frozen=True, slots=True)
class Harvested:
    """One entry, ready to store."""

    identity: Identity
    guid: str
    clean: CleanEntry
    dates: Dates
    position: int  # in the document, newest first by custom
    url_key: int | None  # hash of the canonical address; None where it can't tell entries apart
    title_key: int | None
    words: bytes  # digest of title and text: what a correction changes
    held_by: str
    raw_digest: bytes  # of the item as published; empty for a stump
    raw: bytes  # packed

    @property
    def stump(self) -> bool:
        """The document was cut off inside or after it: it never replaces a stored entry and is itself replaced."""
        return not self.raw_digest

    @property
    def removed(self) -> bool:
        """A platform's removal notice stands in its place."""
        return self.clean.removed and not self.stump


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one document brought. `error` says that it was no feed: then nothing else counts."""

    key: str
    account: str
    rule: IdentityRule = IdentityRule.GUID
    entries: tuple[Harvested, ...] = ()
    seen: int = 0  # items in the document, known ones included
    deleted: tuple[str, ...] = ()  # guids that tombstones name and no item of the document has
    snapshot: bytes = b""
    hosts: frozenset[str] = frozenset()  # where its items' pages lie
    revisit: bool = False  # something was left out or cut off: look again even if nothing is said to change
    title: str = ""
    format: str = ""
    problems: tuple[Reason, ...] = ()
    error: Reason | None = None


def harvest(task: Task) -> Harvest:
    """Read one document. A document that can't be read is a value with an error, never an exception."""
    parsed = parse_document(
        task.body, source=task.source, content_type=task.content_type, url=task.url, charset=task.charset
    )
    if parsed.error:
        return Harvest(task.key, task.account, task.rule, error=parsed.error)
    items = parsed.entries[: (task.query.limit if task.query else 0) or None]
    links = [_canonical(item, task.url) for item in items]
    digests = list(map(raws.fingerprint, items))  # as published: a feed that moves changes none
    identified, known = _identified(task, items, links, digests)
    mark = _mark(task, identified.rule)
    dates = date_entries(items, zone=ZoneInfo(task.zone), now=task.now, future=task.future)
    waiting = {n for n, item in enumerate(dates) if item.future and task.future is Future.SKIP}
    stumps = {len(items) - 1} if parsed.truncated else set()
    shared = Counter(link for link, identity in zip(links, identified.identities, strict=True) if identity)
    fresh = [
        _Fresh(
            n,
            item,
            identity,
            link=links[n] if shared[links[n]] == 1 else "",
            stump=n in stumps,
        )
        for n, (item, identity) in enumerate(zip(items, identified.identities, strict=True))
        if identity and digests[n] not in known and n not in waiting and not _skipped(task, item)
    ]
    try:
        entries = _harvested(task, fresh, dates)
    except FilterFailed as failure:
        return Harvest(task.key, task.account, task.rule, error=Reason(FILTER_FAILED, str(failure)[:200]))
    unsettled = waiting | stumps | {item.position for item in entries if item.removed}
    guids = {item.guid for item in items}
    return Harvest(
        key=task.key,
        account=task.account,
        rule=identified.rule,
        entries=tuple(entries),
        seen=len(items),
        deleted=tuple(guid for guid in parsed.deleted if guid not in guids),
        snapshot=mark + b"".join(digest for n, digest in enumerate(digests) if n not in unsettled),
        hosts=_hosts(links),
        revisit=bool(waiting) or parsed.truncated,
        title=parsed.title,
        format=parsed.format,
        problems=parsed.problems
        + _findings(task, identified.rule, dates)
        + spam_in(item.title for item in items),
    )


def snapshot_of(digests: bytes) -> frozenset[bytes]:
    """The single digests of a snapshot."""
    return frozenset(digests[n : n + DIGEST] for n in range(0, len(digests), DIGEST))


def words_digest(entry: CleanEntry) -> bytes:
    """What a correction changes: the words, not the markup, the pictures or the address."""
    return blake2b(f"{entry.title}\0{entry.text}".encode(), digest_size=16).digest()


def _canonical(raw: RawEntry, base: str) -> str:
    """The entry's address for comparison; '' where it has none of its own."""
    link = folded_url(absolute(raw.link, raw.base or base)) if raw.link else ""
    return link if _OF_AN_ENTRY.match(link) else ""


def _hosts(links: Sequence[str]) -> frozenset[str]:
    places = {link.split("/", 3)[2] for link in links if link}  # one, mostly
    return frozenset(host for place in places if (host := urlsplit(f"//{place}").hostname))


def _identified(
    task: Task, items: Sequence[RawEntry], links: Sequence[str], digests: Sequence[bytes]
) -> tuple[Identified, frozenset[bytes]]:
    """Identities, and which digests are known; where that is believed, known items cost no identity."""
    known = snapshot_of(task.known[DIGEST:])
    wanted = [n for n, digest in enumerate(digests) if digest not in known]
    identified = _identify(task, items, links, frozenset(wanted))
    if task.known[:DIGEST] == _mark(task, identified.rule):
        return identified, known
    return (_identify(task, items, links) if len(wanted) < len(items) else identified), frozenset()


def _identify(
    task: Task, items: Sequence[RawEntry], links: Sequence[str], wanted: frozenset[int] | None = None
) -> Identified:
    return identify(
        items,
        links,
        account=task.account,
        rule=task.rule,
        locked=task.locked,
        prefix=task.key if task.several else "",
        wanted=wanted,
    )


@dataclass(frozen=True, slots=True)
class _Fresh:
    """An item that is no known one."""

    position: int
    raw: RawEntry
    identity: Identity
    link: str  # canonical; '' where it can't tell entries apart
    stump: bool


def _harvested(task: Task, fresh: Sequence[_Fresh], dates: Sequence[Dates]) -> list[Harvested]:
    """One step for all items, then the next, as `clean_all` does."""
    cleaned = clean_all([item.raw for item in fresh], base=task.url)
    if task.query or task.filters:
        fresh, cleaned = _selected(task, fresh, cleaned)
    title_keys = [title_key_of(entry.title) for entry in cleaned]
    words = list(map(words_digest, cleaned))
    held = [held_word(entry.title, entry.text, task.hold_words) for entry in cleaned]
    dumps = [raws.dump(item.raw) for item in fresh]
    packed = [
        raws.pack(_with_base(item.raw, dump, task.url)) for item, dump in zip(fresh, dumps, strict=True)
    ]
    return [
        Harvested(
            identity=item.identity,
            guid=item.raw.guid,
            clean=cleaned[n],
            dates=dates[item.position],
            position=item.position,
            url_key=key(item.link) if item.link else None,
            title_key=title_keys[n],
            words=words[n],
            held_by=held[n],
            raw_digest=b"" if item.stump else raws.digest(dumps[n]),
            raw=packed[n],
        )
        for n, item in enumerate(fresh)
    ]


def _selected(
    task: Task, fresh: Sequence[_Fresh], cleaned: Sequence[CleanEntry]
) -> tuple[list[_Fresh], list[CleanEntry]]:
    """What the account takes in. The items left out count as known from now on."""
    kept = [
        (item, found)
        for item, entry in zip(fresh, cleaned, strict=True)
        if (found := selected(entry, task.query, task.filters)) is not None
    ]
    return [item for item, _ in kept], [found for _, found in kept]


def _with_base(raw: RawEntry, dumped: bytes, url: str) -> bytes:
    return dumped if raw.base or not url else raws.with_base(dumped, url)


def _mark(task: Task, rule: IdentityRule) -> bytes:
    """What must be as it was for a known item to stop early; the first digest of every snapshot."""
    terms: tuple[object, ...] = (
        rule,
        task.zone,
        task.charset,
        task.future,
        task.skip_words,
        task.hold_words,
        task.several,
        CLEAN_VERSION,
    )
    if task.source or task.filters or task.query:
        source = (task.source, version_of(Kind.SOURCE, task.source))
        terms += (source, *terms_of(task.query, task.filters))
    return blake2b(repr(terms).encode(), digest_size=DIGEST).digest()


def _skipped(task: Task, item: RawEntry) -> bool:
    """By the operator's words, found as those that hold entries back are."""
    return bool(
        task.skip_words
        and held_word(plain_title(item.title, is_html=item.title_is_html), "", task.skip_words)
    )


def _findings(task: Task, rule: IdentityRule, dates: Sequence[Dates]) -> tuple[Reason, ...]:
    findings = []
    if (
        rule is not IdentityRule.GUID and not task.locked
    ):  # for as long as it lasts, not on the first night only
        findings.append(Reason("bad-guids", f"entries are told apart by {rule.value}"))
    if future := sum(item.future for item in dates):
        findings.append(Reason("future-dates", f"{future} of {len(dates)}"))
    if undated := sum(item.published is None and not item.future for item in dates):
        findings.append(Reason("undated", f"{undated} of {len(dates)}"))
    return tuple(findings)
