"""The form in which words are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.site.search.folding import fold


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("习近平", "习近平"),
        ("ＡＰＰ上线", "app上线"),
        ("12345热线", "12345热线"),
        ("１２３４５", "12345"),
        ("（全文）", "(全文)"),
        ("１００㎡", "100m2"),
        ("𠮷野", "𠮷野"),
        ("後来", "後来"),  # another character, not another form of one
    ],
)
def test_width_and_case_do_not_matter(text: str, form: str) -> None:
    assert fold(text) == form


@given(st.text(), st.text())
def test_a_part_of_a_text_folds_to_that_part_of_its_form(one: str, other: str) -> None:
    assert fold(one) + fold(other) == fold(one + other)
