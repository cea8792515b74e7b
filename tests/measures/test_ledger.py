"""What rows come to: months that make a quarter, sums by the accounts asked for, the year before."""

from __future__ import annotations

from matrixsite.measures.period import parse_period
from matrixsite.measures.totals import Total, tallies, totals
from tests.measures.conftest import Office


def test_months_make_a_quarter(office: Office) -> None:
    office.write(
        "a.csv",
        "account,period,reads,max_reads,followers,likes\n"
        "qs-wx,2026-07,10,9,100,1\nqs-wx,2026-08,20,15,110,\nqs-wx,2026-09,30,12,105,3\n"
        "qs-wx,2026-W28,99,99,99,99\n",  # lies within July, which is longer
    )
    quarter = parse_period("2026-Q3")
    assert quarter
    tally = office.load().tally("qs-wx", quarter)
    assert tally
    assert dict(tally.figures) == {"reads": 60, "max_reads": 15, "followers": 105}  # likes: not of August
    assert tally.days == 92


def test_its_own_row_comes_before_its_parts(office: Office) -> None:
    office.write("a.csv", "account,period,reads\nqs-wx,2026,7\nqs-wx,2026-01,100\n")
    year, half = parse_period("2026"), parse_period("2026-01-01--2026-06-30")
    assert year
    assert half
    ledger = office.load()
    found = [ledger.tally("qs-wx", period) for period in (year, half)]
    assert [(tally.figures["reads"], tally.days) for tally in found if tally] == [(7, 365), (100, 31)]
    assert ledger.tally("js-wx", year) is None
    assert [period.text for period in ledger.periods()] == ["2026", "2026-01"]


def test_totals_compare_like_with_like(office: Office) -> None:
    office.write(
        "a.csv",
        "account,period,reads,max_reads,spread_score\n"
        "qs-wx,2026-10,30,9,1\nqs-wb,2026-10,70,20,1\njs-wx,2026-10,,1,1\n"
        "qs-wx,2025-10,20,10,1\njs-wx,2025-10,500,,1\n",
    )
    month = parse_period("2026-10")
    assert month
    found = totals(tallies(office.load(), month), ["qs-wx", "qs-wb", "js-wx"])
    assert found == {
        "reads": Total(100, 2, (30, 20)),  # the others have nothing to compare
        "max_reads": Total(20, 3, (9, 10)),
    }
    assert found["reads"].change == 0.5
