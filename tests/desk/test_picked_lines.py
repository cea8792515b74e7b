"""Items of a list move with their lines."""

from __future__ import annotations

import pytest

from matrixsite.desk.picked_lines import Item, with_items

TEXT = """\
title: 甲
picks:
  # 一
  - ref: a   # 尾注
    note: 注一
  # 二
  - {ref: b, note: '注二'}

  - ref: c
# 规则
rule: {words: [甲]}
"""
ONE = "  # 一\n  - ref: a   # 尾注\n    note: 注一\n"
TWO = "  # 二\n  - {ref: b, note: '注二'}\n\n"
THREE = "  - ref: c\n"
HEAD, TAIL = "title: 甲\npicks:\n", "# 规则\nrule: {words: [甲]}\n"
A, B, C = (
    Item({"ref": "a", "note": "注一"}, 0),
    Item({"ref": "b", "note": "注二"}, 1),
    Item({"ref": "c", "note": ""}, 2),
)


@pytest.mark.parametrize(
    ("items", "lines"),
    [
        ([A, B, C], ONE + TWO + THREE),
        ([C, A, B], THREE + ONE + TWO),
        ([B], TWO),
        ([A, Item({"ref": "d", "note": ""}), C], ONE + "  - ref: d\n" + THREE),
        ([Item({"ref": "a", "note": "新注"}, 0)], "  # 一\n  - ref: a   # 尾注\n    note: 新注\n"),
        ([Item({"ref": "a", "note": ""}, 0)], "  # 一\n  - ref: a   # 尾注\n"),
        ([Item({"ref": "c", "note": "新注"}, 2)], "  - ref: c\n    note: 新注\n"),
    ],
)
def test_items_are_moved_added_noted_and_removed(items: list[Item], lines: str) -> None:
    assert with_items(TEXT, "picks", items) == HEAD + lines + TAIL


@pytest.mark.parametrize(
    ("before", "items", "after"),
    [
        ("title: 甲\n", [Item({"ref": "a"})], "title: 甲\npicks:\n- ref: a\n"),
        ("picks: [{ref: a}]\nx: 1\n", [Item({"ref": "b"})], "picks:\n- ref: b\nx: 1\n"),
        (TEXT, [], HEAD.removesuffix("picks:\n") + TAIL),
        ("picks:\n- a\n- b\n", [Item({"ref": "b", "note": ""}, 1)], "picks:\n- b\n"),
        ("picks:\n- a", [Item({"ref": "a"}, 0), Item({"ref": "b"})], "picks:\n- a\n- ref: b\n"),
    ],
)
def test_lists_that_are_written_otherwise(before: str, items: list[Item], after: str) -> None:
    assert with_items(before, "picks", items) == after
