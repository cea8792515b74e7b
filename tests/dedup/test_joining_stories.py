"""What becomes of stories as entries come: addresses, time, what is learned, digests, merges."""

from __future__ import annotations

import pytest

from matrixsite.dedup.lookup import Kind
from matrixsite.dedup.prints import Pending
from matrixsite.dedup.verdict import Evidence
from tests.dedup.memory import BRIDGE, OBSERVATORY, ORCHARD, TITLE, piece, prose
from tests.dedup.worlds import FIRST, LINES, PROGRAMME, RED, ROUND_UP, STARS, world

# --- addresses -----------------------------------------------------------------------------------------------------


def test_one_address_is_one_story_whatever_it_says() -> None:
    found = world(piece("a1", BRIDGE, TITLE, url=7), piece("b1", ORCHARD, RED, url=7, hours=1))
    assert found.told() == "a1 b1"
    assert found.joins["b1"].evidence is Evidence.URL


@pytest.mark.parametrize("batch", [1, 500])
def test_an_address_that_a_feed_gives_to_several_joins_nothing(batch: int) -> None:
    entries = [
        piece("a1", BRIDGE, TITLE, url=7),
        piece("a2", ORCHARD, RED, url=7, hours=1),
        piece("b1", OBSERVATORY, STARS, url=7, hours=2),
    ]
    assert world(*entries, batch=batch).told() == "a1 | a2 | b1"


def test_an_address_outlasts_all_windows() -> None:
    found = world(
        piece("a1", BRIDGE, TITLE, url=7), piece("b1", ORCHARD, RED, url=7, hours=24 * 400), batch=1
    )
    assert found.told() == "a1 b1"


# --- time ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "seen", "told"),
    [(25, 25, "a1 b1"), (40, 40, "a1 | b1"), (-25, 1, "a1 b1"), (-40, 1, "a1 | b1"), (20, 60, "a1 | b1")],
    ids=["within", "beyond", "earlier within", "earlier beyond", "asleep"],
)
@pytest.mark.parametrize("batch", [1, 500])
def test_an_old_story_is_not_looked_for(days: int, seen: int, told: str, batch: int) -> None:
    later = piece("b1", BRIDGE, TITLE, hours=24 * days, seen=24 * seen)
    assert world(FIRST, later, batch=batch).told() == told


def test_a_story_stays_awake_while_it_is_carried() -> None:
    entries = [piece(f"{account}1", BRIDGE, TITLE, hours=24 * 25 * n) for n, account in enumerate("abcd")]
    assert world(*entries, batch=1).told() == "a1 b1 c1 d1"
    assert world(entries[0], entries[3], batch=1).told() == "a1 | d1"


def test_the_undated_may_be_of_any_time() -> None:
    undated = piece("b1", BRIDGE, TITLE, hours=24 * 44, inferred=True)
    assert world(FIRST, undated).told() == "a1 b1"
    assert world(FIRST, piece("b1", BRIDGE, TITLE, hours=24 * 44)).told() == "a1 | b1"
    older = piece("c1", BRIDGE, TITLE, hours=24 * -300, seen=24 * 44)
    assert world(FIRST, older).told() == "a1 | c1"
    assert world(FIRST, older, undated).told() == "a1 b1 c1"


# --- what is learned -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_a_title_that_comes_back_joins_nobody(batch: int) -> None:
    greetings = [piece(f"{name}1", "", "清晨的第一声问候", hours=n) for n, name in enumerate("ab")]
    assert world(*greetings, batch=batch).told() == "a1 b1"
    daily = [piece(f"c{n}", "", "清晨的第一声问候", hours=48 * n) for n in range(4)]
    told = world(*greetings, *daily, batch=batch).told()
    assert " | ".join(sorted(item.id for item in [*greetings, *daily])) == told


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_sentences_of_many_stories_join_none(batch: int) -> None:
    carrying = [
        piece(f"a{n}", f"{prose(n, 4)}\n{PROGRAMME * 3}", f"{prose(n, 1)}", hours=n) for n in range(6)
    ]
    last = piece("z1", f"{prose(99, 2)}\n{PROGRAMME * 3}", f"{prose(99, 1)}", hours=9)
    assert world(*carrying, last, batch=batch).told() == "a0 | a1 | a2 | a3 | a4 | a5 | z1"


def test_furniture_that_was_learned_no_longer_hides_a_copy() -> None:
    long = prose(50, 6)
    carrying = [piece(f"a{n}", f"{prose(n, 12)}\n{long}", prose(n, 1), hours=n) for n in range(6)]
    copies = [
        piece("y1", f"{LINES[0]}\n{LINES[1]}\n{long}", TITLE, hours=10),
        piece("z1", f"{LINES[0]}\n{LINES[1]}", TITLE, hours=11),
    ]
    found = world(*carrying, *copies)
    assert found.story("z1").id == "y1"
    assert found.joins["z1"].evidence is Evidence.TEXT
    alone = world(*copies)
    assert alone.joins["z1"].evidence is not Evidence.TEXT


def test_a_fingerprint_of_many_stories_is_kept_for_a_few() -> None:
    entries = [piece(f"a{n:02}", f"{prose(n, 10)}\n{LINES[0]}", prose(n, 1), hours=n) for n in range(30)]
    found = world(*entries, batch=3)
    assert len(found.told().split(" | ")) == 30
    assert found.longest_list() == 10


# --- digests -------------------------------------------------------------------------------------------------------

DIGEST = piece("d1", ROUND_UP, "清溪早报", hours=4)


def test_a_digest_contains_the_stories_that_it_rounds_up() -> None:
    found = world(FIRST, piece("b1", ORCHARD, RED, hours=1), piece("c1", OBSERVATORY, STARS, hours=2), DIGEST)
    assert found.told() == "a1 | b1 | c1 | d1"
    assert found.story("d1").kind is Kind.DIGEST
    assert found.contains == {("d1", "a1"), ("d1", "b1")}
    assert {*found.joins["d1"].contains} == {"a1", "b1"}


@pytest.mark.parametrize("batch", [1, 500])
def test_what_comes_after_a_digest_is_contained_too(batch: int) -> None:
    late = piece("c1", prose(7), STARS, hours=6)
    digest = piece("d1", f"{ROUND_UP}\n{STARS}\n{prose(7, 3)}", "清溪早报", hours=4)
    found = world(FIRST, piece("b1", ORCHARD, RED, hours=1), digest, late, batch=batch)
    assert found.told() == "a1 | b1 | c1 | d1"
    assert found.contains == {("d1", "a1"), ("d1", "b1"), ("d1", "c1")}


def test_a_digest_and_its_copy_are_one() -> None:
    copy = piece("e1", ROUND_UP, "清溪早报", hours=5)
    found = world(FIRST, piece("b1", ORCHARD, RED, hours=1), DIGEST, copy)
    assert found.told() == "a1 | b1 | d1 e1"


def test_a_carrier_after_the_digest_joins_the_story_and_not_the_digest() -> None:
    found = world(FIRST, piece("b1", ORCHARD, RED, hours=1), DIGEST, piece("c1", BRIDGE, TITLE, hours=8))
    assert found.told() == "a1 c1 | b1 | d1"


# --- merges and editors --------------------------------------------------------------------------------------------

HEAD = piece("a1", "\n".join(LINES[:3]), TITLE)
REST = piece("b1", "\n".join(LINES[3:]), f"{TITLE}了", hours=1)
BRIDGING = piece("c1", BRIDGE, TITLE, hours=2)


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_an_entry_at_home_in_two_stories_makes_them_one(batch: int) -> None:
    assert world(HEAD, REST).told() == "a1 | b1"
    found = world(HEAD, REST, BRIDGING, batch=batch)
    assert found.told() == "a1 b1 c1"
    assert found.joins["c1"].merges == ("b1",)
    assert (found.story("b1").size, found.story("b1").longest) == (3, "c1")
    after = piece("d1", REST.text, REST.title, hours=3)
    found.add([after])
    assert found.told() == "a1 b1 c1 d1"


def test_the_story_that_was_seen_first_survives() -> None:
    late = piece("a1", HEAD.text, HEAD.title, seen=30)
    found = world(late, REST, BRIDGING)
    assert found.told() == "a1 b1 c1"
    assert found.story("a1").id == "b1"


@pytest.mark.parametrize("parted", ["a1", "b1"])
def test_what_editors_parted_is_never_merged(parted: str) -> None:
    found = world(HEAD, REST)
    found.change(parted, by_hand=True)
    found.add([BRIDGING])
    assert found.joins["c1"].merges == ()
    assert found.story("a1") != found.story("b1")


def test_what_editors_parted_still_takes_in_copies() -> None:
    found = world(FIRST)
    found.change("a1", by_hand=True)
    found.add([piece("b1", BRIDGE, TITLE, hours=1)])
    assert found.told() == "a1 b1"
    assert found.story("a1").by_hand


@pytest.mark.parametrize(
    ("one", "other", "bridging"),
    [
        (HEAD, piece("b1", REST.text, "三公里绕行成旧事", hours=1), f"{TITLE} 三公里绕行成旧事"),
        (
            piece("a1", f"{HEAD.text}\n新桥面宽9米整。", TITLE),
            piece("b1", f"{REST.text}\n新桥面宽7米整。", f"{TITLE}了", hours=1),
            TITLE,
        ),
    ],
    ids=["titles that don't agree", "numbers that don't agree"],
)
def test_a_bridge_does_not_join_what_disagrees(one: Pending, other: Pending, bridging: str) -> None:
    found = world(one, other, piece("c1", BRIDGE, bridging, hours=2))
    assert found.joins["c1"].evidence is not Evidence.FOUNDER
    assert found.joins["c1"].merges == ()
    assert found.story("a1") != found.story("b1")


def test_an_account_that_is_at_odds_in_a_story_stays_out() -> None:
    first = piece("a1", f"{BRIDGE}\n新桥面宽9米整。", TITLE)
    silent_about_it = piece("b1", BRIDGE, TITLE, hours=1)
    other = piece("a2", f"{BRIDGE}\n新桥面宽7米整。", TITLE, hours=30)
    assert world(first, silent_about_it, other).told() == "a1 b1 | a2"
    assert world(silent_about_it, other).told() == "a2 b1"


def test_an_address_says_more_than_a_text() -> None:
    entries = [FIRST, piece("b1", ORCHARD, RED, url=7, hours=1), piece("c1", BRIDGE, TITLE, url=7, hours=2)]
    assert world(*entries).told() == "a1 | b1 c1"


def test_a_text_is_not_joined_by_the_title_of_one_without() -> None:
    entries = [FIRST, piece("b1", "", TITLE, hours=1), piece("c1", ORCHARD, TITLE, hours=2)]
    assert world(*entries).told() == "a1 b1 | c1"
