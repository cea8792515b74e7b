"""What look-alikes differ in."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.dedup.slots import Clash, clash, names_in, number_slots, other_names

WORDS = st.text("河桥宽米第三周星期5.09月上下东风", max_size=24)


@pytest.mark.parametrize(
    ("words", "slots"),
    [
        ("老石桥宽9.5米整", {"老石桥宽|米整": {"9.5"}}),
        ("宽9米宽7米", {"宽|米宽": {"9"}, "宽#米宽|米": {"7"}}),
        ("宽9米整宽9米整", {"宽|米整": {"9"}, "#米整宽|米整": {"9"}}),
        ("船行第三渡口", {"船行第|渡口": {"三"}}),
        ("本周三起开渡", {"本周|起开": {"三"}}),
        ("于星期日开渡", {"于星期|开渡": {"日"}}),
        ("过河东风三级", {"过河|风三": {"东"}, "过河东风|级": {"三"}}),
        ("渡船二十人满", {"渡船|人满": {"二十"}}),
        ("一心一意修桥", {}),
        ("2026", {}),
        ("", {}),
    ],
    ids=[
        "decimals",
        "masked around",
        "one value in two slots",
        "ordinal",
        "day of the week",
        "weekday",
        "wind",
        "Chinese number",
        "no number",
        "no words around",
        "nothing",
    ],
)
def test_number_slots(words: str, slots: dict[str, set[str]]) -> None:
    assert number_slots(words) == slots


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("桥宽9米整", "桥宽9米整", Clash(1, 0)),
        ("桥宽9米整", "桥宽7米整", Clash(0, 1)),
        ("桥宽9米整", "桥长7米整", Clash(0, 0)),
        ("甲桥宽9米整，乙桥宽7米整", "甲桥宽9米整，乙桥宽8米整", Clash(1, 1)),
        ("桥宽9米整", "", Clash(0, 0)),
    ],
    ids=["equal", "other value", "other slot", "both", "none"],
)
def test_clash(one: str, other: str, expected: Clash) -> None:
    assert clash(number_slots(one), number_slots(other)) == expected


@given(WORDS, WORDS)
def test_a_clash_has_no_direction(one: str, other: str) -> None:
    assert clash(number_slots(one), number_slots(other)) == clash(number_slots(other), number_slots(one))


@given(WORDS)
def test_nothing_clashes_with_itself(words: str) -> None:
    slots = number_slots(words)
    assert clash(slots, slots) == Clash(len(slots), 0)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("坐落于柳林镇的渡口", {"柳林镇": 1}),
        ("柳林镇与松岗镇，柳林镇先通船", {"柳林镇": 2, "松岗镇": 1}),
        ("荷塘街道办事处和荷塘中学", {"荷塘街道": 1, "荷塘中学": 1}),
        ("全镇和各乡都通了船", {}),
        ("船票按区域计价，市民免费", {}),
    ],
    ids=["town", "counted", "kinds", "no name", "part of a word"],
)
def test_names_in(words: str, names: dict[str, int]) -> None:
    assert names_in(words) == names


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"柳林镇": 2}, {"松岗镇": 2}, True),
        ({"柳林镇": 2}, {"松岗镇": 2, "柳林镇": 1}, False),
        ({"柳林镇": 1}, {"松岗镇": 1}, False),
        ({"柳林镇": 2}, {}, False),
    ],
    ids=["each its own", "one names both", "in passing", "only one names any"],
)
def test_other_names(one: dict[str, int], other: dict[str, int], expected: bool) -> None:
    assert other_names(Counter(one), Counter(other)) is expected
    assert other_names(Counter(other), Counter(one)) is expected
