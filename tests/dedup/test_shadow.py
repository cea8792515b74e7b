"""Which texts count as the same, word for word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.dedup.shadow import LONG as LONGEST
from matrixsite.dedup.shadow import key, text_key, without_furniture
from tests.nights import LONG

TITLE = "图书馆延长开放"


@pytest.mark.parametrize(
    "text",
    [
        f"来源：青山发布\n{LONG}",
        f"{LONG}\n责编：王小明",
        f"点击上方蓝字关注我们\n来源：青山发布\n{LONG}\n编辑：李四\n审校：张三",
        f"{TITLE}\n{LONG}",
        LONG.replace("，", ",").replace("。", " "),
    ],
    ids=["credit", "editor", "several", "title", "punctuation"],
)
def test_a_repost_word_for_word(text: str) -> None:
    assert text_key(TITLE, text) == text_key(TITLE, LONG)


@pytest.mark.parametrize(
    "text",
    [
        LONG.replace("九点", "十点"),
        f"{LONG}\n咨询电话：12345",
        f"发布时间：2026-11-20\n{LONG}",
        f"来源：第三期简报\n{LONG}",
        f"{LONG}\n来源：青山发布\n今天起实行。",
        f"说明一句\n来源：青山发布\n{LONG}",
    ],
    ids=["a word", "a number", "a date", "an issue", "text after the credit", "credit inside"],
)
def test_what_says_something_else(text: str) -> None:
    assert text_key(TITLE, text) != text_key(TITLE, LONG)


@pytest.mark.parametrize(
    "text", ["", "早安", "节日快乐" * 14, f"{TITLE}。", f"来源：{'某' * 40}\n{'早安' * 20}"]
)
def test_too_little_to_tell(text: str) -> None:
    assert text_key(TITLE, text) is None


@given(
    st.lists(
        st.sampled_from(["来源：青山发布", "责编：王小明", "——", "正文一行，说一件事。", "2026年", LONG])
    )
)
def test_only_whole_lines_at_the_ends_go(lines: list[str]) -> None:
    left = without_furniture("\n".join(lines))
    assert left in "\n".join(lines)
    for line in ("正文一行，说一件事。", "2026年", LONG):
        assert left.split("\n").count(line) == lines.count(line)


@given(st.text(st.characters()))
def test_keys_fit_a_column(text: str) -> None:
    assert -(2**63) <= key(text) < 2**63


def test_what_a_long_text_says_at_its_end_counts() -> None:
    text = "字" * LONGEST
    assert len({text_key("", text + end) for end in ("", "一", "二", "，")}) == 4
    assert text_key("", text.replace("字", "字，")[:LONGEST]) == text_key("", text[: LONGEST // 2])
