"""Editions as files: what was published is read as it was written, by hand or by a spreadsheet saved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from matrixsite.boards.board import Board
from matrixsite.boards.edition import BoardEdition, Ranked, edition_text, read_edition
from matrixsite.boards.publishing import write_edition
from matrixsite.errors import SettingsError
from matrixsite.measures.period import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
EDITION = BoardEdition(
    period=OCTOBER,
    published=date(2026, 11, 5),
    rows=(
        Ranked(1, "a", '=cmd|"x", 甲', "12.50", ("likes",), (("reads", "100001"),)),
        Ranked(2, "", "外市号", "-1.00", (), (("likes", "3"),)),
    ),
    index="wci@14.2",
    index_title="指数，甲",
    formula=("a = max(reads, 1)", "score = a + likes"),
    source="某院",
    url="https://example.org/",
    note="+注",
    scored=9,
    unscored=2,
)


def test_an_edition_is_read_as_it_was_written() -> None:
    assert read_edition(edition_text(EDITION).encode(), "f", "2026-10") == (EDITION, [])


def test_no_cell_of_it_is_run() -> None:
    assert all(line[:1] not in "=+-@" for line in edition_text(EDITION).splitlines())
    assert ",=cmd" not in edition_text(EDITION)
    assert ",-1.00" not in edition_text(EDITION)


def test_a_spreadsheet_may_have_saved_it() -> None:
    text = edition_text(EDITION).removeprefix("\ufeff").replace("2026-11-05", "2026/11/05")
    padded = "".join(
        line + ",,,,,\r\n" if line.startswith("#") else line + "\r\n" for line in text.splitlines()
    )
    assert read_edition(padded.encode("gb18030"), "f", "2026-10") == (EDITION, [])


HEAD = "# published,2026-11-05\nrank,account,name,score,missing\n"


@pytest.mark.parametrize(
    ("text", "period", "line", "reason"),
    [
        (HEAD + "x,a,甲,1,\n", "2026-10", 3, "no rank"),
        (HEAD + "0x1,a,甲,1,\n", "2026-10", 3, "no rank"),
        (HEAD + "1,a,,1,\n", "2026-10", 3, "names nobody"),
        (HEAD + "1,a,甲,<b>,\n", "2026-10", 3, "no score"),
        (HEAD + "1,a,甲,1e9,\n", "2026-10", 3, "no score"),
        (HEAD + "1,a,甲,NaN,\n", "2026-10", 3, "no score"),
        (HEAD + "1,a,甲,1,\n" * 101, "2026-10", 103, "more than 100 rows"),
        (HEAD.replace("missing", "missing,raeds"), "2026-10", 2, "unknown column"),
        (HEAD, "october", 0, "no period"),
        (HEAD, "2026-1", 0, "no period"),
        ("# published,soon\nrank,account,name,score,missing\n", "2026-10", 0, "no date"),
        (
            "# published,2026-11-05\n# url,javascript:x\nrank,account,name,score,missing\n",
            "2026-10",
            0,
            "no web address",
        ),
        ("# published,2026-11-05\nname,score\n", "2026-10", 2, "headings is missing"),
        ("", "2026-10", 0, "headings is missing"),
        ("\x00", "2026-10", 0, "neither"),
    ],
)
def test_what_is_refused(text: str, period: str, line: int, reason: str) -> None:
    edition, problems = read_edition(text.encode(), "f", period)
    assert edition is None
    assert (line, True) in [(problem.line, reason in problem.reason) for problem in problems], problems
    assert all(problem.mend for problem in problems)


def test_what_was_published_stays(tmp_path: Path) -> None:
    board = Board("b", "榜", "wci")
    path = write_edition(tmp_path, board, EDITION)
    before = path.read_bytes()
    with pytest.raises(SettingsError, match="published already"):
        write_edition(tmp_path, board, EDITION)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("period", "rows", "reason"),
    [
        (Period(date(2026, 1, 1), date(2026, 12, 31)), EDITION.rows, "2026 is no month"),
        (OCTOBER, (), "nobody has a score"),
    ],
)
def test_what_is_not_published(tmp_path: Path, period: Period, rows: tuple[Ranked, ...], reason: str) -> None:
    with pytest.raises(SettingsError, match=reason):
        write_edition(tmp_path, Board("b", "榜", "wci"), BoardEdition(period, date(2026, 11, 5), rows))
    assert list(tmp_path.iterdir()) == []
