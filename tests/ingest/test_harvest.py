"""One document in, its new or changed entries out."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.config.settings import Future, IdentityRule
from matrixsite.ingest.harvest import DIGEST
from matrixsite.model import Reason
from tests.ingest.documents import harvested, only
from tests.nights import LONG, Item, rss
from tests.parse.test_document import DOCUMENTS

TOMORROW = Item("soon", day=21)


def titles(body: bytes, **terms: Any) -> list[str]:
    return [entry.clean.title for entry in harvested(body, **terms).entries]


def test_known_items_stop_early() -> None:
    snapshot = harvested(rss("p", "q")).snapshot
    again = harvested(rss("r", Item("p", text="改了"), "q"), known=snapshot)
    assert [entry.guid for entry in again.entries] == ["urn:x:r", "urn:x:p"]
    assert again.seen == 3


def test_a_feed_that_moves_brings_nothing_new() -> None:
    known = harvested(rss("p", Item("q", link="/q"))).snapshot
    assert (
        harvested(rss("p", Item("q", link="/q")), url="https://cdn7.example.net/f", known=known).entries == ()
    )


@pytest.mark.parametrize(
    "terms",
    [{"zone": "Europe/London"}, {"charset": "gb18030"}, {"skip_words": ("讣告",)}, {"hold_words": ("内部",)}],
    ids=lambda terms: next(iter(terms)),
)
def test_other_terms_mean_another_look(terms: dict[str, Any]) -> None:
    known = harvested(rss("p")).snapshot
    assert len(harvested(rss("p"), known=known, **terms).entries) == 1
    assert harvested(rss("p"), known=known).entries == ()


def test_the_last_entry_of_a_document_that_was_cut_off_is_a_stump() -> None:
    whole = rss("p", Item("q", text=LONG))
    cut = harvested(whole[: whole.index("九点".encode())])
    assert [(entry.guid, entry.stump) for entry in cut.entries] == [("urn:x:p", False), ("urn:x:q", True)]
    assert Reason("truncated") in [Reason(problem.code) for problem in cut.problems]
    assert [entry.guid for entry in harvested(whole, known=cut.snapshot).entries] == ["urn:x:q"]
    assert (cut.revisit, harvested(whole).revisit) == (True, False)  # its validators are not the whole's


def test_skip_words_are_folded_as_hold_words_are() -> None:
    body = rss(Item("p", title="【訃告】某某"), Item("q", title="通知"))
    assert titles(body, skip_words=("讣告",)) == ["通知"]


def test_hold_words_mark_what_they_hold() -> None:
    held = harvested(rss(Item("p", text="此件内部传阅"), "q"), hold_words=("内部",))
    assert [entry.held_by for entry in held.entries] == ["内部", ""]


def test_an_entry_of_the_future_may_wait_until_its_time_has_come() -> None:
    waiting = harvested(rss("p", TOMORROW), future=Future.SKIP)
    assert ([entry.guid for entry in waiting.entries], waiting.revisit) == (["urn:x:p"], True)
    later = harvested(rss("p", TOMORROW), future=Future.SKIP, known=waiting.snapshot, now=TOMORROW_NOON)
    assert ([entry.guid for entry in later.entries], later.revisit) == (["urn:x:soon"], False)


TOMORROW_NOON = harvested(rss(TOMORROW), future=Future.KEEP).entries[0].dates.published


def test_an_entry_of_the_future_is_reported() -> None:
    found = harvested(rss("p", TOMORROW))
    assert Reason("future-dates", "1 of 2") in found.problems
    assert len(found.entries) == 2


@pytest.mark.parametrize("body", [b"", b"<html><body>404</body></html>", b"\x00\x01\x02"])
def test_what_is_no_feed_is_a_value(body: bytes) -> None:
    found = harvested(body)
    assert found.error is not None
    assert found.entries == ()


def test_a_degraded_policy_is_reported_for_as_long_as_it_lasts() -> None:
    clashing = rss(Item("p", guid="1"), Item("q", guid="1"))
    first = harvested(clashing)
    assert (first.rule, first.problems[0].code) == (IdentityRule.LINK, "bad-guids")
    assert harvested(rss("p"), rule=first.rule).problems[0].code == "bad-guids"
    assert harvested(rss("p"), rule=IdentityRule.LINK, locked=True).problems == ()


def test_a_link_that_entries_share_tells_none_apart() -> None:
    one = "https://example.com/list"
    assert [entry.url_key for entry in harvested(rss(Item("p", link=one), Item("q", link=one))).entries] == [
        None
    ] * 2
    assert only(harvested(rss(Item("p", link="https://example.com/")))).url_key is None
    assert only(harvested(rss("p", "p"))).url_key is not None  # a repeated item shares it with nobody


def test_one_digest_an_item_behind_the_mark() -> None:
    assert len(harvested(rss("p", "q")).snapshot) == 3 * DIGEST


def test_tasks_and_harvests_travel_to_workers() -> None:
    found = harvested(rss("p"))
    assert pickle.loads(pickle.dumps(found)) == found


@given(
    st.sampled_from(DOCUMENTS),
    st.lists(
        st.tuples(
            st.integers(0, 2_000),
            st.sampled_from([b"<", b"</item>", b"&#1", b"\xff"]) | st.binary(max_size=9),
        )
    ),
)
def test_any_document_is_harvested_the_same_each_time(
    document: bytes, edits: list[tuple[int, bytes]]
) -> None:
    for at, piece in edits:
        document = document[:at] + piece + document[at + len(piece) :]
    found = harvested(document, hold_words=("内部",))
    assert found == harvested(document, hold_words=("内部",)) == pickle.loads(pickle.dumps(found))
    assert found.error is None or not found.entries
