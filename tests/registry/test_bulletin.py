"""The monthly check: verdicts, the month before, groups."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from matrixsite.config.settings import Account, Feed, Group, Settings
from matrixsite.model import Reason
from matrixsite.registry.bulletin import Bulletin, Verdict, bulletin, month_bounds, whole_month_before
from matrixsite.registry.news import News, Window
from matrixsite.registry.watch import Finding, Watch
from tests.store.filling import matrix

ZONE = ZoneInfo("Asia/Shanghai")
WINDOW = Window(date(2026, 10, 31), ZONE)
FRESH, OLD = (10, 18), (10, 17)  # the first day that counts, and the one before


def account(name: str, group: str = "", joined: date | None = None, closed: date | None = None) -> Account:
    groups = (group,) if group else ()
    feeds = (Feed(name, f"{name}.xml"),)
    return Account(name, name, name, feeds=feeds, groups=groups, joined=joined, closed=closed)


def news(*days: tuple[int, int]) -> News:
    at = [datetime(2026, month, day, 12, tzinfo=ZONE) for month, day in days]
    return News(len(days), at[0], at[-1], {one.date(): 1 for one in at}) if at else News(3)


def finding(watch: Watch, since: date, until: date | None = None) -> Finding:
    begins, ends = (
        datetime(one.year, one.month, one.day, tzinfo=UTC) if one else None for one in (since, until)
    )
    assert begins
    return Finding("a", watch, begins, Reason("dns"), ends)


def check(
    its: News, *findings: Finding, settings: Settings | None = None, known_since: date = date(2026, 10, 1)
) -> Bulletin:
    return bulletin("2026-10", settings or matrix(account("a")), {"a": its}, findings, WINDOW, known_since)


@pytest.mark.parametrize(
    ("its", "findings", "verdict"),
    [
        (news(FRESH), [], Verdict.PASSED),
        (news(OLD), [], Verdict.SILENT),
        (news(), [], Verdict.UNDATED),
        (news(OLD), [finding(Watch.UNREACHABLE, date(2026, 10, 20))], Verdict.UNREACHABLE),
        (news(FRESH), [finding(Watch.UNREACHABLE, date(2026, 10, 20))], Verdict.PASSED),
        (news(OLD), [finding(Watch.UNREACHABLE, date(2026, 10, 20), date(2026, 10, 25))], Verdict.SILENT),
        (news(OLD), [finding(Watch.UNREACHABLE, date(2026, 11, 2))], Verdict.SILENT),
        (news(OLD), [finding(Watch.NO_FEED, date(2026, 10, 20))], Verdict.NO_FEED),
        (news(FRESH), [finding(Watch.SPAM, date(2026, 10, 20))], Verdict.FOREIGN),
        (news(FRESH), [finding(Watch.OTHER_SITE, date(2026, 10, 20), date(2026, 11, 3))], Verdict.FOREIGN),
    ],
)
def test_verdicts(its: News, findings: list[Finding], verdict: Verdict) -> None:
    (one,) = check(its, *findings).accounts
    assert one.verdict is verdict


@pytest.mark.parametrize(
    ("joined", "closed", "checked"),
    [
        (date(2026, 11, 1), None, False),
        (date(2026, 10, 31), None, True),
        (None, date(2026, 10, 31), False),
        (None, date(2026, 11, 1), True),
    ],
)
def test_who_is_checked(joined: date | None, closed: date | None, checked: bool) -> None:
    settings = matrix(account("a", joined=joined, closed=closed))
    assert bool(check(news(FRESH), settings=settings).accounts) is checked


def test_the_month_before_is_checked_as_it_was_then() -> None:
    made = check(news((9, 20), FRESH), known_since=date(2026, 9, 30))
    assert [(one.verdict, one.before) for one in made.accounts] == [(Verdict.PASSED, Verdict.PASSED)]
    made = check(news((9, 10), FRESH), known_since=date(2026, 9, 30))
    assert made.accounts[0].before is Verdict.SILENT
    assert (made.count.rate, made.count.rate_before, made.count.failed_before) == (100.0, 0.0, 1)


def test_nothing_is_compared_with_a_time_before_the_first_run() -> None:
    made = check(news((9, 20), FRESH), known_since=date(2026, 10, 1))
    assert made.accounts[0].before is None
    assert made.count.rate_before is None


def test_groups_count_all_that_lies_in_them() -> None:
    groups = (Group("city", "市"), Group("east", "东", parent="city"), Group("empty", "空"))
    settings = matrix(account("a", "east"), account("b", "city"), groups=groups)
    made = check(news(FRESH), settings=settings)
    assert {name: (count.checked, count.passed) for name, count in made.groups.items()} == {
        "city": (2, 1),
        "east": (1, 1),
    }


def test_months() -> None:
    assert month_bounds("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert whole_month_before(date(2026, 1, 1)) == "2025-12"
    with pytest.raises(ValueError, match="unconverted"):
        month_bounds("2026-13")
