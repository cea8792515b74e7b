from __future__ import annotations

import pytest

from matrixsite.spreadsheet import csv_text, inert


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "＝1"])
def test_a_cell_that_would_run_is_text(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["a=1", "", "《湖》", -1, None])
def test_other_cells_stay(cell: object) -> None:
    assert inert(cell) == cell


def test_a_table_is_read_by_excel_as_utf_8() -> None:
    assert csv_text([("名", "说"), ("=甲", 'a,"b"')]) == '\ufeff名,说\r\n\'=甲,"a,""b"""\r\n'
