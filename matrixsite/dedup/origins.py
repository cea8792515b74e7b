"""Who published a story first: whom the others name as their source, else the earliest who doesn't look like a copy.

Feeds can state any date, and some state the day alone; a copy that names its source says more than a clock.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum
from statistics import median

from matrixsite.config.settings import Account, Member, Settings
from matrixsite.dedup.shadow import plain, words_of

HOUR = 3600
DAY_ONLY = 18 * HOUR  # what a date without a time may hide
COPIED = 12 * HOUR  # what each sign of copying weighs
LATE = 20 * HOUR  # seen this much later than the first: its feed had not got it yet
_KIND = re.compile(
    r"(?:官方)?(?:微信|微博|头条|抖音|视频)?(?:公众号|订阅号|视频号|头条号|抖音号|服务号|客户端|官方微博|官微|官网|官方网站|网站|app|微信|微博|门户)+$"
)
# What a source line says when it names nobody.
_NOBODY = re.compile(
    r"^(?:本[报网站台刊号社]|网络|互联网|综合.{0,8}|微信|微博|未知|其他|原创|公开资料|转载|自媒体|.{0,4}网友.{0,2}|.{0,4}综合)$"
)

Sources = Mapping[str, Sequence[tuple[str, frozenset[str]]]]  # entry → names with the accounts that they mean


@dataclass(frozen=True, slots=True)
class Carrier:
    """What counts of an entry for who was first. Times are seconds since 1970."""

    entry: str
    account: str
    published: int
    first_seen: int
    inferred: bool  # the date is not the feed's own word
    day_only: bool  # the date states no time
    length: int  # characters of the body
    signs: str  # of copying, see Print
    title_key: int | None
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """The first in the matrix, why, and whom its carriers name who is outside of it."""

    entry: str
    why: str  # editor, only, named, earliest
    outside: str = ""
    votes: int = 0  # carriers that name it


@dataclass(frozen=True, slots=True)
class Names:
    """What accounts and members are called: folded name → accounts."""

    accounts: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Settings) -> Names:
        """The names, handles and aliases of a matrix. A member's name stands for all its accounts."""
        members = {member.id: member for member in settings.members}
        found: dict[str, set[str]] = {}
        for account in settings.accounts:
            for name in _called(account, members.get(account.member)):
                found.setdefault(_folded(name), set()).add(account.id)
        found.pop("", None)
        return cls({name: frozenset(ids) for name, ids in found.items()})

    def resolve(self, name: str) -> frozenset[str]:
        """The accounts that a source line names: by the whole name, or by the longest known one that it begins with."""
        words = _folded(name)
        for text in (words, _KIND.sub("", words)):
            if text in self.accounts:
                return self.accounts[text]
        for end in range(len(words) - 1, 2, -1):
            if end * 2 >= len(words) and words[:end] in self.accounts:
                return self.accounts[words[:end]]
        return frozenset()


def original_of(carriers: Sequence[Carrier], names: Names, pinned: str = "") -> Origin:
    """The entry of a story that the others were taken from; `pinned` is the editors' word."""
    sources = {
        one.entry: [(name, names.resolve(name)) for name in one.named if not is_nobody(name)]
        for one in carriers
    }
    outside = _outside(sources)
    if any(one.entry == pinned for one in carriers):
        return Origin(pinned, "editor", outside)
    if len(carriers) == 1:
        return Origin(carriers[0].entry, "only", outside)
    votes, copies = _votes(carriers, sources)
    stamps = _stamps(carriers)
    eligible = [one for one in carriers if one.entry not in copies] or list(carriers)
    best = min(
        eligible, key=lambda one: (-votes.get(one.account, 0.0), stamps[one.entry], one.account, one.entry)
    )
    count = sum(
        1
        for one in carriers
        if one.account != best.account and any(best.account in ids for _, ids in sources[one.entry])
    )
    return Origin(best.entry, "named" if count else "earliest", outside, count)


def _votes(carriers: Sequence[Carrier], sources: Sources) -> tuple[dict[str, float], set[str]]:
    """How many accounts name each, a claim of its own counting half; and the copies: entries that name another's."""
    carrying = {one.account for one in carriers}
    weights: dict[
        str, dict[str, float]
    ] = {}  # named → who names it → what that counts, however often it is said
    copies: set[str] = set()
    for one in carriers:
        named = {account for _, ids in sources[one.entry] for account in ids & carrying}
        for account in named:
            weight = 0.5 if account == one.account else 1 / len(named)
            said = weights.setdefault(account, {})
            said[one.account] = max(weight, said.get(one.account, 0.0))
        if named and one.account not in named:
            copies.add(one.entry)
    # added exactly: the sum of thirds must not depend on the order of carriers
    return {account: fsum(said.values()) for account, said in weights.items()}, copies


def _stamps(carriers: Sequence[Carrier]) -> dict[str, int]:
    """When each was published, as far as one can believe it."""
    usual = median(one.length for one in carriers)
    longest = max(one.length for one in carriers)
    common, count = Counter(one.title_key for one in carriers).most_common(1)[0]
    shared = count * 2 > len(carriers)
    earliest = min(one.first_seen for one in carriers)
    stamps = {}
    for one in carriers:
        signs = (
            len(set(one.signs))
            + (one.length < 0.6 * usual)
            + 2 * (one.length == 0 < longest)
            + (shared and one.title_key != common)
        )
        late = one.first_seen - earliest > LATE and one.published < earliest
        stamp = one.first_seen if one.inferred else one.published
        stamps[one.entry] = stamp + DAY_ONLY * (one.day_only and not one.inferred) + COPIED * (signs + late)
    return stamps


def _outside(sources: Sources) -> str:
    """The name outside the matrix that most carriers give."""
    counts: dict[str, int] = {}
    for named in sources.values():
        for name, ids in named:
            if not ids:
                counts[name] = counts.get(name, 0) + 1
    return min(counts, key=lambda name: (-counts[name], name), default="")


def is_nobody(name: str) -> bool:
    """Whether a source line names no publisher: 网络, 综合, 原创."""
    return _NOBODY.match(name) is not None


def _called(account: Account, member: Member | None) -> Iterable[str]:
    yield from (account.name, account.handle, *account.other_names)
    if member is not None:
        yield from (member.name, *member.aliases)


def _folded(name: str) -> str:
    return words_of(plain(name, traditional=True))
