"""What look-alikes differ in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.dedup.slots import (
    Clash,
    clash,
    exchanged_names,
    names_in,
    number_slots,
    other_names,
    plain_number,
    together,
)

WORDS = st.text("河桥宽米第三周星期5.09月上下东风", max_size=24)


@pytest.mark.parametrize(
    ("words", "slots"),
    [
        ("老石桥宽9.5米整", {"老石桥宽|米整": {"9.5"}}),
        ("宽9米宽7米", {"宽|米宽": {"9"}, "宽#米宽|米": {"7"}}),
        ("宽9米整宽9米整", {"宽|米整": {"9"}, "#米整宽|米整": {"9"}}),
        ("宽09米整", {"宽|米整": {"9"}}),
        ("船行第三渡口", {"船行第|渡口": {"3"}}),
        ("本周三起开渡", {"本周|起开": {"3"}}),
        ("于星期日开渡", {"于星期|开渡": {"日"}}),
        ("过河东风三级", {"过河|风三": {"东"}, "过河东风|级": {"3"}}),
        ("渡船二十人满", {"渡船|人满": {"20"}}),
        ("一心一意修桥", {}),
        ("2026", {}),
        ("", {}),
    ],
    ids=[
        "decimals",
        "masked around",
        "one value in two slots",
        "leading zero",
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
    ("text", "plain"),
    [
        ("09", "9"),
        ("0", "0"),
        ("9.50", "9.50"),
        ("三", "3"),
        ("十", "10"),
        ("二十三", "23"),
        ("一百二十", "120"),
        ("二〇二六", "2026"),
        ("东", "东"),
        ("日", "日"),
    ],
)
def test_plain_number(text: str, plain: str) -> None:
    assert plain_number(text) == plain


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("坐落于柳林镇的渡口", {"柳林镇": ("的渡",)}),
        ("柳林镇与松岗镇，柳林镇先通船", {"柳林镇": ("与松", "先通"), "松岗镇": ("，柳",)}),
        ("荷塘街道办事处和荷塘中学", {"荷塘街道": ("办事",), "荷塘中学": ("",)}),
        ("柳林区长桥街道与松岗区长", {"柳林区": ("长桥",), "长桥街道": ("与松",)}),
        ("浦江高新区和城隍街道", {"高新区": ("和城",), "城隍街道": ("",)}),
        ("老城区的新社区", {}),
        ("全镇和各乡都通了船", {}),
        ("船票按区域计价，市民免费", {}),
    ],
    ids=[
        "town",
        "each mention",
        "kinds",
        "before a street, not a chief",
        "which, though of a sort",
        "sorts",
        "no name",
        "part of a word",
    ],
)
def test_names_in(words: str, names: dict[str, tuple[str, ...]]) -> None:
    assert names_in(words) == names


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("柳林镇通船，柳林镇停电", "松岗镇通船，松岗镇停电", True),
        ("柳林镇通船，柳林镇停电", "松岗镇通船，松岗镇停电，柳林镇亦然", False),
        ("柳林镇通船", "松岗镇通船", False),
        ("柳林镇通船，柳林镇停电", "通船停电", False),
    ],
    ids=["each its own", "one names both", "in passing", "only one names any"],
)
def test_other_names(one: str, other: str, expected: bool) -> None:
    assert other_names(names_in(one), names_in(other)) is expected
    assert other_names(names_in(other), names_in(one)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("柳林镇通船", "松岗镇通船", True),
        ("柳林镇通船", "松岗镇停电", False),
        ("柳林镇通船", "柳林镇和松岗镇通船", False),
        ("去柳林镇", "去松岗镇", False),
    ],
    ids=["before the same words", "before others", "one names both", "before nothing"],
)
def test_exchanged_names(one: str, other: str, expected: bool) -> None:
    assert exchanged_names(names_in(one), names_in(other)) is expected
    assert exchanged_names(names_in(other), names_in(one)) is expected


def test_names_of_two_pieces_of_a_text() -> None:
    assert together({"柳林镇": ("通船",)}, {"柳林镇": ("停电",), "松岗镇": ("",)}) == {
        "柳林镇": ("通船", "停电"),
        "松岗镇": ("",),
    }
