"""The commands that help editors with their files."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matrixsite import Matrix
from matrixsite.cli.editing import Kind
from matrixsite.editorial.honors import HonorKind
from tests.cli.conftest import Command
from tests.nights import Item, Nights, rss

Config = tuple[str, Path]


@pytest.fixture
def newsroom(matrix: Nights) -> Nights:
    """Two accounts of two members; one leads. A piece of each on the 19th, one of the 2nd."""
    matrix.night = datetime(2026, 11, 19, 19, tzinfo=UTC)  # the morning of the 20th in Shanghai
    matrix.set_up(
        [{"id": "a", "feed": "a.xml", "name": "甲", "roles": ["lead"]}, {"id": "b", "feed": "b.xml"}]
    )
    matrix.write("a.xml", rss(Item("a1", "甲的稿件", day=19), Item("a2", "旧稿", day=2)))
    matrix.write("b.xml", rss(Item("b1", "乙的稿件", day=19)))
    matrix.update()
    return matrix


def test_candidates_for_a_day(cli: Command, newsroom: Nights, config: Config) -> None:
    found = json.loads(cli("candidates", "2026-11-20", *config, "--json").out)
    assert [(one["title"], one["points"], one["why"]) for one in found] == [
        ("甲的稿件", 4, ["甲（主账号）首先发布", "前一天发布"]),
        ("乙的稿件", 1, ["前一天发布"]),
    ]
    assert found[0]["reasons"][0] == {"ground": "lead-first", "points": 3, "names": ["甲"]}
    assert found[0]["published"].endswith("+08:00")
    told = cli("candidates", "2026-11-20", *config, "--limit", "1").out
    assert found[0]["entry"] in told
    assert "乙的稿件" not in told


def test_nothing_is_written_and_a_headline_that_is_there_is_said(
    cli: Command, newsroom: Nights, config: Config
) -> None:
    (entry,) = [one for one in newsroom.load().entries() if one.title == "甲的稿件"]
    path = newsroom.root / "content/headlines/2026-11-19.md"
    path.parent.mkdir(parents=True)
    path.write_text(f"---\npick: {entry.id}\nreason: 好\n---\n", "utf-8")
    before = sorted(newsroom.root.rglob("content/*"))
    led = cli("candidates", "2026-11-19", *config)
    assert "content/headlines/2026-11-19.md names a headline already" in led.err
    assert "甲的稿件" in led.out, "the day's own pick is among them"
    next_day = cli("candidates", "2026-11-20", *config)
    assert next_day.err == ""
    assert "甲的稿件" not in next_day.out, "what led yesterday leads no more"
    assert sorted(newsroom.root.rglob("content/*")) == before


def test_a_withdrawal_counts_at_once(cli: Command, newsroom: Nights, config: Config) -> None:
    (entry,) = [one for one in newsroom.load().entries() if one.title == "甲的稿件"]
    cli("withdraw", entry.id, "--why", "误", *config)
    assert [one.title for one in Matrix.load(config[1]).candidates(entry.published.date())] == ["乙的稿件"]


def test_a_day_that_is_none_is_a_usage_error(cli: Command, config: Config) -> None:
    assert cli("candidates", "yesterday", *config).code == 2


@pytest.fixture
def table(newsroom: Nights) -> Path:
    return newsroom.write("table.txt", "序号\t账号\n1\t甲\n2\tbb\n\t\n3\t外地\n")


def test_a_table_becomes_a_list(cli: Command, newsroom: Nights, config: Config, table: Path) -> None:
    pytest.importorskip("ruamel.yaml")
    command = ("import-honors", table, "--roll", "r-2026", "--list", "优秀账号", *config)
    assert cli(*command).code == 2, "a new roll needs a title"
    done = cli(*command, "--title", "2026年榜单", "--announced", "4")
    assert done.code == 0
    assert "3 winners in" in done.out
    assert "row 3: bb is no account or member of this matrix" in done.err
    assert "4 winners were announced, 3 are listed" in done.err
    (roll,) = newsroom.load().content.honors
    assert (roll.year, [winner.account for winner in roll.lists[0].winners]) == (2026, ["a", "", ""])
    again = cli(*command)
    assert again.code == 2
    assert "is there already" in again.err
    assert cli(*command, "--replace").code == 0
    assert cli(*command[:4], "--list", "另一榜", *config).code == 0
    assert [len(one.lists) for one in newsroom.load().content.honors] == [2]


def test_a_dry_run_writes_nothing(cli: Command, newsroom: Nights, config: Config, table: Path) -> None:
    done = cli(
        "import-honors", table, "--roll", "r", "--list", "榜", "--kind", "account", "--dry-run", *config
    )
    assert json.loads(done.out)["winners"] == [{"name": "甲", "account": "a"}, "bb", "外地"]
    assert not (newsroom.root / "content").exists()


def test_a_table_without_winners_is_an_error(cli: Command, newsroom: Nights, config: Config) -> None:
    empty = newsroom.write("empty.csv", "账号,单位\n")
    assert cli("import-honors", empty, "--roll", "r", "--list", "榜", "--title", "榜", *config).code == 2


def test_kinds_are_those_of_honors() -> None:
    assert [kind.value for kind in Kind] == [kind.value for kind in HonorKind]
