"""What tells the entries of a feed apart, night after night.

Feeds misuse every field: one guid for all items (miniflux keeps the first and mixes in the link for the rest),
one link for all (MrRSS#400), titles that recur by design. So each feed has a policy, the most trusted field that
serves it; it degrades itself where more than 5 % of the items clash (as FreshRSS does) and can be locked by the
account's `identity` key. An identity never crosses accounts.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from matrixsite.config.settings import IdentityRule
from matrixsite.model import RawEntry

ORDER = tuple(IdentityRule)
TOLERATED = 0.05
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identity:
    """`loose` is what the policy trusts; `strict` mixes in what follows, for items that share the trusted field.

    Both are 16-byte digests over account and value; `loose` is empty where another item of the document has it too.
    """

    loose: bytes
    strict: bytes
    rule: IdentityRule  # the field that `loose` stands for


@dataclass(frozen=True, slots=True)
class Identified:
    """The policy that served, and an identity per entry; None for an item that repeats an earlier one."""

    rule: IdentityRule
    identities: tuple[Identity | None, ...]
    degraded: bool


def is_iri(guid: str) -> bool:
    """True for an absolute IRI: unique beyond its feed, at least by intent (RFC 4287, 4.2.6)."""
    return bool(_IRI.fullmatch(guid))


def identify(
    entries: Sequence[RawEntry],
    links: Sequence[str],
    *,
    account: str,
    rule: IdentityRule,
    locked: bool,
    prefix: str = "",
) -> Identified:
    """Identities of a document's entries under `rule`, or under the first weaker one that tells them apart.

    `links` are their canonical links ('' where there is none); `prefix` is the feed's key where the account has
    several feeds, and stands before guids that are no IRIs.
    """
    fields = [_fields(entry, link, prefix) for entry, link in zip(entries, links, strict=True)]
    start = rule
    if not locked:
        while rule is not ORDER[-1] and _clashes(fields, ORDER.index(rule)) > TOLERATED * len(fields):
            rule = ORDER[ORDER.index(rule) + 1]
    return Identified(rule, _distinct(fields, ORDER.index(rule), account), degraded=rule is not start)


def entry_id(digest: bytes, attempt: int = 0) -> str:
    """12 base32 characters (60 bits); a later `attempt` is only for the id that is taken already."""
    if attempt:
        digest = blake2b(digest + bytes([attempt]), digest_size=16).digest()
    return b32encode(digest[:8]).decode("ascii")[:12].lower()


def _fields(entry: RawEntry, link: str, prefix: str) -> tuple[str, str, str, str]:
    guid = entry.guid if not prefix or is_iri(entry.guid) else entry.guid and f"{prefix}#{entry.guid}"
    title = " ".join(entry.title.split())
    text = entry.content or entry.summary
    body = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() if text else ""
    return guid, link, title, body


def _clashes(fields: Sequence[tuple[str, ...]], rank: int) -> int:
    """Items whose value at `rank` another item had first, though they say something else."""
    first: dict[str, tuple[str, ...]] = {}
    return sum(
        bool(item[rank]) and first.setdefault(item[rank], _others(item, rank)) != _others(item, rank)
        for item in fields
    )


def _others(item: tuple[str, ...], rank: int) -> tuple[str, ...]:
    """What else an item says, down to its title: below that, wording may differ between copies of one item."""
    return item[rank + 1 : 3] if rank < 2 else item[rank + 1 :]


def _distinct(fields: Sequence[tuple[str, ...]], rank: int, account: str) -> tuple[Identity | None, ...]:
    """The first value at `rank` or below, with what follows it mixed in as the strict form; repeats are None."""
    ranks = [next((n for n in range(rank, len(item)) if item[n]), len(item) - 1) for item in fields]
    stricts = [(at, item[at], *_others(item, at)) for at, item in zip(ranks, fields, strict=True)]
    shared: dict[tuple[int, str], set[tuple[object, ...]]] = {}
    for strict in stricts:
        shared.setdefault(strict[:2], set()).add(strict)
    taken: set[tuple[object, ...]] = set()
    identities: list[Identity | None] = []
    for strict in stricts:
        at, value = strict[:2]
        loose = _digest(account, f"{ORDER[at].value}:{value}") if len(shared[strict[:2]]) == 1 else b""
        mixed = _digest(account, "\n".join([f"{ORDER[at].value}:{value}", *strict[2:]]))
        identities.append(None if strict in taken else Identity(loose, mixed, ORDER[at]))
        taken.add(strict)
    return tuple(identities)


def _digest(account: str, identity: str) -> bytes:
    return blake2b(f"{account}\0{identity}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
