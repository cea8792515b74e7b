"""The monthly check of all accounts (通报): who passed, who failed and why, against the month before.

Rules: 国办秘函〔2019〕19号. An account fails that published nothing new within the two weeks (`freshness: red`) before
the check day, the last of the month, or at whose feed's address another site or spam stands then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property

from matrixsite.config.settings import Account, Settings
from matrixsite.editorial.grouping import groups_of_accounts
from matrixsite.registry.news import NOTHING, News, Window
from matrixsite.registry.watch import Finding, Watch

_DAY = timedelta(days=1)


class Verdict(StrEnum):
    """What a check came to."""

    PASSED = "passed"
    SILENT = "silent"  # nothing new within the time
    UNDATED = "undated"  # entries, but never one with a date
    UNREACHABLE = "unreachable"  # nothing new, and its feed can't be fetched
    NO_FEED = "no-feed"  # the same, for a web page or the like stands where its feed was
    FOREIGN = "foreign"  # another site's feed, or spam


@dataclass(frozen=True, slots=True)
class Checked:
    """An account on the check day."""

    account: Account
    verdict: Verdict
    newest: date | None  # of its news until then
    since: date | None = None  # when what hinders it began
    before: Verdict | None = None  # a month earlier; None: not checked then

    @property
    def passed(self) -> bool:
        return self.verdict is Verdict.PASSED


@dataclass(frozen=True, slots=True)
class Count:
    """How many of some accounts were checked, and how many passed, now and a month earlier."""

    checked: int = 0
    passed: int = 0
    checked_before: int = 0
    passed_before: int = 0

    @property
    def failed(self) -> int:
        return self.checked - self.passed

    @property
    def failed_before(self) -> int:
        return self.checked_before - self.passed_before

    @property
    def rate(self) -> float | None:
        """Per cent that passed, to a tenth."""
        return round(100 * self.passed / self.checked, 1) if self.checked else None

    @property
    def rate_before(self) -> float | None:
        return round(100 * self.passed_before / self.checked_before, 1) if self.checked_before else None


@dataclass(frozen=True)
class Bulletin:
    """A month's check. `days` is how long an account may be silent."""

    month: str  # 2026-10
    check_day: date
    days: int
    accounts: tuple[Checked, ...]
    groups: Mapping[str, Count]  # by id, with all that lies in them

    @property
    def first_day(self) -> date:
        """From which on news counts: the check day is the last of `days`."""
        return self.check_day - (self.days - 1) * _DAY

    @cached_property
    def count(self) -> Count:
        return count_of(self.accounts)

    @cached_property
    def failed(self) -> Sequence[Checked]:
        return [one for one in self.accounts if not one.passed]

    @cached_property
    def verdicts(self) -> Mapping[Verdict, int]:
        counts = Counter(one.verdict for one in self.accounts)
        return {verdict: counts[verdict] for verdict in Verdict if counts[verdict]}


def month_bounds(month: str) -> tuple[date, date]:
    """The first and last day of `2026-10`. Raises ValueError for what is no month."""
    first = datetime.strptime(month, "%Y-%m").date()
    return first, (first + 31 * _DAY).replace(day=1) - _DAY


def whole_month_before(day: date) -> str:
    """The last month that was over before `day`."""
    return f"{day.replace(day=1) - _DAY:%Y-%m}"


def bulletin(
    month: str,
    settings: Settings,
    news: Mapping[str, News],
    findings: Iterable[Finding],
    window: Window,
    known_since: date | None,
) -> Bulletin:
    """The check of a month. `news` and `window` reach back to the month before at least; `known_since` is the day of
    the matrix's first run: of months before it nothing is compared.
    """
    first, last = month_bounds(month)
    by_feed: dict[str, list[Finding]] = {}
    for one in findings:
        by_feed.setdefault(one.feed, []).append(one)
    earlier = first - _DAY
    compared = known_since is not None and known_since <= earlier
    checked = []
    for account in settings.accounts:
        its = news.get(account.id, NOTHING)
        own = [one for feed in account.feeds for one in by_feed.get(feed.key, ())]
        before = _check(account, its, own, earlier, settings, window) if compared else None
        if not (its.entries or own or (known_since and known_since <= last)):
            continue  # nothing was known of it then
        now = _check(account, its, own, last, settings, window, before.verdict if before else None)
        if now:
            checked.append(now)
    return Bulletin(month, last, settings.freshness.red, tuple(checked), _by_group(checked, settings))


def _check(
    account: Account,
    news: News,
    findings: Sequence[Finding],
    day: date,
    settings: Settings,
    window: Window,
    before: Verdict | None = None,
) -> Checked | None:
    """What a check of the day came to; None for an account that wasn't there to be checked."""
    absent = (account.joined and account.joined > day) or not account.open_on(day)
    if absent or not (account.feeds or news.entries):
        return None
    newest = max((each for each in news.days if each <= day), default=None)
    if newest is None and news.oldest and news.oldest.astimezone(window.zone).date() <= day:
        newest = news.oldest.astimezone(window.zone).date()  # it lies before all days that are looked at
    fresh = newest is not None and (day - newest).days < settings.freshness.red
    at = datetime.combine(day + _DAY, time.min, window.zone)
    lasting = [one for one in findings if one.since < at and not (one.until and one.until < at)]
    for verdict, watches, even_if_fresh in _HINDRANCES:
        hindering = [one for one in lasting if one.watch in watches]
        if hindering and (even_if_fresh or not fresh):
            since = min(one.since for one in hindering).astimezone(window.zone).date()
            return Checked(account, verdict, newest, since, before)
    if fresh:
        return Checked(account, Verdict.PASSED, newest, None, before)
    undated = newest is None and news.entries > 0
    return Checked(account, Verdict.UNDATED if undated else Verdict.SILENT, newest, None, before)


# What hinders an account from passing, worst first, and whether it does though there is news.
_HINDRANCES = (
    (Verdict.FOREIGN, (Watch.OTHER_SITE, Watch.SPAM), True),
    (Verdict.NO_FEED, (Watch.NO_FEED,), False),
    (Verdict.UNREACHABLE, (Watch.UNREACHABLE,), False),
)


def count_of(checked: Iterable[Checked]) -> Count:
    """How many of them passed."""
    counts = Counter[str]()
    for one in checked:
        counts["checked"] += 1
        counts["passed"] += one.passed
        counts["checked before"] += one.before is not None
        counts["passed before"] += one.before is Verdict.PASSED
    return Count(counts["checked"], counts["passed"], counts["checked before"], counts["passed before"])


def _by_group(checked: Iterable[Checked], settings: Settings) -> dict[str, Count]:
    """In the order of the settings; groups without a checked account are missing."""
    within: dict[str, list[Checked]] = {group.id: [] for group in settings.groups}
    groups_of = groups_of_accounts(settings)
    for one in checked:
        for group in groups_of[one.account.id]:
            within[group].append(one)
    return {group: count_of(its) for group, its in within.items() if its}
