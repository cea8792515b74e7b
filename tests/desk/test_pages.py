"""Front matter and text of a page change apart."""

from __future__ import annotations

from datetime import date

import pytest

from matrixsite.desk.pages import new_page, parts_of, with_body, with_values
from matrixsite.desk.yaml_text import NoYaml

PAGE = "---\ntitle: 甲 # 题\nfrom: 2026-11-01\n---\n正文。\n\n---\n\n再说。\n"


def test_parts() -> None:
    assert parts_of(PAGE) == ("title: 甲 # 题\nfrom: 2026-11-01\n", "正文。\n\n---\n\n再说。\n")
    with pytest.raises(NoYaml):
        parts_of("title: 甲\n")


def test_values_change_and_go() -> None:
    page = with_values(PAGE, {"title": "乙", "from": None, "to": date(2026, 12, 1)})
    assert page == PAGE.replace("title: 甲 # 题\nfrom: 2026-11-01\n", "title: 乙 # 题\nto: 2026-12-01\n")
    assert with_values(PAGE, {"title": "甲", "from": date(2026, 11, 1), "lead": ""}) == PAGE


def test_the_text_changes() -> None:
    assert with_body(PAGE, "新。\r\n") == PAGE.partition("正文")[0] + "新。\n"
    assert with_body(PAGE, " \n") == PAGE.partition("正文")[0]
    assert with_body(PAGE, parts_of(PAGE)[1]) == PAGE


def test_a_new_page() -> None:
    assert new_page({"title": "甲", "lead": ""}, "文") == "---\ntitle: 甲\n---\n文\n"
