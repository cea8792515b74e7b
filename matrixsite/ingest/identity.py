"""What tells the entries of a feed apart, night after night.

Feeds misuse every field: one guid for all items (miniflux keeps the first and mixes in the link for the rest),
one link for all (MrRSS#400), titles that recur by design. So each feed has a policy, the most trusted field that
serves it; it degrades itself where more than 5 % of the items clash (as FreshRSS does) and can be locked by the
account's `identity` key. An identity never crosses accounts.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from matrixsite.config.settings import IdentityRule
from matrixsite.model import RawEntry

ORDER = tuple(IdentityRule)
TOLERATED = 0.05
_TITLE = ORDER.index(IdentityRule.TITLE)
_IRI = re.compile(r"(?!javascript:|vbscript:|data:)[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identity:
    """`loose` is what the policy trusts; `strict` mixes in what follows, for items that share the trusted field.

    Both are digests of 16 bytes over the account and the values.
    """

    loose: bytes
    strict: bytes
    rule: IdentityRule  # the field that `loose` stands for
    shared: bool = False  # another item of the document has the same `loose`
    former: tuple[
        bytes, ...
    ] = ()  # what `loose` may have been before the policy or the account's feeds changed


UNASKED = Identity(b"", b"", ORDER[0])


@dataclass(frozen=True, slots=True)
class Identified:
    """The policy that served, and an identity per entry; None for an item that repeats an earlier one."""

    rule: IdentityRule
    identities: tuple[Identity | None, ...]


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
    wanted: Container[int] | None = None,
) -> Identified:
    """Identities of a document's entries under `rule`, or under the first weaker one that tells them apart.

    `wanted` are the positions of those whose identity is asked for, None for all: others get an `UNASKED` one.
    `links` are their canonical links ('' where there is none that could be an entry's own). `prefix` is the feed's key
    where the account has several feeds, and stands before guids that are no IRIs.
    """
    rank = ORDER.index(rule)
    fields = _all_fields(entries, links, rank)
    if not locked:
        while rank < len(ORDER) - 1 and _clashes(fields, rank) > TOLERATED * len(fields):
            rank += 1
            fields = _all_fields(entries, links, rank) if rank == _TITLE else fields
    rule = ORDER[rank]
    return Identified(rule, _distinct(fields, rank, account, prefix, wanted))


def entry_id(digest: bytes, attempt: int = 0) -> str:
    """12 base32 characters (60 bits); a later `attempt` is only for the id that is taken already."""
    if attempt:
        digest = blake2b(digest + bytes([attempt]), digest_size=16).digest()
    return b32encode(digest[:8]).decode("ascii")[:12].lower()


def _all_fields(
    entries: Sequence[RawEntry], links: Sequence[str], rank: int
) -> list[tuple[str, str, str, str]]:
    """What the policies look at. The digest of a text costs more than all else and waits until one of them needs it."""
    return [
        _fields(entry, link, with_text=rank >= _TITLE or not link)
        for entry, link in zip(entries, links, strict=True)
    ]


def _fields(entry: RawEntry, link: str, *, with_text: bool) -> tuple[str, str, str, str]:
    title = " ".join(entry.title.split())
    text = (entry.content or entry.summary) if with_text else ""
    body = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() if text else ""
    return entry.guid, link, title, body


def _clashes(fields: Sequence[tuple[str, ...]], rank: int) -> int:
    """Items whose value at `rank` another item had first, though they say something else.

    An item without one goes by its link, of which nothing more is asked: there it may clash as well.
    """
    first: dict[tuple[int, str], tuple[str, ...]] = {}
    count = 0
    for item in fields:
        at = _rank_of(item, rank)
        if at == rank or ORDER[at] is IdentityRule.LINK:
            others = _others(item, at)
            count += first.setdefault((at, item[at]), others) != others
    return count


def _rank_of(item: tuple[str, ...], rank: int) -> int:
    """Where the first value at `rank` or below stands."""
    while rank < len(item) - 1 and not item[rank]:
        rank += 1
    return rank


def _others(item: tuple[str, ...], rank: int) -> tuple[str, ...]:
    """What else an item says; no more than its title where it has a link: copies of one item may differ in wording."""
    return item[rank + 1 : 3] if rank < 2 and item[1] else item[rank + 1 :]


def _mixed(item: tuple[str, ...], rank: int) -> tuple[str, ...]:
    """What tells items apart that share the value at `rank`; a link that is trusted needs nothing more."""
    return () if ORDER[rank] is IdentityRule.LINK else _others(item, rank)


def _distinct(
    fields: Sequence[tuple[str, ...]], rank: int, account: str, prefix: str, wanted: Container[int] | None
) -> tuple[Identity | None, ...]:
    """The first value at `rank` or below, with what follows it mixed in as the strict form; repeats are None."""
    ranks = [_rank_of(item, rank) for item in fields]
    stricts = [(ORDER[at], item[at], *_mixed(item, at)) for at, item in zip(ranks, fields, strict=True)]
    sharing = Counter([strict[:2] for strict in set(stricts)])
    taken: set[tuple[str, ...]] = set()
    identities: list[Identity | None] = []
    for n, (at, item, strict) in enumerate(zip(ranks, fields, stricts, strict=True)):
        if strict in taken or (wanted is not None and n not in wanted):
            identities.append(None if strict in taken else UNASKED)
            taken.add(strict)
            continue
        taken.add(strict)
        own = _own(item, at, prefix)
        loose = _digest(account, ORDER[at], own)
        formers = _formers(item, at, prefix) if at or prefix else ()
        identity = Identity(
            loose=loose,
            strict=_digest(account, ORDER[at], own, *strict[2:]) if strict[2:] else loose,
            rule=ORDER[at],
            shared=sharing[strict[:2]] > 1,
            former=tuple([_digest(account, *former) for former in formers]),
        )
        identities.append(identity)
    return tuple(identities)


def _own(item: tuple[str, ...], rank: int, prefix: str) -> str:
    """The value at `rank`; a guid that may recur in the account's other feeds stands behind the feed's key."""
    value = item[rank]
    bare = not (prefix and value) or ORDER[rank] is not IdentityRule.GUID or is_iri(value)
    return value if bare else f"{prefix}#{value}"


def _formers(item: tuple[str, ...], rank: int, prefix: str) -> Iterator[tuple[str, str]]:
    """What told the item apart while its policy trusted more, or while the account had this feed only."""
    for n in range(rank + 1):
        values = {item[n], _own(item, n, prefix)} - {"", _own(item, rank, prefix) if n == rank else ""}
        yield from ((ORDER[n], value) for value in sorted(values))


def _digest(*parts: str) -> bytes:
    """Over the parts and where each ends, so that no hostile guid can stand for another item's parts."""
    marked = "".join([f"{len(part)}:{part}" for part in parts])
    return blake2b(marked.encode("utf-8", "surrogatepass"), digest_size=16).digest()
