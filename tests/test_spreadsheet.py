from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from matrixsite.spreadsheet import csv_text, inert, workbook


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "＝1"])
def test_a_cell_that_would_run_is_text(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["a=1", "", "《湖》", -1, None])
def test_other_cells_stay(cell: object) -> None:
    assert inert(cell) == cell


def test_a_table_is_read_by_excel_as_utf_8() -> None:
    assert csv_text([("名", "说"), ("=甲", 'a,"b"')]) == '\ufeff名,说\r\n\'=甲,"a,""b"""\r\n'


def test_a_workbook_is_the_same_again_and_runs_nothing() -> None:
    tables = {"甲/乙: [表]": [("name", "days"), ("=1+1", 3), ("a\x00b\ud800", None), ("＝SUM(A1)", 2.5)]}
    made = workbook(tables)
    assert made == workbook(tables)
    sheet = load_workbook(io.BytesIO(made)).active
    assert sheet.title == "甲 乙   表 "
    assert [[cell.value for cell in row] for row in sheet] == [
        ["name", "days"],
        ["'=1+1", 3],
        ["ab\ufffd", None],
        ["'＝SUM(A1)", 2.5],
    ]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
