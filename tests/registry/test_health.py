"""Every reason has a sentence and a mend, and a feed's record says the worst of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from matrixsite.config.settings import Account, Feed, IdentityRule
from matrixsite.fetch.schedule import FeedState
from matrixsite.ingest.harvest import Harvest
from matrixsite.model import Reason
from matrixsite.registry.freshness import account_statuses, as_mapping
from matrixsite.registry.health import ADVICE, advice
from matrixsite.registry.news import News, Window
from matrixsite.registry.record import FeedRecord, Health, with_harvest, with_rule, with_state
from matrixsite.store.images import ImageCount
from tests.store.filling import matrix

NOW = datetime(2026, 11, 20, 19, tzinfo=UTC)
READ = FeedState("a", "a.xml", last_success=NOW)
FAILING = replace(READ, reason=Reason("dns", "example.org"))
TODAY, ZONE = date(2026, 11, 20), ZoneInfo("UTC")
NEW = FeedRecord(FeedState("a", "a.xml"), "a")


@pytest.mark.parametrize("code", ADVICE)
def test_advice_is_a_clause_and_a_sentence(code: str) -> None:
    told = advice(Reason(code, "detail"))
    assert told.sentence.endswith("(detail)")
    assert told.mend.endswith(".")
    assert not advice(Reason(code)).sentence.endswith((".", ")")) or "(4" in told.sentence


@pytest.mark.parametrize(
    ("state", "problems", "health", "reason"),
    [
        (NEW.state, (), Health.NEW, None),
        (READ, (), Health.OK, None),
        (READ, (Reason("truncated"), Reason("undated")), Health.DEGRADED, "truncated"),
        (FAILING, (Reason("truncated"),), Health.FAILED, "dns"),
        (replace(FAILING, paused_since=NOW, paused_reason=Reason("gone")), (), Health.PAUSED, "gone"),
    ],
)
def test_health(state: FeedState, problems: tuple[Reason, ...], health: Health, reason: str | None) -> None:
    record = with_harvest(NEW, state, Harvest("a", "a", problems=problems), NOW)
    assert record.health is health
    assert (record.reason and record.reason.code) == reason


def test_since_when() -> None:
    later = NOW + timedelta(days=1)
    failed = with_state(with_harvest(NEW, READ, Harvest("a", "a"), NOW), FAILING, later)
    assert (failed.since, with_state(failed, FAILING, later + timedelta(days=1)).since) == (later, later)


def test_a_weaker_policy_is_dated_once() -> None:
    record = with_rule(NEW, IdentityRule.LINK, Reason("rotating-guids"), NOW)
    again = with_harvest(record, READ, Harvest("a", "a", rule=IdentityRule.LINK), NOW + timedelta(days=1))
    assert (again.rule, again.rule_since) == (IdentityRule.LINK, NOW)


def test_an_account_is_as_well_as_its_worst_feed() -> None:
    account = Account("a", "甲", "m", feeds=(Feed("a/1", "1.xml"), Feed("a/2", "2.xml")))
    silent = Account("b", "乙", "b")
    records = {
        "a/1": FeedRecord(replace(READ, key="a/1"), "a", Health.OK, NOW),
        "a/2": FeedRecord(replace(FAILING, key="a/2"), "a", Health.FAILED, NOW),
    }
    newest = NOW - timedelta(days=3, hours=1)
    rows = account_statuses(
        matrix(account, silent),
        records,
        {"a": News(7, newest, newest)},
        {"a": ImageCount(2, 1)},
        Window(TODAY, ZONE),
    )
    assert [(row.account, row.health, row.reason, row.days, row.entries) for row in rows] == [
        ("a", "failed", "dns", 3, 7),
        ("b", "none", "", None, 0),
    ]
    assert [(row.images_mirrored, row.images_missing) for row in rows] == [(2, 1), (0, 0)]
    assert [feed["health"] for feed in as_mapping(rows[0])["feeds"]] == ["ok", "failed"]
