"""Periods: how they are written, named, and what came before."""

from __future__ import annotations

from datetime import date

import pytest

from matrixsite.measures.period import Period, PeriodKind, parse_period


@pytest.mark.parametrize(
    ("written", "text", "days", "kind"),
    [
        ("2026-10", "2026-10", 31, PeriodKind.MONTH),
        ("2026/2", "2026-02", 28, PeriodKind.MONTH),
        ("2026年10月", "2026-10", 31, PeriodKind.MONTH),
        ("202610", "2026-10", 31, PeriodKind.MONTH),
        ("2026Q3", "2026-Q3", 92, PeriodKind.QUARTER),
        ("2026年第三季度", "2026-Q3", 92, PeriodKind.QUARTER),
        ("2026-q1", "2026-Q1", 90, PeriodKind.QUARTER),
        ("2026", "2026", 365, PeriodKind.YEAR),
        ("2024年", "2024", 366, PeriodKind.YEAR),
        ("2026-W45", "2026-W45", 7, PeriodKind.WEEK),
        ("2026-10-01--2026-10-07", "2026-10-01--2026-10-07", 7, PeriodKind.DAYS),
        ("2026-10-01--2026-10-31", "2026-10", 31, PeriodKind.MONTH),
    ],
)
def test_periods(written: str, text: str, days: int, kind: PeriodKind) -> None:
    period = parse_period(written)
    assert period is not None
    assert (period.text, period.days, period.kind) == (text, days, kind)
    assert parse_period(period.text) == period


@pytest.mark.parametrize(
    "written",
    ["", "2026-13", "2026-00", "2026-10-01", "2026/10/1", "26-10", "2026-Q5", "2026-W60", "Oct-26", "2026-1-1-1",
     "2026-10-07--2026-10-01", "2026-02-30--2026-03-01", "0000"],
)  # fmt: skip
def test_what_is_no_period(written: str) -> None:
    assert parse_period(written) is None


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2026-10", "2025-10"),
        ("2024-02", "2023-02"),
        ("2026-Q3", "2025-Q3"),
        ("2026", "2025"),
        ("2026-W53", "2025-W52"),
        ("2024-02-29--2024-03-02", "2023-02-28--2023-03-02"),
    ],
)
def test_the_year_before(text: str, before: str) -> None:
    period = parse_period(text)
    assert period is not None
    assert period.year_before().text == before


def test_order_and_holding() -> None:
    year, month = Period(date(2026, 1, 1), date(2026, 12, 31)), Period(date(2026, 1, 1), date(2026, 1, 31))
    assert year.holds(month)
    assert not month.holds(year)
    assert sorted([year, month]) == [month, year]
