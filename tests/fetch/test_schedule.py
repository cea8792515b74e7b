"""What a feed's state comes to, night after night."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.config.settings import Feed, FetchSettings
from matrixsite.fetch.reasons import NOT_THE_FEEDS_FAULT
from matrixsite.fetch.schedule import FeedState, after, as_ever, failed, request_for, state_for
from matrixsite.model import Answer, Outcome, Reason, Request

NIGHT_ONE = datetime(2026, 11, 1, 18, 0, tzinfo=UTC)
FEED = Feed("a", "https://feeds.example/a.xml")
SETTINGS = FetchSettings()
NEW = Answer("a", Outcome.NEW, etag='"1"', modified="then", digest=b"d", status=200)
DOWN = Answer("a", Outcome.FAILED, reason=Reason("timeout"))
MISSING = Answer("a", Outcome.FAILED, status=404, reason=Reason("not-found"))
GONE = Answer("a", Outcome.GONE, status=410, reason=Reason("gone"))


def nights(answers: Iterable[Answer], *, feed: Feed = FEED, jitter: int = 0) -> tuple[FeedState, list[int]]:
    """Run once a night, each run some minutes early or late; also the nights on which the feed was asked."""
    state, asked = state_for(feed, None), []
    for night, answer in enumerate(answers):
        now = NIGHT_ONE + timedelta(days=night, minutes=jitter if night % 2 else -jitter)
        if isinstance(request_for(state, now), Request):
            asked.append(night)
            state = after(state, answer, now, SETTINGS)
    return state, asked


def moved(to: str) -> Answer:
    return replace(NEW, moved_to=to)


def test_a_good_answer_is_remembered() -> None:
    state, _ = nights([DOWN, NEW])
    assert request_for(state, NIGHT_ONE) == Request("a", FEED.url, '"1"', "then", b"d")
    assert (state.failures, state.failing_since, state.reason) == (0, None, None)
    assert state.last_success == state.last_checked == NIGHT_ONE + timedelta(days=1)


def test_a_network_fault_keeps_validators_and_a_body_that_is_no_feed_drops_them() -> None:
    state, _ = nights([NEW, DOWN])
    assert (state.etag, state.failures, state.reason) == ('"1"', 1, Reason("timeout"))
    state = failed(state, Reason("not-a-feed"), NIGHT_ONE, SETTINGS)
    assert request_for(state, NIGHT_ONE) == Request("a", FEED.url)
    assert (state.failures, state.reason) == (2, Reason("not-a-feed"))


@pytest.mark.parametrize("jitter", [0, 20, 90])
def test_back_off_grows_to_three_days_whatever_the_minute(jitter: int) -> None:
    _, asked = nights([DOWN] * 16, jitter=jitter)
    assert asked == [0, 1, 2, 3, 5, 8, 11, 14]


def test_a_file_is_looked_for_every_night() -> None:
    _, asked = nights([DOWN] * 8, feed=Feed("a", "feeds/a.xml"))
    assert asked == list(range(8))


def test_force_asks_whatever_was_agreed() -> None:
    state, _ = nights([GONE])
    assert isinstance(request_for(state, NIGHT_ONE), Reason)
    assert request_for(state, NIGHT_ONE, force=True) == Request("a", FEED.url)


def test_gone_pauses_with_a_date_and_is_tried_once_a_month() -> None:
    state, asked = nights([GONE] * 70)
    assert asked == [0, 30, 60]
    assert (state.paused_since, state.paused_reason) == (NIGHT_ONE, Reason("gone"))
    reason = request_for(state, NIGHT_ONE + timedelta(days=70))
    assert reason == Reason("paused", "since 2026-11-01: gone")


def test_a_paused_feed_that_comes_back_is_paused_no_more() -> None:
    state, asked = nights([GONE, *[NEW] * 39])
    assert asked == [0, *range(30, 40)]
    assert (state.paused_since, state.paused_reason) == (None, None)


def test_a_changed_address_starts_afresh() -> None:
    state, _ = nights([NEW, GONE])
    again = state_for(Feed("a", "https://new.example/"), state)
    assert request_for(again, NIGHT_ONE) == Request("a", "https://new.example/")
    assert again.last_success == NIGHT_ONE
    assert again.paused_since is None


def test_not_found_for_two_weeks_pauses() -> None:
    state, _ = nights([MISSING] * 14)
    assert state.paused_since is None
    state, asked = nights([MISSING] * 40)
    assert state.paused_since == NIGHT_ONE + timedelta(days=14)
    assert asked[-2:] == [11, 14]


def test_retry_after_is_obeyed_to_the_second() -> None:
    state, _ = nights([replace(DOWN, status=503, retry_after=3600.0)])
    assert isinstance(request_for(state, NIGHT_ONE + timedelta(seconds=3599)), Reason)
    assert isinstance(request_for(state, NIGHT_ONE + timedelta(seconds=3600)), Request)


@pytest.mark.parametrize("code", sorted(NOT_THE_FEEDS_FAULT))
def test_what_is_not_the_feeds_fault_never_lengthens_its_back_off(code: str) -> None:
    state, asked = nights([NEW, *[replace(DOWN, reason=Reason(code))] * 9])
    assert asked == list(range(10))
    assert (state.failures, state.etag) == (0, '"1"')


def test_a_move_is_adopted_after_three_agreeing_runs() -> None:
    there = moved("https://there.example/a")
    assert nights([there] * 2)[0].adopted == ""
    assert nights([there, there, NEW, there])[0].adopted == ""
    assert nights([there, there, moved("https://elsewhere.example/")])[0].adopted == ""
    state, _ = nights([there] * 3)
    assert request_for(state, NIGHT_ONE) == Request("a", "https://there.example/a", '"1"', "then", b"d")


def test_a_failure_between_does_not_break_agreement_but_no_feed_does() -> None:
    there = moved("https://there.example/a")
    assert nights([there, there, DOWN, there])[0].adopted == "https://there.example/a"
    state, _ = nights([there, there])
    state = failed(state, Reason("not-a-feed"), NIGHT_ONE, SETTINGS)
    assert after(state, there, NIGHT_ONE, SETTINGS).adopted == ""


@pytest.mark.parametrize(
    ("url", "to"),
    [
        (FEED.url, "https://10.0.0.1/a"),
        (FEED.url, "https://2130706433/a"),
        (FEED.url, "https://[::1]/a"),
        (FEED.url, "http://feeds.example/a.xml"),
        (FEED.url, "https://h:99999/"),
        ("https://me:secret@feeds.example/a", "https://feeds.example/b"),
    ],
)
def test_moves_that_are_never_adopted(url: str, to: str) -> None:
    state, _ = nights([moved(to)] * 9, feed=Feed("a", url))
    assert (state.adopted, state.moved_seen) == ("", 9)


def test_a_move_that_came_to_nothing_is_undone() -> None:
    state, asked = nights([moved("https://there.example/a")] * 3 + [DOWN] * 3)
    assert asked == list(range(6))
    assert request_for(state, NIGHT_ONE) == Request("a", FEED.url)


def test_a_move_back_home_is_no_move() -> None:
    state, _ = nights([moved("https://there.example/a")] * 3 + [moved(FEED.url)] * 3)
    assert (state.adopted, state.moved_to) == ("", "")


@given(st.lists(st.sampled_from([NEW, DOWN, MISSING, GONE, moved("https://there.example/")]), max_size=60))
def test_no_feed_is_forgotten(answers: list[Answer]) -> None:
    state, _ = nights(answers)
    now = NIGHT_ONE + timedelta(days=len(answers) + 31)
    assert isinstance(request_for(state, now), Request)
    assert (state.failures == 0) is (state.reason is None)


@given(
    st.lists(st.sampled_from([NEW, DOWN, MISSING, GONE, moved("https://feeds.example/b.xml")]), max_size=6),
    st.sampled_from([Outcome.SAME, Outcome.NEW, Outcome.FAILED]),
    st.sampled_from(['"1"', '"2"']),
    st.sampled_from(["", "https://feeds.example/b.xml"]),
)
def test_an_answer_as_ever_changes_the_times_alone(
    history: list[Answer], outcome: Outcome, etag: str, moved_to: str
) -> None:
    state, _ = nights(history)
    answer = replace(NEW, outcome=outcome, etag=etag, moved_to=moved_to)
    now = NIGHT_ONE + timedelta(days=100)
    checked = replace(state, last_checked=now, last_success=now)
    if as_ever(state, answer):
        assert after(state, answer, now, SETTINGS) == checked
    elif outcome is Outcome.SAME and state.last_success is not None:
        assert after(state, answer, now, SETTINGS) != checked


def test_the_second_night_of_an_unchanged_feed_is_as_ever() -> None:
    state, _ = nights([NEW])
    assert as_ever(state, replace(NEW, outcome=Outcome.SAME))
    assert not as_ever(state_for(FEED, None), replace(NEW, outcome=Outcome.SAME))
