"""What may lead a day: stories of the last days in an order that helps editors look. It proposes, nothing picks.

DOMAIN A6 and the cities' practice give the three grounds: how many members carry a story, whether one of the matrix's
lead accounts (`roles: [lead]`) does, and how fresh it is. Each ground adds points and can say itself in words:

- every member beyond the first: 2
- a lead account carries it: 2; a lead account published it first: 3
- first published on the day: 2; on the day before: 1

Digests lead nothing, nor does a story that led another day. Equal stories stand newest first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from matrixsite.config.settings import Account, Settings

DAYS = 3  # that are looked at, the day itself included
LEADING = frozenset({"lead", "main", "core", "主账号", "核心账号", "牵头账号"})  # roles of lead accounts
MOST_NAMES = 3  # of members in a sentence

Say = Callable[..., str]  # the site's words


@dataclass(frozen=True, slots=True)
class Carriage:
    """A shown entry that carries a story."""

    entry: str
    account: str
    published: datetime


@dataclass(frozen=True, slots=True)
class Carried:
    """A story with all who carry it, oldest first."""

    story: str
    original: str  # entry id; it need not be shown
    carriers: tuple[Carriage, ...]

    @property
    def standing(self) -> Carriage:
        """The carrier that stands for it: the original, else the earliest that is shown."""
        return next((one for one in self.carriers if one.entry == self.original), self.carriers[0])


class Ground(StrEnum):
    """What speaks for a story."""

    CARRIERS = "carriers"
    LEAD_FIRST = "lead-first"
    LEAD = "lead"
    DAY = "day"
    DAY_BEFORE = "day-before"


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground with its points; `names` of members, or of the lead account."""

    ground: Ground
    points: int
    names: tuple[str, ...] = ()

    def said(self, say: Say) -> str:
        """The reason as a sentence."""
        match self.ground:
            case Ground.CARRIERS:
                more = say("等") if len(self.names) > MOST_NAMES else ""
                names = say("、").join(self.names[:MOST_NAMES]) + more
                return say("{count} 家成员单位发布：{names}", count=len(self.names), names=names)
            case Ground.LEAD_FIRST:
                return say("{name}（主账号）首先发布", name=self.names[0])
            case Ground.LEAD:
                return say("{name}（主账号）发布", name=self.names[0])
            case Ground.DAY:
                return say("当天发布")
            case Ground.DAY_BEFORE:
                return say("前一天发布")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A story with what speaks for it."""

    carried: Carried
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)


def window(day: date, zone: ZoneInfo, days: int = DAYS) -> tuple[datetime, datetime]:
    """The time that candidates for `day` are published in: from its first moment to before the other."""
    first, after = day - timedelta(days=days - 1), day + timedelta(days=1)
    return (
        datetime.combine(first, datetime.min.time(), zone),
        datetime.combine(after, datetime.min.time(), zone),
    )


def rank(
    stories: Iterable[Carried],
    settings: Settings,
    day: date,
    *,
    led: Collection[str] = (),
    limit: int | None = None,
) -> list[Ranked]:
    """The stories for `day`, the most spoken for first; those `led` by id, and of accounts not listed, are left out."""
    weigh = _Scales(settings, day)
    ranked = [
        Ranked(one, weigh(one))
        for one in stories
        if one.story not in led and one.standing.account in weigh.accounts
    ]
    ranked.sort(key=lambda one: one.carried.story)
    ranked.sort(key=lambda one: (one.points, one.carried.carriers[0].published), reverse=True)
    return ranked[:limit]


def is_lead(account: Account) -> bool:
    """Whether its roles say that the account leads the matrix."""
    return any(role.strip().casefold() in LEADING for role in account.roles)


class _Scales:
    """Weighs stories for one day."""

    def __init__(self, settings: Settings, day: date) -> None:
        self.accounts: Mapping[str, Account] = {account.id: account for account in settings.accounts}
        self._members = {member.id: member.name for member in settings.members}
        self._lead = frozenset(account.id for account in settings.accounts if is_lead(account))
        zone = ZoneInfo(settings.site.timezone)
        self._today = window(day, zone, 1)[0]
        self._yesterday = window(day, zone, 2)[0]

    def __call__(self, story: Carried) -> tuple[Reason, ...]:
        return tuple(self._reasons(story))

    def _reasons(self, story: Carried) -> Iterator[Reason]:
        known = [one.account for one in story.carriers if one.account in self.accounts]
        members = dict.fromkeys(self.accounts[name].member for name in known)
        if len(members) > 1:
            names = tuple(self._members.get(member, member) for member in members)
            yield Reason(Ground.CARRIERS, 2 * (len(members) - 1), names)
        if lead := next((name for name in known if name in self._lead), None):
            first = lead == story.standing.account
            names = (self.accounts[lead].name,)
            yield Reason(Ground.LEAD_FIRST, 3, names) if first else Reason(Ground.LEAD, 2, names)
        published = story.carriers[0].published
        if published >= self._today:
            yield Reason(Ground.DAY, 2)
        elif published >= self._yesterday:
            yield Reason(Ground.DAY_BEFORE, 1)
