"""The office's board in its folder: what it says, that it is the same again, and where it is not written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from matrixsite.boards.publishing import edition_of, write_edition
from matrixsite.errors import BoardRefused
from matrixsite.measures.period import parse_period
from matrixsite.office.pages import MOST_ROWS
from tests.nights import Nights

TODAY = date(2026, 11, 10)


def files_in(folder: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def board(nights: Nights, tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    nights.load().board(folder, today=TODAY)
    return folder


def rows(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))


def test_freshness(board: Path) -> None:
    found = {row["account"]: row for row in rows((board / "freshness.csv").read_bytes())}
    assert {name: (row["colour"], row["days"]) for name, row in found.items()} == {
        "a": ("amber", "9"),
        "b": ("amber", "8"),
        "c": ("red", "40"),
        "d": ("amber", "9"),
        "e": ("none", ""),
    }
    assert found["a"]["name"] == "'=甲", "no spreadsheet runs it"
    sheet = load_workbook(board / "freshness.xlsx")["accounts"]
    assert [cell.value for cell in sheet["B"]][:3] == ["name", "'=甲", "乙<script>"]
    assert {cell.data_type for cell in sheet["B"]} == {"s"}
    page = (board / "index.html").read_text("utf-8")
    assert page.index("丙") < page.index("丁"), "worst first"
    assert "<script" not in page
    assert "停更" in page, "said in words, not by colour alone"
    assert "丙" not in (board / "groups/g/index.html").read_text("utf-8")


def test_odd_feeds(board: Path) -> None:
    (row,) = rows((board / "watch/watch.csv").read_bytes())
    assert (row["feed"], row["watch"], row["since"]) == ("d", "no-feed", "2026-11-05")
    assert "2026-11-05" in (board / "watch/index.html").read_text("utf-8")


def test_tasks(board: Path) -> None:
    found = {row["asked"]: row for row in rows((board / "tasks/tasks.csv").read_bytes())}
    assert {name: (row["outcome"], row["late_minutes"], row["marks"]) for name, row in found.items()} == {
        "m": ("in-time", "0", "original"),
        "b": ("late", "1200", "retitled"),
        "d": ("missing", "0", ""),
        "e": ("missing", "0", ""),
    }
    assert found["b"]["carried_title"] == "'=周末去看书"
    page = (board / "tasks/library.html").read_text("utf-8")
    assert "转发=图书馆&lt;b&gt;" in page
    assert "20 小时" in page
    assert 'href="../tasks/library.html"' in (board / "tasks/index.html").read_text("utf-8")


def test_measures(board: Path) -> None:
    found = {
        (row["measure"], row["by"], row["id"], row["period"]): (row["total"], row["accounts"], row["change"])
        for row in rows((board / "measures/measures.csv").read_bytes())
    }
    assert found["reads", "period", "", "2026-10"] == ("224344", "2", "1.0"), "only `a` can be compared"
    assert found["reads", "period", "", "2026-09"] == ("200000", "1", "")
    assert found["likes", "period", "", "2026-10"] == ("7", "1", ""), "not supplied is not zero"
    assert found["reads", "group", "g", "2026-10"][0] == "224344"
    assert {key[2]: one[0] for key, one in found.items() if key[:2] == ("reads", "platform")} == {
        "website": "224344"
    }
    page = (board / "measures/reads.html").read_text("utf-8")
    assert "224,344" in page
    assert "+100.0%" in page
    assert [kind for kind in ("bars", "pairs", "ranks") if f"chart-{kind}" not in page] == []
    assert page.count("<table") == page.count("<svg") == 4, "a table beside each chart"
    assert 'href="../measures/reads.html"' in (board / "measures/index.html").read_text("utf-8")


def test_boards_with_the_course_of_each_account(nights: Nights, tmp_path: Path) -> None:
    for month, day in (("2026-09", date(2026, 10, 5)), ("2026-10", date(2026, 11, 5))):
        matrix, period = nights.load(), parse_period(month)
        (inner,) = matrix.content.boards
        assert period
        scores = matrix.scores(inner.index, period, inner.where)
        write_edition(nights.root, inner, edition_of(scores, {"a": "=甲", "b": "乙"}, 10, day))
    folder = tmp_path / "office"
    nights.load().board(folder, today=TODAY)
    found = {
        (row["period"], row["account"]): row for row in rows((folder / "rankings/rankings.csv").read_bytes())
    }
    assert list(found) == [("2026-10", "b"), ("2026-10", "a"), ("2026-09", "a")]
    assert (found["2026-10", "b"]["score"], found["2026-10", "b"]["missing"]) == ("13.91", "")
    assert (found["2026-10", "a"]["score"], found["2026-10", "a"]["missing"]) == ("12.32", "likes")
    page = (folder / "rankings/inner.html").read_text("utf-8")
    assert "内部&lt;榜&gt;" in page
    assert "13.21 12.32" in page, "the course of =甲, oldest first"
    assert "– 13.91" in page, "乙 was not on the board before"
    assert "chart-ranks" in page


def test_how_a_piece_was_carried_over_time(board: Path) -> None:
    page = (board / "tasks/library.html").read_text("utf-8")
    assert "chart-growth" in page
    assert "从 2026-11-01 08:00 首次发布起" in page


def test_the_check_of_the_month_and_its_words(nights: Nights, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    nights.load().board(folder, today=date(2026, 12, 1))
    found = {
        row["account"]: row["verdict"]
        for row in rows((folder / "bulletins/2026-11/2026-11.csv").read_bytes())
    }
    assert found == {"a": "silent", "b": "silent", "c": "silent", "d": "no-feed"}
    chinese, english = (
        (folder / f"bulletins/2026-11/circular.{language}.txt").read_text("utf-8")
        for language in ("zh-CN", "en")
    )
    assert "共检查账号4个，合格0个，不合格4个，合格率0.0%" in chinese
    assert "检查日前14日内无更新3个" in chinese
    assert "4 accounts of 测试矩阵 were checked: 0 passed" in english
    assert "{" not in chinese + english


def test_the_same_again_writes_nothing_and_another_day_only_what_differs(nights: Nights, board: Path) -> None:
    before = files_in(board)
    assert nights.load().board(board, today=TODAY) == (0, 0)
    nights.load().board(board, today=date(2026, 11, 25))
    assert files_in(board)["watch/watch.csv"] == before["watch/watch.csv"]
    nights.load().board(board, today=TODAY)
    assert files_in(board) == before


def test_what_was_issued_stays_and_what_is_no_more_goes(nights: Nights, board: Path) -> None:
    october = {
        name: content for name, content in files_in(board).items() if name.startswith("bulletins/2026-10")
    }
    assert october
    (nights.root / "content/tasks/library.yaml").unlink()
    (board / "notes.txt").write_text("the office's own", encoding="utf-8")
    nights.load().board(board, today=date(2026, 12, 1))
    after = files_in(board)
    assert october.items() <= after.items()
    assert "tasks/library.html" not in after
    assert "notes.txt" in after


def test_no_list_is_longer_than_a_hundred(nights: Nights, tmp_path: Path) -> None:
    nights.set_up(
        [{"id": f"a{n}", "feed": "a.xml", "group": "g"} for n in range(250)],
        groups=[{"id": "g", "name": "g"}],
    )
    (nights.root / "content/tasks/library.yaml").unlink()
    (nights.root / "content/measures/all.csv").unlink()
    folder = tmp_path / "many"
    nights.load().board(folder, today=TODAY, excel=False)
    pages = {name: content for name, content in files_in(folder).items() if name.endswith(".html")}
    assert {"p3.html", "by/name/p3.html", "groups/g/p3.html"} <= pages.keys()
    assert max(len(re.findall(rb"<tr", page)) for page in pages.values()) <= MOST_ROWS + 30
    assert max(map(len, pages.values())) < 100_000
    assert not [name for name in files_in(folder) if name.endswith(".xlsx")]
    for name, page in pages.items():
        for link in re.findall(rb'href="([^"]+)"', page):
            if link != b"#main":
                assert (folder / name).parent.joinpath(link.decode()).resolve().is_file(), (name, link)


@pytest.mark.parametrize("place", ["output", "output/office", ".", "content/office", ".matrixsite/office"])
def test_it_is_not_written_where_it_would_be_published(nights: Nights, place: str) -> None:
    before = files_in(nights.root / "content")
    with pytest.raises(BoardRefused):
        nights.load().board(nights.root / place, today=TODAY)
    assert not (nights.root / "output").exists()
    assert files_in(nights.root / "content") == before


def test_it_knows_every_folder_that_a_site_went_to(nights: Nights, tmp_path: Path) -> None:
    public = tmp_path / "public"
    nights.load().build(public, now=nights.night, jobs=1)
    nights.load().build(tmp_path / "elsewhere", now=nights.night, jobs=1)
    (tmp_path / "way").symlink_to(public)
    for folder in (public, public / "in", tmp_path / "way" / "in", tmp_path):
        with pytest.raises(BoardRefused):
            nights.load().board(folder, today=TODAY)


def test_a_folder_with_other_files_is_left_alone(nights: Nights, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(BoardRefused, match="no board's"):
        nights.load().board(folder, today=TODAY)
    assert (folder / "index.html").read_text("utf-8") == "mine"


@pytest.mark.parametrize("month", ["2026-11", "2027-01", "2026-13", "November"])
def test_a_month_that_is_not_over_has_no_check(nights: Nights, tmp_path: Path, month: str) -> None:
    with pytest.raises(BoardRefused):
        nights.load().board(tmp_path / "office", today=TODAY, month=month)


def test_a_changed_list_of_files_leads_nowhere_outside(nights: Nights, board: Path) -> None:
    outside = board.parent / "kept.txt"
    outside.write_text("x", encoding="utf-8")
    (board / ".matrixsite-board").write_text('["../kept.txt", 3]', encoding="utf-8")
    nights.load().board(board, today=TODAY)
    assert outside.exists()


def test_excel_needs_its_package(nights: Nights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(BoardRefused, match="--no-excel"):
        nights.load().board(tmp_path / "office", today=TODAY)
