"""Titles without decorations, their likeness, parts of series and marks of corrections."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.dedup.shadow import words_of
from matrixsite.dedup.titles import bare, bigrams, call_of, folded, is_correction, parts_of, similarity
from tests.dedup.memory import TITLE


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        f"【转载】{TITLE}",
        f"【荐读】[图文]{TITLE}",
        f"{TITLE}（视频）",
        f"速看！{TITLE}",
        f"热点丨{TITLE}",
        f"{TITLE} | 夜读",
        "清溪河老石桥，修缮一新！重新放行。",
        "清溪河\u200b老石桥修缮一新重新放行",
        "清溪河老石橋修繕一新重新放行",
        "清溪河老石桥(qiao)修缮一新重新放行",
    ],
)
def test_a_title_is_the_same_whatever_is_put_around_it(title: str) -> None:
    assert bare(folded(title)) == TITLE


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("老石桥放行时间表丨渡口停摆时间表", "老石桥放行时间表渡口停摆时间表"),
        ("早安丨晚安", "早安晚安"),
        ("【转载】", "转载"),
        ("放行！", "放行"),
        ("！！", ""),
        ("", ""),
    ],
    ids=["two halves", "two labels", "a label alone", "a call alone", "no word", "nothing"],
)
def test_bare(title: str, expected: str) -> None:
    assert bare(folded(title)) == expected


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        (TITLE, TITLE, 1, 1),
        (TITLE, "清溪河老石桥重新放行", 0.8, 1),
        ("老石桥修缮一新", f"沈先生说{TITLE}", 1, 1),
        ("老石桥", f"沈先生说{TITLE}", 0, 0.4),
        (TITLE, "半山腰柿子园迎来采摘尾声", 0, 0),
        ("", "", 0, 0),
        (TITLE, "", 0, 0),
    ],
    ids=["equal", "shortened", "contained", "too short to be contained", "another", "none", "one"],
)
def test_similarity(one: str, other: str, least: float, most: float) -> None:
    assert least <= similarity(bigrams(one), bigrams(other)) <= most


@given(st.text("清溪河老石桥放行", max_size=12), st.text("清溪河老石桥放行", max_size=12))
def test_similarity_is_a_measure(one: str, other: str) -> None:
    found = similarity(bigrams(one), bigrams(other))
    assert found == similarity(bigrams(other), bigrams(one))
    assert 0 <= found <= 1
    assert similarity(bigrams(one), bigrams(one)) == (len(one) > 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("访桥记（上）", "访桥记（下）"),
        ("访桥记①", "访桥记②"),
        ("访桥记之二", "访桥记之三"),
        ("访桥记第三期", "访桥记第四期"),
        ("访桥记 Vol.3", "访桥记 VOL. 4"),
        ("访桥记 1/3", "访桥记 2/3"),
        ("访桥记上篇", "访桥记中篇"),
        ("访桥记【7】", "访桥记【8】"),
    ],
)
def test_parts_of_a_series_are_told_apart(one: str, other: str) -> None:
    mine, its = parts_of(one), parts_of(other)
    assert any(mine[slot].isdisjoint(its[slot]) for slot in mine.keys() & its.keys())


@pytest.mark.parametrize(
    ("one", "other"),
    [("访桥记第２期", "访桥记第2期"), ("访桥记第十二期", "访桥记第12期"), ("访桥记（2）", "访桥记（二）")],
)
def test_one_part_in_other_figures(one: str, other: str) -> None:
    assert parts_of(one) == parts_of(other) != {}


@pytest.mark.parametrize(
    ("title", "words", "call"),
    [
        ("重磅！清溪河老石桥修缮一新", "清溪河老石桥修缮一新", "重磅"),
        ("招23人！清溪河老石桥管理处招聘", "招23人清溪河老石桥管理处招聘", ""),
        ("重磅！桥通了", "重磅桥通了", ""),
    ],
    ids=["a call", "a number says something", "little else"],
)
def test_calls(title: str, words: str, call: str) -> None:
    assert (bare(folded(title)), call_of(folded(title))) == (words, call)


@pytest.mark.parametrize("title", [TITLE, "路上遇见老石桥", "桥下流水", "2026年老石桥修缮记", ""])
def test_no_part_of_a_series(title: str) -> None:
    assert parts_of(title) == {}


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (f"【更正】{TITLE}", "", True),
        (f"（已更新）{TITLE}", "", True),
        (f"更正丨{TITLE}", "", True),
        (f"{TITLE}｜修订版", "", True),
        (TITLE, "更正说明：桥面应为九米。\n老石桥昨天放行。", True),
        (TITLE, "上一稿把桥面写成七米，现予以更正，并向读者致歉。", True),
        (TITLE, "本文为更正后的版本。", True),
        (TITLE, "路牌写错的，市民一经指出即及时更正。", False),
        ("老石桥栏板更新工程开工", "", False),
        (TITLE, f"{'老石桥昨天放行。' * 50}更正说明：桥面应为九米。", False),
        ("", "", False),
    ],
    ids=[
        "mark",
        "mark in brackets",
        "mark before a bar",
        "mark after a bar",
        "line",
        "sentence",
        "this text",
        "in a sentence",
        "in a title",
        "far down",
        "nothing",
    ],
)
def test_is_correction(title: str, text: str, expected: bool) -> None:
    assert is_correction(title, text) is expected


@given(st.text(max_size=40))
def test_any_title_can_be_read(title: str) -> None:
    assert words_of(bare(folded(title))) == bare(folded(title))
    assert all(values for values in parts_of(title).values())
