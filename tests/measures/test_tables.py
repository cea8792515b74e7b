"""Tables of measures: whose rows are, what is refused and where, in CSV and in workbooks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from matrixsite.measures.period import parse_period
from tests.measures.conftest import Office


def _tallies(office: Office, period: str = "2026-10") -> dict[str, dict[str, float]]:
    wanted, ledger = parse_period(period), office.load()
    assert wanted
    found = ((name, ledger.tally(name, wanted)) for name in ledger.rows)
    return {name: dict(tally.figures) for name, tally in found if tally}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_headings_in_chinese_and_names_for_ids(office: Office, encoding: str) -> None:
    text = (
        "账号,平台,月份,阅读数,点赞数,备注\n青山发布,微信,2026年10月,10万+,,好\n江水广播,,2026年10月,0,5,\n"
    )
    office.write("a.csv", text.encode(encoding))
    assert _tallies(office) == {"qs-wx": {"reads": 100001}, "js-wx": {"reads": 0, "likes": 5}}


@pytest.mark.parametrize(
    ("text", "line", "field", "reason", "mend"),
    [
        ("account,period,reads\nqs-wx,2026-10,-1\n", 2, "reads", "negative", "Correct"),
        ("account,period,reads\n\nqs-wx,2026-10,=cmd|' /C calc'!A0\n", 3, "reads", "formula", "result"),
        ("账号,周期,阅读数\nqs-wx,2026-10,NaN\n", 2, "阅读数", "no number", "empty"),
        ("account,period,reads\nqs-xw,2026-10,1\n", 2, "account", "no account `qs-xw`", "`qs-wx`"),
        ("account,period,reads\n青山发布,2026-10,1\n", 2, "account", "2 accounts are called", "qs-wx, qs-wb"),
        ("account,period,reads\n=HYPERLINK(1),2026-10,1\n", 2, "account", "no account", "Known are"),
        ("account,period,reads\n,2026-10,1\n", 2, "account", "names no account", "id"),
        ("account,period,reads\nqs-wx,10月,1\n", 2, "period", "`10月` is no period", "2026-10"),
        ("account,from,to,reads\nqs-wx,2026-10-02,2026-10-01,1\n", 2, "from", "no period", "2026-10-01"),
        (
            "account,period,reads\nqs-wx,2026-10,1\nqs-wx,2026-10,1\n",
            3,
            "account",
            "already, in line 2",
            "Remove",
        ),
        ("account,period,raeds\nqs-wx,2026-10,1\n", 1, "raeds", "unknown column", "`reads`"),
        ("account,period,reads,阅读量\nqs-wx,2026-10,1,1\n", 1, "阅读量", "says the same", "Remove"),
        ("account,reads\nqs-wx,1\n", 1, "period", "missing", "account,period"),
        ("account,period\nqs-wx,2026-10\n", 1, "reads", "missing", "account,period"),
        ("account,period,reads\nqs-wx,2026-10,1,234\n", 2, "", "beside the table", "comma"),
        ('account,period,reads\n"qs-wx,2026-10,1\n', 2, "", "not valid CSV", "quotes"),
        ("", 0, "", "empty", "names the columns"),
        ("account,period,reads\nqs-wx,2026-10,\x00\n", 2, "", "control character", "Remove"),
    ],
)
def test_faults_are_told_with_their_place(
    office: Office, text: str, line: int, field: str, reason: str, mend: str
) -> None:
    office.write("a.csv", text)
    (problem,) = office.problems()
    assert (problem.file, problem.line, problem.field) == ("content/measures/a.csv", line, field)
    assert reason in problem.reason
    assert mend in problem.mend


def test_all_problems_at_once(office: Office) -> None:
    office.write("a.csv", "account,period,reads,likes\nnobody,2026-10,-1,x\nqs-wx,bad,1,2\n")
    office.write("b.csv", "account,period,reads\nqs-wx,2026-10,-7\n")
    office.write("c.txt", "?")
    lines = [(problem.file[-5:], problem.line) for problem in office.problems()]
    assert lines == [("a.csv", 2), ("a.csv", 2), ("a.csv", 2), ("a.csv", 3), ("b.csv", 2), ("c.txt", 0)]


def test_one_wrong_column_does_not_flood(office: Office) -> None:
    rows = "".join(f"qs-wx,{1900 + year},-1\n" for year in range(300))
    office.write("a.csv", f"account,period,reads\n{rows}")
    assert [problem.reason for problem in office.problems()][-1] == "100 more problems"


def test_a_period_in_two_files(office: Office) -> None:
    office.write("a.csv", "account,period,reads\nqs-wx,2026-10,1\n")
    office.write("b.csv", "account,from,to,reads\nqs-wx,2026-10-01,2026-10-31,1\n")
    (problem,) = office.problems()
    assert "content/measures/a.csv:2" in problem.reason


def test_workbooks(office: Office) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["账号", "月份", "阅读数", "点赞数"])
    sheet.append(["qs-wx", datetime(2026, 10, 1), 7.0, None])
    sheet["B2"].number_format = "yyyy-mm"
    sheet.append(["js-wx", "2026-10", "10万+", 3])
    book.save(office.folder / "a.xlsx")
    assert _tallies(office) == {"qs-wx": {"reads": 7}, "js-wx": {"reads": 100001, "likes": 3}}


def test_a_formula_in_a_workbook_is_refused(office: Office) -> None:
    book = openpyxl.Workbook()
    book.active.append(["account", "period", "reads"])
    book.active.append(["qs-wx", "2026-10", "=1+1"])
    book.active.append(["js-wx", datetime(2026, 10, 1), -4])  # a day, as Excel shows it
    book.active["B3"].number_format = "yyyy-mm-dd"
    book.save(office.folder / "a.xlsx")
    told = [(problem.line, problem.field) for problem in office.problems()]
    assert told == [(2, "reads"), (3, "period"), (3, "reads")]


def test_what_is_no_workbook(office: Office) -> None:
    office.write("a.xlsx", b"PK\x03\x04 no workbook")
    (problem,) = office.problems()
    assert "no workbook" in problem.reason


def test_a_matrix_without_measures(tmp_path: Path) -> None:
    assert len(Office(tmp_path).load()) == 0
