"""Small worlds from end to end: entries in, stories out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from matrixsite.dedup.joining import Join
from matrixsite.dedup.lookup import Kind
from matrixsite.dedup.prints import Pending
from matrixsite.dedup.verdict import Evidence
from tests.dedup.memory import BRIDGE, OBSERVATORY, ORCHARD, TITLE, Memory, piece, prose

RED = "半山腰柿子园迎来采摘尾声"
STARS = "少年观星夜课在天文台开讲"
LINES, ROWS = BRIDGE.split("\n"), ORCHARD.split("\n")
TRADITIONAL = OpenCC("s2t").convert
ROUND_UP = "\n".join([TITLE, *LINES[:2], RED, *ROWS[:2]])
FIRST = piece("a1", BRIDGE, TITLE)
WIDTH = BRIDGE.replace("九米", "9米")

COUNTED = (  # a text full of numbers, as silent corrections are found by
    "全长18.5公里的滨水步道贯通，沿线设驿站6处、饮水点12个、长椅240张。\n"
    "步道串起3座旧码头，由南向北依次是柳荫渡、石埠渡和芦花渡，均立有说明牌。\n"
    "每处驿站备有雨伞30把、药箱1个，早上6时开门，晚上10时关门，节假日照常。\n"
    "骑行者须在标线内通行，限速15公里，与步行者相遇时减速让行，不得并排。\n"
    "沿线新栽乌桕700株、水杉450株，都挂了牌，认养者可以在亭子里登记。\n"
    "夜间灯光分三档，十点以后只留脚灯，免得惊扰芦苇丛里过夜的水鸟。\n"
    "管护队共有46人，分成4班轮值，发现栏杆松动，当天就要报修并围挡。"
)


def world(*entries: Pending, batch: int = 500) -> Memory:
    memory = Memory()
    memory.add(entries, batch)
    return memory


@pytest.mark.parametrize(
    ("text", "title", "evidence"),
    [
        (BRIDGE, TITLE, Evidence.TEXT),
        (BRIDGE, "绕行三公里的日子到头了", Evidence.TEXT),
        (BRIDGE, f"【转载】{TITLE}！", Evidence.TEXT),
        (f"来源：清溪晚报\n{BRIDGE}\n责编：小周\n长按二维码关注我们", TITLE, Evidence.TEXT),
        (f"{TITLE}\n{BRIDGE}", TITLE, Evidence.TEXT),
        (TRADITIONAL(BRIDGE), TRADITIONAL(TITLE), Evidence.TEXT),
        (BRIDGE.replace("桥", "桥(qiao)").replace("石", "石\u200b"), TITLE, Evidence.TEXT),
        ("\n".join([*LINES, ROWS[4]]), TITLE, Evidence.NEAR),
        ("\n".join([*LINES[:3], *LINES[4:]]), TITLE, Evidence.NEAR),
        ("\n".join(LINES[:2]), TITLE, Evidence.EXCERPT),
        (BRIDGE.replace("九米", "七米"), f"【更正】{TITLE}", Evidence.CORRECTION),
        ("", TITLE, Evidence.TITLE),
    ],
    ids=[
        "verbatim",
        "retitled",
        "decorated",
        "furniture",
        "title in the text",
        "traditional",
        "pollution",
        "paragraph more",
        "paragraph less",
        "excerpt",
        "marked correction",
        "title only",
    ],
)
def test_a_repost_joins_its_story(text: str, title: str, evidence: Evidence) -> None:
    after = world(FIRST, piece("b1", text, title, hours=5))
    assert after.told() == "a1 b1"
    assert after.joins["b1"].evidence is evidence
    assert after.joins["b1"].measures["with"] == "a1"
    before = world(FIRST, piece("b1", text, title, hours=-5))
    assert before.told() == "a1 b1"
    assert before.story("a1").id == "b1"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FIRST, piece("b1", ORCHARD, RED, hours=1)),
        (FIRST, piece("b1", ORCHARD, TITLE, hours=1)),
        (piece("a1", BRIDGE, "访桥记（上）"), piece("b1", BRIDGE, "访桥记（下）", hours=1)),
        (
            piece("a1", "\n".join(LINES[:4]), "访桥记①"),
            piece("a2", "\n".join(LINES[2:]), "访桥记②", hours=24),
        ),
        (piece("a1", WIDTH, TITLE), piece("b1", WIDTH.replace("9米", "7米"), TITLE, hours=1)),
        (
            piece("a1", "明日白天多云，气温19到27度，东风三级，湿度60，紫外线弱，宜晾晒。", "清溪天气"),
            piece(
                "a2", "明日白天多云，气温16到22度，东风四级，湿度85，紫外线弱，宜晾晒。", "清溪天气", hours=24
            ),
        ),
        (
            piece("a1", "明日白天多云，气温19到27度，东风三级，湿度60，紫外线弱，宜晾晒。", "清溪天气"),
            piece("b1", "明日白天多云，气温18到27度，东风三级，湿度70，紫外线弱，宜晾晒。", "河西天气"),
        ),
        (
            piece("a1", f"柳林镇渡口检修，柳林镇居民请绕行。{LINES[3]}", "渡口检修告知"),
            piece("b1", f"松岗镇渡口检修，松岗镇居民请绕行。{LINES[3]}", "渡口检修告知", hours=1),
        ),
        (piece("a1", LINES[0], "老石桥放行了"), piece("a2", LINES[0], "周末去哪里走走", hours=48)),
        (piece("a1", "", "分享图片"), piece("b1", "", "分享图片", hours=1)),
        (piece("a1", "", TITLE), piece("a2", "", TITLE, hours=1)),
        (
            piece("a1", "", "随手一拍", images=("https://x.example/1.jpg",)),
            piece("b1", "", "随手一拍", images=("https://x.example/2.jpg",)),
        ),
        (piece("a1"), piece("b1")),
    ],
    ids=[
        "two texts",
        "two texts of one title",
        "parts in brackets",
        "parts that overlap",
        "another number",
        "the next day's card",
        "the neighbours' card",
        "the neighbours' notice",
        "a blurb of one account",
        "a generic title",
        "a title of one account",
        "other pictures",
        "nothing at all",
    ],
)
def test_look_alikes_stay_apart(one: Pending, other: Pending) -> None:
    assert world(one, other).told() == f"{one.id} | {other.id}"


def test_one_picture_joins_who_says_nothing_else() -> None:
    same = ("https://x.example/1.jpg",)
    found = world(piece("a1", "", "随手一拍", images=same), piece("b1", "", "随手一拍", hours=1, images=same))
    assert found.told() == "a1 b1"
    assert found.joins["b1"].evidence is Evidence.PICTURE


@pytest.mark.parametrize(
    ("account", "hours", "evidence"),
    [("a", 3, Evidence.CORRECTION), ("a", 30, Evidence.FOUNDER), ("z", 3, Evidence.FOUNDER)],
    ids=["soon after", "the next day", "another account's"],
)
def test_a_silent_correction(account: str, hours: int, evidence: Evidence) -> None:
    first = piece("a1", COUNTED, "滨水步道贯通，沿线设六处驿站")
    later = piece("z1", COUNTED.replace("700株", "760株"), first.title, account=account, hours=hours)
    assert world(first, later).joins["z1"].evidence is evidence


@pytest.mark.parametrize("hours", [3, -3])
def test_a_marked_correction_puts_a_number_right(hours: int) -> None:
    corrected = piece("b1", WIDTH.replace("9米", "7米"), f"【更正】{TITLE}", hours=hours)
    found = world(piece("a1", WIDTH, TITLE), corrected)
    assert found.told() == "a1 b1"
    assert Evidence.CORRECTION in {join.evidence for join in found.joins.values()}


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

PROGRAMME = "清溪夜读，每晚九点，陪你走过寻常的日子，也记下不寻常的片刻。"


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
    assert found.joins["d1"].contains == ("a1", "b1")


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


# --- whatever comes ------------------------------------------------------------------------------------------------

TEXTS = [BRIDGE, "\n".join(LINES[:3]), "\n".join(LINES[3:]), ORCHARD, ROUND_UP, PROGRAMME, COUNTED, ""]
TITLES = [
    TITLE,
    f"{TITLE}了",
    RED,
    "清溪早报",
    f"【更正】{TITLE}",
    "分享图片",
    "访桥记（上）",
    "访桥记（下）",
]


@st.composite
def entries(draw: st.DrawFn) -> list[Pending]:
    """What some accounts may say within some months."""
    return [
        piece(
            f"{draw(st.sampled_from('abc'))}{n}",
            draw(st.sampled_from(TEXTS)) + draw(st.sampled_from(["", "", f"\n{PROGRAMME}", f"\n{ROWS[2]}"])),
            draw(st.sampled_from(TITLES)),
            hours=(hours := draw(st.integers(0, 24 * 50))),
            seen=hours + draw(st.sampled_from([0, 0, 24 * 60])),
            inferred=draw(st.sampled_from([False, False, False, True])),
            url=draw(st.sampled_from([None, None, None, 1, 2])),
            images=draw(st.sampled_from([(), ("https://x.example/1.jpg",)])),
        )
        for n in range(draw(st.integers(0, 10)))
    ]


def decided(joins: Sequence[Join]) -> list[tuple[object, ...]]:
    return [
        (join.entry, join.story, join.evidence, join.measures, join.merges, join.contains) for join in joins
    ]


@given(entries(), st.sampled_from([1, 2, 3]))
@settings(max_examples=60, deadline=None)
def test_the_size_of_a_batch_makes_no_difference(drawn: list[Pending], batch: int) -> None:
    small, large = Memory(), Memory()
    assert decided(small.add(drawn, batch)) == decided(large.add(drawn, 500))
    assert small.told() == large.told()
    assert small.contains == large.contains
    assert [small.story(item.id) for item in drawn] == [large.story(item.id) for item in drawn]


@given(entries())
@settings(max_examples=40, deadline=None)
def test_each_entry_has_one_story(drawn: list[Pending]) -> None:
    memory = Memory()
    joins = memory.add(drawn, 4)
    assert sorted(join.entry for join in joins) == sorted(item.id for item in drawn)
    stories = {memory.story(item.id).id: memory.story(item.id) for item in drawn}
    assert sum(story.size for story in stories.values()) == len(drawn)
    assert stories.keys() <= {item.id for item in drawn}
    for join in joins:
        assert (join.evidence is Evidence.FOUNDER) == (join.story == join.entry)
        assert join.entry not in join.merges
    assert all(digest != name and digest in stories for digest, name in memory.contains)


@given(entries())
@settings(max_examples=20, deadline=None)
def test_prints_may_be_forgotten_between_batches(drawn: list[Pending]) -> None:
    assert decided(Memory().add(drawn, 3)) == decided(Memory().add(drawn, 3, keep=False))
