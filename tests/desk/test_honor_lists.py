"""A list that is added to a roll changes nothing else of its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from matrixsite.config.settings import Account, Settings, Site
from matrixsite.desk.honor_lists import NewList, NewRoll, with_list, write_list
from matrixsite.editorial.frontmatter import parse_page
from matrixsite.editorial.honors import HonorKind, HonorRoll, read_honor_roll
from matrixsite.editorial.laureates import Register
from matrixsite.errors import SettingsError

pytest.importorskip("ruamel.yaml")

ROLL = """---
# 2025
title: "榜单"   # as announced
lists:
- title: 甲榜   # the first
  kind: account
  winners: [青山日报, 外地]
# after the lists
year: 2025
basis: '综合评定,  很长的一句话很长的一句话很长的一句话很长的一句话很长的一句话很长的一句话很长的一句话'
---
正文。
"""
NEW = NewList("乙榜", HonorKind.ACCOUNT, [{"name": "日报", "account": "daily"}, "外地"], announced=2)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    site = Site("青山矩阵", "https://matrix.example.org")
    daily = Account("daily", "青山日报", "daily", aliases=("日报",))
    return Settings(tmp_path, tmp_path / ".matrixsite", tmp_path / "feeds.yaml", "", site, accounts=(daily,))


def added(written: str, honors: NewList = NEW, *, replace: bool = False) -> str:
    return with_list(written.encode(), "honors/a.md", honors, replace=replace).decode()


def read(content: str, settings: Settings) -> HonorRoll:
    page, problems = parse_page(content.encode(), "honors/a.md", "a")
    assert page is not None
    roll, more, _ = read_honor_roll(page, Register(settings))
    assert (problems, more) == ([], [])
    assert roll is not None
    return roll


def test_comments_order_quotes_and_text_stay(settings: Settings) -> None:
    content = added(ROLL)
    assert [honors.title for honors in read(content, settings).lists] == ["甲榜", "乙榜"]
    before, after = content.split("- title: 乙榜")
    assert before + after.partition("外地\n")[2] == ROLL


def test_the_new_list_is_written_as_people_write(settings: Settings) -> None:
    block = "- title: 乙榜\n  kind: account\n  announced: 2\n  ordered: false\n  winners:\n"
    assert block + "  - {name: 日报, account: daily}\n  - 外地\n" in added(ROLL)
    names = NewList("丙榜", HonorKind.PERSON, ["李明", "王芳"])
    assert "  winners: [李明, 王芳]\n" in added(ROLL, names)


@pytest.mark.parametrize(
    "indented", ["lists:\n  - title: 甲榜\n    kind: unit\n    winners: [甲]\n", "lists: []\n", ""]
)
def test_other_ways_to_write_a_roll(indented: str, settings: Settings) -> None:
    front = f"title: 榜\nyear: 2025\n{indented}"
    for text in (
        f"---\n{front}---\n",
        f"\ufeff---\n{front}---\n",
        f"---\n{front}---\n正文".replace("\n", "\r\n"),
    ):
        content = added(text)
        assert read(content, settings).lists[-1].title == "乙榜"
        assert content.endswith(text.rpartition("---")[2])
        assert content.count("\r\n") in (0, content.count("\n"))


@pytest.mark.parametrize(
    "name", ["yes", "2025", "1:20", "# 号", "a: b", "- 甲", "《湖》: 山", "on", "null", "'甲"]
)
def test_names_stay_text(name: str, settings: Settings) -> None:
    content = added(ROLL, NewList("乙榜", HonorKind.ACCOUNT, [name, {"name": name, "rank": 1}]))
    assert [winner.name for winner in read(content, settings).lists[1].winners] == [name, name]


def test_a_list_is_written_over_only_where_asked(settings: Settings) -> None:
    other = NewList("甲榜", HonorKind.ACCOUNT, ["外地"])
    with pytest.raises(SettingsError, match="is there already") as error:
        added(ROLL, other)
    assert (error.value.problems[0].line, error.value.problems[0].field) == (5, "lists.0.title")
    (honors,) = read(added(ROLL, other, replace=True), settings).lists
    assert [winner.name for winner in honors.winners] == ["外地"]


@pytest.mark.parametrize(
    "text", ["no front matter", "---\nlists: {a: b}\n---\n", "---\na: [\n---\n", "---\na: 1\na: 2\n---\n"]
)
def test_a_broken_file_takes_nothing(text: str) -> None:
    with pytest.raises(SettingsError):
        added(text)


def test_a_roll_begins_with_its_first_list(settings: Settings) -> None:
    path, warnings = write_list(settings, "r-2026", NEW, new=NewRoll("2026年榜单", 2026))
    assert path == settings.root / "content/honors/r-2026.md"
    roll = read(path.read_text("utf-8"), settings)
    assert (roll.title, roll.year, len(roll.lists)) == ("2026年榜单", 2026, 1)
    assert [problem.reason for problem in warnings] == ["`外地` is no account or member of this matrix"]


def test_nothing_is_written_that_would_be_wrong(settings: Settings, tmp_path: Path) -> None:
    path = settings.root / "content/honors/a.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\ntitle: 榜\n---\n", "utf-8")
    with pytest.raises(SettingsError, match="year"):
        write_list(settings, "a", NEW)
    assert path.read_text("utf-8") == "---\ntitle: 榜\n---\n"
    with pytest.raises(SettingsError, match="no such roll"):
        write_list(settings, "b", NEW)
    with pytest.raises(SettingsError, match="page id"):
        write_list(settings, "../b", NEW, new=NewRoll("榜", 2025))
    assert [one.name for one in path.parent.iterdir()] == ["a.md"]
