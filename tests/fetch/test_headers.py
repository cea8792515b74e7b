"""Header fields hold anything at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matrixsite.fetch.headers import LONGEST_WAIT, intact, retry_after

DATES = st.lists(
    st.sampled_from(["Fri, ", "31 ", "Dec ", "1999 ", "99999 ", "23:59:59 ", "GMT", "+9999", "-0000", "x"])
)


@given(st.one_of(st.text(), DATES.map("".join)), st.one_of(st.none(), DATES.map("".join)))
def test_any_retry_after_is_a_bounded_wait(value: str, date: str | None) -> None:
    assert 0.0 <= retry_after(value, date) <= LONGEST_WAIT


@given(st.text())
def test_what_is_kept_can_be_sent_back(value: str) -> None:
    assert intact(value) in ("", value)
    assert not set(intact(value).encode()) & {0, 10, 13}
