"""Small worlds from end to end: entries in, stories out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrixsite.dedup.joining import Join
from matrixsite.dedup.prints import Pending
from matrixsite.dedup.verdict import Evidence
from tests.dedup.memory import BRIDGE, ORCHARD, TITLE, Memory, piece
from tests.dedup.worlds import (
    COUNTED,
    FIRST,
    LINES,
    PROGRAMME,
    RED,
    ROUND_UP,
    ROWS,
    TRADITIONAL,
    WIDTH,
    world,
)


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
