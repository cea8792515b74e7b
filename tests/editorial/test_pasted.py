"""Tables as they come out of spreadsheets, mails and circulars."""

from __future__ import annotations

from pathlib import Path

import pytest

from matrixsite.editorial.pasted import (
    Line,
    clean_cell,
    is_number,
    lines_of_file,
    lines_of_text,
    without_number,
)
from matrixsite.errors import SettingsError


def cells(lines: list[Line]) -> list[tuple[str, ...]]:
    return [line.cells for line in lines]


def test_cells_pasted_from_excel() -> None:
    pasted = '名称\t单位\r\n青山发布\t"市政府\n新闻办"\r\n\t\r\n 青山　日报 \t\r\n'
    assert lines_of_text(pasted) == [
        Line(1, ("名称", "单位")),
        Line(2, ("青山发布", "市政府新闻办")),
        Line(4, ("青山日报", "")),
    ]


def test_commas_part_cells_where_all_rows_have_as_many() -> None:
    assert cells(lines_of_text("青山发布,新闻办\n青山日报,报社\n")) == [
        ("青山发布", "新闻办"),
        ("青山日报", "报社"),
    ]
    works = "《我家门前,民心答卷》\n《湖》\n"
    assert cells(lines_of_text(works)) == [("《我家门前,民心答卷》",), ("《湖》",)]
    assert cells(lines_of_text(works, by_comma=True)) == [("《我家门前", "民心答卷》"), ("《湖》",)]


def test_a_quote_that_is_left_open_swallows_nothing() -> None:
    assert cells(lines_of_text('"甲\t一局\n乙\t二局\n')) == [('"甲', "一局"), ("乙", "二局")]


def test_a_single_line_is_an_enumeration() -> None:
    assert cells(lines_of_text("成都发布、成都地铁，《一、二》\n")) == [
        ("成都发布",),
        ("成都地铁",),
        ("《一、二》",),
    ]


@pytest.mark.parametrize(
    ("cell", "clean"),
    [
        ("\u3000青山\u3000发布\xa0", "青山发布"),
        ("李　明", "李明"),
        ("i青山 APP", "i青山 APP"),
        ("王大山 Sanmei", "王大山 Sanmei"),
        ("\ufeff青\u200b山", "青山"),
        (3.0, "3"),
        (3.5, "3.5"),
        (None, ""),
    ],
)
def test_a_cell_is_a_line_of_text(cell: object, clean: str) -> None:
    assert clean_cell(cell) == clean


@pytest.mark.parametrize(
    "written",
    [
        "1.青山发布",
        "１．青山发布",
        "12、青山发布",
        "一、青山发布",
        "十二、 青山发布",
        "（三）青山发布",
        "(4) 青山发布",
        "①青山发布",
        "5)青山发布",
    ],
)
def test_a_number_before_a_name_is_none_of_it(written: str) -> None:
    assert without_number(written) == "青山发布"


@pytest.mark.parametrize("name", ["36氪", "1号院", "1.5度", "一点资讯", "十里店", "3.", "第一财经"])
def test_a_name_that_begins_with_a_number_keeps_it(name: str) -> None:
    assert without_number(name) == name


@pytest.mark.parametrize(
    ("cell", "counts"), [("1", True), ("一、", True), ("第3", True), ("１", True), ("36氪", False)]
)
def test_what_only_counts(cell: str, counts: bool) -> None:
    assert is_number(cell) is counts


def test_files_in_the_charset_of_excel(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for content in (
        "名称,单位\n青山发布,新闻办\n".encode("gb18030"),
        "\ufeff名称,单位\n青山发布,新闻办\n".encode(),
    ):
        path.write_bytes(content)
        assert cells(lines_of_file(path)) == [("名称", "单位"), ("青山发布", "新闻办")]


def test_a_workbook_with_merged_cells(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (
        ["2025年榜单", None],
        ["作品", "单位"],
        ["《湖》", "新闻办"],
        ["《山》", None],
        ["《桥》", None],
    ):
        book.active.append(row)
    book.active.merge_cells("A1:B1")
    book.active.merge_cells("B3:B4")
    book.save(tmp_path / "a.xlsx")
    assert cells(lines_of_file(tmp_path / "a.xlsx")) == [
        ("2025年榜单", ""),
        ("作品", "单位"),
        ("《湖》", "新闻办"),
        ("《山》", "新闻办"),
        ("《桥》", ""),
    ]


def test_what_is_no_workbook_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK no")
    with pytest.raises(SettingsError, match="no workbook"):
        lines_of_file(tmp_path / "a.xlsx")


def test_a_table_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matrixsite.editorial.pasted.MOST_ROWS", 2)
    with pytest.raises(SettingsError, match="more than 2 rows"):
        lines_of_text("甲\n乙\n丙\n")
