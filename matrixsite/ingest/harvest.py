"""The unit of CPU work: one feed's bytes in, its new or changed entries out.

    body ─parse─► raw entries ─fingerprint─► known ones stop here ─identify─► ─clean─► Harvested

Pure and picklable, so that it runs on any executor: this process, a pool, a cluster.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from matrixsite.clean.entry import CLEAN_VERSION
from matrixsite.clean.text import plain_title
from matrixsite.clean.urls import absolute, folded_url
from matrixsite.config.settings import Future, IdentityRule
from matrixsite.editorial.status import held_word
from matrixsite.ingest import raw as raws
from matrixsite.ingest.dating import Dates, date_entries
from matrixsite.ingest.harvested import Fresh, Harvested, harvested
from matrixsite.ingest.identity import Identified, identify
from matrixsite.ingest.selection import FilterFailed, terms_of
from matrixsite.ingest.sources import parsed as parse_document
from matrixsite.ingest.spam import spam_in
from matrixsite.ingest.task import Task
from matrixsite.model import RawEntry, Reason
from matrixsite.plugins import Kind, version_of

# A canonical address that can belong to one entry: a home page can't. Asking urllib costs five times that.
_OF_AN_ENTRY = re.compile(r"https://[^/?#]*+/*+[^/#]")
FILTER_FAILED = "filter-failed"
DIGEST = 16  # bytes of an item's fingerprint in a snapshot; the first stands for the terms it was made under


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
        Fresh(
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
        entries = harvested(task, fresh, dates)
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
