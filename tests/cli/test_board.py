"""`board`, `status` with its filters, and `export tasks`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Command
from tests.nights import Nights
from tests.office.conftest import nights, three_nights

__all__ = ["nights", "three_nights"]

DAY = ("--today", "2026-11-10")


@pytest.fixture
def options(nights: Nights) -> tuple[str, Path, str, str]:
    return ("-c", nights.root / "feeds.yaml", *DAY)


def test_board(cli: Command, options: tuple[str, ...], tmp_path: Path) -> None:
    folder = tmp_path / "office"
    answer = cli("board", "-o", folder, *options)
    assert answer.code == 0
    assert (folder / "index.html").is_file()
    assert cli("board", "-o", folder, *options).out.startswith("0 files written, 0 removed")
    assert cli("board", "-o", folder, "--month", "2026-09", *options).code == 0
    assert (folder / "bulletins/2026-09/circular.zh-TW.txt").is_file()
    refused = cli("board", "-o", folder, "--month", "2026-11", *options)
    assert (refused.code, "is not over" in refused.err) == (2, True)


def test_status_of_some(cli: Command, options: tuple[str, ...]) -> None:
    def names(*more: str) -> list[str]:
        return [row["account"] for row in json.loads(cli("status", *options, "--json", *more).out)]

    assert names() == ["a", "b", "c", "d", "e"]
    assert names("--group", "g") == ["a", "b"]
    assert names("--red") == ["c"]
    assert names("--red", "--group", "g") == []
    assert cli("status", *options, "--group", "x").code == 2
    assert "amber" in cli("status", *options).out


def test_what_is_odd(cli: Command, options: tuple[str, ...]) -> None:
    (row,) = json.loads(cli("status", "--watch", "--json", *options).out)
    assert (row["account"], row["watch"], row["since"][:10]) == ("d", "no-feed", "2026-11-05")
    assert row["mend"]
    assert json.loads(cli("status", "--watch", "--json", "--group", "g", *options).out) == []
    assert "no-feed" in cli("status", "--watch", *options).out
    assert cli("status", "--watch", "--csv", *options).out.splitlines()[1].startswith("d,d,no-feed,")


def test_tasks(cli: Command, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.loads(line) for line in cli("export", "tasks", *options).out.splitlines()]
    assert [(line["asked"], line["outcome"]) for line in lines] == [
        ("m", "in-time"),
        ("b", "late"),
        ("d", "missing"),
        ("e", "missing"),
    ]
    table = cli("export", "tasks", "--format", "csv", *options).out.removeprefix("\ufeff")
    assert list(csv.DictReader(io.StringIO(table)))[1]["carried_title"] == "'=周末去看书"
    assert cli("export", "tasks", "--format", "opml", *options).code == 2
    assert cli("export", "entries", "--format", "xlsx", *options).code == 2
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    refused = cli("export", "tasks", "--format", "xlsx", *options)
    assert (refused.code, "pip install" in refused.err) == (2, True)


def test_tasks_as_a_workbook(nights: Nights) -> None:
    from matrixsite.office.board import excel_workbook
    from matrixsite.office.task_pages import task_table

    made = excel_workbook({"tasks": task_table(nights.load().tasks())})
    assert load_workbook(io.BytesIO(made))["tasks"]["A2"].value == "library"
