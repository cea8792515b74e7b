"""What is odd with a feed by its record, what begins and ends with an answer, and bursts and gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from matrixsite.config.settings import FreshnessSettings, IdentityRule
from matrixsite.fetch.schedule import FeedState
from matrixsite.model import Reason
from matrixsite.registry.health import ADVICE
from matrixsite.registry.news import News, Window
from matrixsite.registry.record import FeedRecord
from matrixsite.registry.watch import Finding, Watch, bursts_and_gaps, odd, told, turn

NOW = datetime(2026, 11, 20, 19, tzinfo=UTC)
WELL = FeedRecord(FeedState("a", "a.xml", last_success=NOW), "a")
WINDOW = Window(date(2026, 11, 20), ZoneInfo("UTC"))


def failing(code: str) -> FeedRecord:
    return replace(WELL, state=replace(WELL.state, reason=Reason(code)))


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (WELL, set()),
        (failing("html-page"), {Watch.NO_FEED}),
        (failing("dns"), {Watch.UNREACHABLE}),
        (failing("offline"), set()),
        (
            replace(WELL, problems=(Reason("changed-identity"), Reason("spam"))),
            {Watch.OTHER_SITE, Watch.SPAM},
        ),
        (replace(WELL, problems=(Reason("undated"),)), set()),
        (replace(WELL, rule=IdentityRule.LINK, rule_since=NOW), {Watch.BAD_GUIDS}),
        (replace(WELL, restamped=1), set()),
        (replace(WELL, restamped=2), {Watch.RESTAMPED}),
    ],
)
def test_odd(record: FeedRecord, found: set[Watch]) -> None:
    assert odd(record).keys() == found
    assert all(reason.code in ADVICE for reason in odd(record).values()), "each has a sentence and a mend"


def test_a_turn_is_what_an_answer_changed() -> None:
    web_page = failing("html-page")
    assert [(one.watch, one.since) for one in turn(WELL, web_page, NOW).begun] == [(Watch.NO_FEED, NOW)]
    assert turn(web_page, web_page, NOW + timedelta(days=1)).begun == ()
    assert turn(web_page, failing("dns"), NOW).ended == (("a", Watch.NO_FEED),)
    assert turn(failing("dns"), failing("timeout"), NOW).begun == (), "still not reached"


def posts(counts: dict[int, int]) -> News:
    """So many on each day of November."""
    days = {date(2026, 11, day): count for day, count in counts.items()}
    first, last = (datetime(2026, 11, day, 12, tzinfo=UTC) for day in (min(counts), max(counts)))
    return News(sum(counts.values()), first, last, days)


DAILY = dict.fromkeys(range(1, 11), 2)


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        (dict.fromkeys(range(1, 21), 2), []),
        (DAILY | dict.fromkeys(range(11, 21), 2) | {18: 40}, [(Watch.BURST, 18)]),
        (DAILY | dict.fromkeys(range(11, 21), 2) | {18: 19}, []),
        (DAILY, [(Watch.GAP, 11)]),
        (dict.fromkeys(range(1, 6), 2), []),  # too few days to have a rhythm
        (dict.fromkeys(range(1, 6), 2) | dict.fromkeys((6,), 2), []),
    ],
)
def test_bursts_and_gaps(counts: dict[int, int], found: list[tuple[Watch, int]]) -> None:
    made = bursts_and_gaps("a", posts(counts), WINDOW, FreshnessSettings())
    assert [(one.watch, one.since.day) for one in made] == found


def test_a_red_account_is_no_gap_any_more() -> None:
    late = Window(date(2026, 11, 24), ZoneInfo("UTC"))
    assert list(bursts_and_gaps("a", posts(DAILY), late, FreshnessSettings())) == []


def test_people_are_told_the_worst_first_and_nothing_of_what_is_unreachable() -> None:
    made = [Finding("a", watch, NOW, Reason("x")) for watch in (Watch.GAP, Watch.UNREACHABLE, Watch.SPAM)]
    assert [one.watch for one in told(made)] == [Watch.SPAM, Watch.GAP]
