from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.site.checking.dates import is_rfc_822, is_rfc_3339, is_w3c


@given(st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC)))
def test_what_the_standard_library_writes_is_right(moment: datetime) -> None:
    assert is_rfc_822(format_datetime(moment))
    assert is_rfc_3339(moment.isoformat())
    assert is_w3c(moment.date().isoformat())


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Sun, 22 Nov 2026 08:00:00 +0800", True),
        ("22 Nov 2026 08:00 GMT", True),
        ("Mon, 22 Nov 2026 08:00:00 +0800", False),  # it was a Sunday
        ("Sun, 22 Nov 26 08:00:00 +0800", False),
        ("Sun, 31 Nov 2026 08:00:00 +0800", False),
        ("Sun, 22 Nov 2026 25:00:00 +0800", False),
        ("Sun, 22 Nov 2026 08:00:00", False),
        ("周日, 22 十一月 2026 08:00:00 +0800", False),
        ("2026-11-22T08:00:00+08:00", False),
        ("", False),
    ],
)
def test_rfc_822(text: str, right: bool) -> None:
    assert is_rfc_822(text) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2026-11-22T08:00:00+08:00", True),
        ("2026-11-22T08:00:00.25Z", True),
        ("2026-11-22t08:00:00z", True),
        ("2026-11-22T08:00:00", False),
        ("2026-11-22 08:00:00+08:00", False),
        ("2026-11-31T08:00:00Z", False),
        ("2026-11-22", False),
        ("20261122T080000Z", False),
    ],
)
def test_rfc_3339(text: str, right: bool) -> None:
    assert is_rfc_3339(text) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        *[(text, True) for text in ("2026", "2026-11", "2026-11-22", "2026-11-22T08:00Z")],
        ("2026-11-22T08:00:00.5+08:00", True),
        *[(text, False) for text in ("", "26", "2026-13", "2026-11-31", "2026-11-22T08:00", "2026/11/22")],
    ],
)
def test_w3c(text: str, right: bool) -> None:
    assert is_w3c(text) is right
