from __future__ import annotations

import pytest

from matrixsite.config.settings import Settings
from matrixsite.editorial.honor_tables import HonorTable, Skipped, Unresolved, winners_of
from matrixsite.editorial.honors import HonorKind
from matrixsite.editorial.laureates import Register
from matrixsite.editorial.pasted import lines_of_text


def table(text: str, kind: str, settings: Settings) -> HonorTable:
    return winners_of(lines_of_text(text), HonorKind(kind), Register(settings))


@pytest.mark.parametrize(
    ("kind", "text", "winners"),
    [
        ("account", "1.青山日报\n2.外地发布\n", [{"name": "青山日报", "account": "daily"}, "外地发布"]),
        ("account", "日报、青山湖", [{"name": "日报", "account": "daily"}, {"name": "青山湖", "account": "lake"}]),
        ("account", "1\t青山日报\n2\t外地发布\n", [{"name": "青山日报", "account": "daily"}, "外地发布"]),
        ("account", "名次\t账号\n2\t日报\n1\t外地\n",
         [{"name": "日报", "account": "daily", "rank": 2}, {"name": "外地", "rank": 1}]),
        ("unit", "序号\t单位\n1\t新闻办\n2\t外市局\n", [{"name": "新闻办", "member": "city"}, "外市局"]),
        ("work", "作品名称\t报送单位\n《湖》\t日报\n", [{"work": "《湖》", "by": "日报", "account": "daily"}]),
        ("work", "《湖》\t外市局\n《山》\t\n",
         [{"work": "《湖》", "by": "外市局"}, {"work": "《山》", "by": "外市局"}]),
        ("work", "名称\t链接\n《湖》\thttps://example.org/1\n《山》\t见附件\n",
         [{"work": "《湖》", "link": "https://example.org/1"}, "《山》"]),
        ("person", "姓名\t工作单位\t主要事迹\n李　明\t新闻办\t勤\n王芳\t\t\n",
         [{"name": "李明", "by": "新闻办", "member": "city", "citation": "勤"},
          {"name": "王芳", "by": "新闻办", "member": "city"}]),
    ],
)  # fmt: skip
def test_a_table_becomes_winners(kind: str, text: str, winners: list[object], settings: Settings) -> None:
    assert table(text, kind, settings).winners() == winners


def test_a_name_that_nobody_bears_is_told_with_the_nearest(settings: Settings) -> None:
    found = table("账号\n青山日报\n青山区发部\n", "account", settings)
    ((line, name, nearest),) = [(one.line, one.name, one.nearest) for one in found.unresolved]
    assert (line, name, nearest[0]) == (3, "青山区发部", "青山区发布")
    assert len(nearest) <= 3


def test_a_maker_outside_the_matrix_is_told_a_person_without_one_is_not(settings: Settings) -> None:
    assert table("作品\t单位\n《湖》\t外市某局\n", "work", settings).unresolved == (
        Unresolved(2, "外市某局", ()),
    )
    assert table("姓名\n李明\n", "person", settings).unresolved == ()


def test_rows_that_make_no_winner_are_told(settings: Settings) -> None:
    text = "2025年榜单\t\n账号\t单位\n日报\t报社\n\t新闻办\n"
    assert table(text, "account", settings).skipped == (
        Skipped(1, "2025年榜单", "above the table"),
        Skipped(4, "新闻办", "names nobody"),
    )
    again = table("日报\n青山湖\n日 报\n", "account", settings)
    assert again.skipped == (Skipped(3, "日报", "the same as row 1"),)


def test_an_empty_table_has_no_winners(settings: Settings) -> None:
    assert table("", "account", settings).winners() == []
    assert table("账号\t单位\n", "account", settings).winners() == []
