"""What accounts name without its being listed: organisations, batches. Names become ids: all else knows ids only."""

from __future__ import annotations

from base64 import b32encode
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from typing import Protocol

from matrixsite.config.names import name_key
from matrixsite.config.settings import Account, Batch, Member, Organisation

ROLES = ("sponsor", "undertaker", "operator")
_AFTER_ALL = date.max


class Named(Protocol):
    """What has an id and a name."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Names:
    """The ids behind what may be written as an id or a name."""

    ids: frozenset[str]
    by_name: Mapping[str, frozenset[str]]  # folded name → ids

    @classmethod
    def of(cls, listed: Iterable[Named]) -> Names:
        """The ids, names and aliases (where there are some) of what is listed."""
        ids: set[str] = set()
        found: defaultdict[str, set[str]] = defaultdict(set)
        for one in listed:
            ids.add(one.id)
            for name in (one.name, *getattr(one, "aliases", ())):
                found[name_key(name)].add(one.id)
        return cls(frozenset(ids), {name: frozenset(those) for name, those in found.items()})

    def found(self, written: str) -> frozenset[str]:
        """The ids it may mean: one; several that bear the name; none where nothing listed does."""
        return (
            frozenset((written,)) if written in self.ids else self.by_name.get(name_key(written), frozenset())
        )


def digest_id(prefix: str, name: str) -> str:
    """The id of what has only a name: the same in every matrix, and as long as the name is."""
    digest = blake2b(name_key(name).encode("utf-8", "surrogatepass"), digest_size=5).digest()
    return f"{prefix}-{b32encode(digest).decode().lower()}"


def with_organisations(
    accounts: Sequence[Account], members: Iterable[Member], listed: Sequence[Organisation]
) -> tuple[tuple[Account, ...], tuple[Organisation, ...]]:
    """The accounts with ids as sponsor, undertaker and operator, and all organisations.

    A name that no member and no listed organisation bears makes an organisation with `digest_id`; these follow the
    listed ones in the order of the accounts.
    """
    names = Names.of([*members, *listed])
    known: dict[str, str] = {"": ""}
    implied: dict[str, Organisation] = {}

    def id_of(written: str) -> str:
        if written not in known:
            found = names.found(written)
            known[written] = min(found) if found else digest_id("org", written)
            if not found:
                implied.setdefault(known[written], Organisation(known[written], written.strip()))
        return known[written]

    resolved = tuple(
        replace(
            account,
            sponsor=id_of(account.sponsor),
            undertaker=id_of(account.undertaker),
            operator=id_of(account.operator),
        )
        if account.sponsor or account.undertaker or account.operator
        else account
        for account in accounts
    )
    return resolved, (*listed, *implied.values())


def with_batches(
    accounts: Sequence[Account], listed: Sequence[Batch]
) -> tuple[tuple[Account, ...], tuple[Batch, ...]]:
    """The accounts with ids as batch, and all batches by date, those of one day as they are listed or named.

    A batch without a date takes the first day on which an account of it joined.
    """
    names = Names.of(listed)
    batches = {batch.id: batch for batch in listed}
    first: dict[str, date] = {}
    resolved = []
    for account in accounts:
        if account.batch:
            found = names.found(account.batch)
            batch = min(found) if found else digest_id("batch", account.batch)
            batches.setdefault(batch, Batch(batch, account.batch.strip()))
            account = account if account.batch == batch else replace(account, batch=batch)
            if account.joined:
                first[batch] = min(first.get(batch, account.joined), account.joined)
        resolved.append(account)
    dated = [replace(one, date=one.date or first.get(one.id)) for one in batches.values()]
    return tuple(resolved), tuple(sorted(dated, key=lambda batch: batch.date or _AFTER_ALL))
