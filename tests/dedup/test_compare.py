"""How alike two entries are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.dedup.compare import Face, Measures
from matrixsite.dedup.prints import Print
from tests.dedup.memory import BRIDGE, OBSERVATORY, ORCHARD, TITLE, made

LINES = BRIDGE.split("\n")
WORDS = made(BRIDGE).words


def measured(one: Print, other: Print) -> Measures:
    found = Face(one).measure(Face(other))
    assert found is not None
    return found


def hashes(text: str) -> frozenset[int]:
    """Of the sentences of a text, digits masked and as they are."""
    return frozenset(made(text).masked)


def test_equal_texts() -> None:
    found = measured(made(BRIDGE, TITLE), made(BRIDGE, TITLE, "b", hours=2))
    assert (found.jaccard, found.containment, found.whole, found.title, found.equal) == (1, 1, 1, 1, True)
    assert (found.conflicts, found.parts, found.places, found.template, found.hours) == (
        0,
        0,
        False,
        False,
        2,
    )
    assert found.shorter == len(WORDS)


def test_a_part_is_contained() -> None:
    found = measured(made(BRIDGE), made("\n".join(LINES[:3]), account="b"))
    assert found.containment == 1
    assert found.jaccard < 0.7
    assert not found.equal


def test_texts_that_share_nothing_are_not_measured() -> None:
    assert Face(made(BRIDGE, TITLE)).measure(Face(made(ORCHARD, TITLE))) is None


def test_titles_alone_are_measured() -> None:
    found = measured(made("", TITLE), made(BRIDGE, f"【转载】{TITLE}"))
    assert (found.title, found.shared, found.equal) == (1, 0, False)


@pytest.mark.parametrize(
    ("one", "other", "agreed", "conflicts"),
    [
        ("桥面宽9米整。", "桥面宽9米整。", 1, 0),
        ("桥面宽9米整。", "桥面宽7米整。", 0, 1),
        ("桥面宽9米整。", "桥面长7米整。", 0, 0),
    ],
)
def test_numbers_are_compared_in_their_words(one: str, other: str, agreed: int, conflicts: int) -> None:
    rest = OBSERVATORY.replace("二十多个孩子", "许多孩子")
    base = measured(made(rest), made(rest))
    found = measured(made(rest + one), made(rest + other))
    assert (found.agreed - base.agreed, found.conflicts) == (agreed, conflicts)


def test_numbers_of_titles_count_where_the_titles_are_alike() -> None:
    found = measured(made(BRIDGE, "渡口今日停航12小时"), made(BRIDGE, "渡口今日停航24小时"))
    assert found.conflicts == 1
    assert measured(made(BRIDGE, "渡口今日停航12小时"), made(BRIDGE, "水位涨到24米")).conflicts == 0


def test_marks_of_a_series_differ() -> None:
    assert measured(made(BRIDGE, "访桥记（上）"), made(BRIDGE, "访桥记（下）")).parts == 1
    assert measured(made(BRIDGE, "访桥记（上）"), made(BRIDGE, "访桥记（上）")).parts == 0


def test_two_notices_of_one_template_name_their_own_places() -> None:
    notice = "{0}居民请注意，自来水管今晚检修，{0}全境停水，请备足用水，次日清早恢复。恢复后水色略黄，请放水片刻再用。"
    one, other = notice.format("柳林镇"), notice.format("松岗镇")
    assert measured(made(one), made(other)).places
    assert not measured(made(one), made(one)).places


def test_furniture_is_left_out_of_all() -> None:
    furniture = "清溪夜读每晚九点准时陪你入眠。"
    face = Face(made(f"{BRIDGE}\n{furniture}"), furniture=hashes(furniture))
    assert face.whole == WORDS
    found = face.measure(Face(made(BRIDGE, account="b")))
    assert found is not None
    assert found.equal


def test_a_template_counts_in_the_whole_alone() -> None:
    template = "今日渡口水位120厘米，渡船照常开行，过河旅客依次上船。"
    face = Face(made(f"{BRIDGE}\n{template}"), stop=hashes(template))
    assert face.own == WORDS
    assert face.whole.startswith(WORDS)
    assert len(face.whole) > len(WORDS)
    assert not face.template
    its = Face(made(f"{ORCHARD}\n{template}"), stop=hashes(template))
    assert face.measure(its) is None


def test_conflicts_of_a_template_are_counted_apart() -> None:
    one, other = (f"今日渡口水位{height}厘米，渡船照常开行，过河旅客依次上船。" for height in (120, 95))
    found = Face(made(f"{BRIDGE}\n{one}"), stop=hashes(one)).measure(
        Face(made(f"{BRIDGE}\n{other}"), stop=hashes(one))
    )
    assert found is not None
    assert (found.conflicts, found.template_conflicts) == (0, 1)
    assert found.jaccard == 1 > found.whole


def test_what_is_nothing_but_a_template_is_compared_in_full() -> None:
    one, other = (f"今日渡口水位{height}厘米，渡船照常开行，过河旅客依次上船。" for height in (120, 95))
    found = Face(made(one), stop=hashes(one)).measure(Face(made(other), stop=hashes(one)))
    assert found is not None
    assert (found.template, found.conflicts) == (True, 1)


def test_the_undated_are_not_apart() -> None:
    dated = made(BRIDGE, hours=400)
    assert measured(dated, made(BRIDGE)).hours == 400
    assert measured(dated, replace(made(BRIDGE), inferred=True)).hours == 0


pieces = st.lists(st.sampled_from([*LINES, *ORCHARD.split("\n"), "桥宽9米整。", "桥宽7米整。"]), max_size=6)
titles = st.sampled_from(["", TITLE, f"【更正】{TITLE}", "访桥记（上）", "访桥记（下）"])


@given(pieces, pieces, titles, titles, st.integers(0, 90))
def test_measuring_has_no_direction(
    one: list[str], other: list[str], title: str, its_title: str, hours: int
) -> None:
    mine, its = made("\n".join(one), title), made("\n".join(other), its_title, "b", hours=hours)
    found = Face(mine).measure(Face(its))
    assert found == Face(its).measure(Face(mine))
    if found is not None:
        assert 0 <= found.jaccard <= found.containment <= 1
        assert found.jaccard <= 1 >= found.whole
        assert found.shared <= found.shorter or found.shorter == 0
