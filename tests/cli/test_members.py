"""`members`: from feeds.yaml to what is printed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command

ACCOUNTS: list[dict[str, Any]] = [
    {
        "id": "a",
        "name": "甲号",
        "platform": "wechat",
        "group": "below",
        "batch": "首批",
        "joined": "2020-01-01",
    },
    {
        "id": "b",
        "name": "=乙号",
        "platform": "weibo",
        "joined": "2021-01-01",
        "former_names": ["老乙 2023-01-01"],
    },
    {
        "id": "c",
        "name": "丙号",
        "platform": "weibo",
        "class": "media",
        "batch": "二批",
        "joined": "2022-01-01",
    },
    {
        "id": "d",
        "name": "丁号",
        "joined": "2020-06-01",
        "closed": "2021-06-01",
        "closure": "merged",
        "successor": "a",
    },
]


@pytest.fixture
def config(tmp_path: Path) -> tuple[str, Path]:
    return "-c", write(tmp_path / "feeds.yaml", ACCOUNTS)


def write(path: Path, accounts: list[dict[str, Any]]) -> Path:
    groups = [{"id": "top", "name": "区县"}, {"id": "below", "name": "甲区", "parent": "top"}]
    site = {"title": "青山", "url": "https://matrix.example.org"}
    path.write_text(json.dumps({"site": site, "groups": groups, "accounts": accounts}), "utf-8")
    return path


def test_list_names_who_is_in_as_they_were_called(config: tuple[str, Path], cli: Command) -> None:
    found = json.loads(cli("members", "list", "--on", "2021-01-01", "--json", *config).out)
    assert [(one["id"], one["name"], one["groups"]) for one in found] == [
        ("a", "甲号", "below"),
        ("b", "老乙", ""),
        ("d", "丁号", ""),
    ]
    gone = json.loads(cli("members", "list", "--on", "2022-01-01", "--departed", "--json", *config).out)
    assert [(one["id"], one["closed"], one["closure"], one["successor"]) for one in gone] == [
        ("d", "2021-06-01", "merged", "a")
    ]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("首批", "二批", [("joined", "b"), ("joined", "c")]),
        ("2020-12-31", "2022-06-01", [("joined", "b"), ("joined", "c"), ("merged", "d")]),
        ("二批", "", [("renamed", "b")]),
        ("2022-06-01", "2022-06-02", []),
    ],
)
def test_diff_of_batches_and_days(
    config: tuple[str, Path], cli: Command, before: str, after: str, changes: list[tuple[str, str]]
) -> None:
    found = json.loads(cli("members", "diff", before, *filter(None, [after]), "--json", *config).out)
    assert [(one["change"], one["id"]) for one in found] == changes


def test_diff_of_two_settings_knows_what_has_no_date(config: tuple[str, Path], cli: Command) -> None:
    old = [ACCOUNTS[0] | {"platform": "weibo", "class": "media"}]
    other = write(config[1].with_name("old.yaml"), old)
    found = json.loads(cli("members", "diff", str(other), "--json", *config).out)
    assert [(one["change"], one["id"], one["before"], one["after"]) for one in found] == [
        ("joined", "b", "", ""),
        ("joined", "c", "", ""),
        ("class", "a", "media", ""),
        ("platform", "a", "weibo", "wechat"),
    ]
    assert sorted(path.name for path in other.parent.iterdir()) == [".matrixsite", "feeds.yaml", "old.yaml"]


def test_tables_for_spreadsheets_run_nothing(config: tuple[str, Path], cli: Command) -> None:
    rows = list(csv.DictReader(io.StringIO(cli("members", "list", "--csv", *config).out)))
    assert [row["name"] for row in rows] == ["甲号", "'=乙号", "丙号"]


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("platform", [["weibo", "2"], ["wechat", "1"]]),
        ("class", [["", "2", "1", "1"], ["media", "1", "1", "0"]]),
        ("group", [["", "2", "2", "0"], ["below", "1", "0", "1"], ["top", "1", "0", "1"]]),
    ],
)
def test_totals(config: tuple[str, Path], cli: Command, by: str, rows: list[list[str]]) -> None:
    out = cli("members", "totals", "--by", by, "--csv", *config).out
    assert list(csv.reader(io.StringIO(out)))[1:] == rows


def test_a_word_that_is_neither_day_nor_batch_gets_the_nearest(
    config: tuple[str, Path], cli: Command
) -> None:
    answer = cli("members", "diff", "首皮", *config)
    assert answer.code == 2
    assert "首批" in answer.err
