from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.editorial.folding import folded


@pytest.mark.parametrize(
    ("one", "other"),
    [("臺灣", "台湾"), ("ＡＢＣ１２", "abc12"), ("Straße", "STRASSE"), ("發佈", "发布"), ("㈠", "(一)")],
)
def test_these_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_different_words_stay_apart() -> None:
    assert folded("公示") != folded("公式")


def test_a_long_text_is_folded_whole() -> None:
    assert folded("臺" * 250_000 + "Ａ") == "台" * 250_000 + "a"


@given(st.text())
def test_any_text_can_be_folded(text: str) -> None:
    assert isinstance(folded(text), str)
