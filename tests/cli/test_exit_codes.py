"""Every ending of a command: its exit code, and one clear sentence for whatever an operator can cause."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path

import pytest

from matrixsite.model import Status
from tests.cli.conftest import NOW, Command, run
from tests.nights import Item, Nights, rss

Config = tuple[str, Path]


def test_0_built(cli: Command, config: Config) -> None:
    answer = cli("build", *config, "--now", NOW)
    assert answer.code == 0
    assert answer.out.startswith("3 new, 0 corrected; feeds: 2 ok; site: ")


@pytest.mark.parametrize(
    ("alert", "strict", "code"), [("10%", [], 1), ("60%", [], 0), ("60%", ["--strict"], 1)], ids=str
)
@pytest.mark.parametrize("command", ["update", "build"])
def test_1_feeds_fail(
    cli: Command, matrix: Nights, config: Config, command: str, alert: str, strict: list[str], code: int
) -> None:
    matrix.set_up([{"id": "a", "feed": "a.xml"}, {"id": "b", "feed": "gone.xml"}], fetch={"alert": alert})
    answer = cli(command, *config, "--now", NOW, *strict)
    assert answer.code == code
    assert "b: there is no such file (gone.xml). Correct the path in feeds.yaml" in answer.out


def test_2_settings_are_wrong_all_told_at_once(cli: Command, matrix: Nights, config: Config) -> None:
    matrix.write("feeds.yaml", "site:\n  titel: x\naccounts:\n- id: ä\n")
    for command in ("update", "build", "status", "export"):
        answer = cli(command, *config)
        assert answer.code == 2
        assert answer.out == ""
        assert "feeds.yaml:2: site.titel: unknown key" in answer.err
        assert "feeds.yaml:4:" in answer.err
    assert not (matrix.root / ".matrixsite").exists(), "nothing done"


def test_2_content_is_wrong(cli: Command, matrix: Nights, config: Config) -> None:
    matrix.write("content/columns/x.md", "---\ntitel: x\n---\n")
    answer = cli("build", *config)
    assert answer.code == 2
    assert "columns/x.md:2" in answer.err
    assert not (matrix.root / "output").exists()


def test_2_no_settings(cli: Command, tmp_path: Path) -> None:
    answer = cli("update", "-c", tmp_path / "feeds.yaml")
    assert answer.code == 2
    assert "there is no such file. Begin a new matrix with `matrixsite init`" in answer.err


@pytest.mark.parametrize(
    "wrong", [["--now", "tomorrow"], ["--now", ""], ["--today", "2026-13-01"], ["--jobs", "-1"]], ids=" ".join
)
def test_2_wrong_usage(cli: Command, config: Config, wrong: list[str]) -> None:
    answer = cli("build", *config, *wrong)
    assert (answer.code == 2) == (wrong[1] != "")
    assert wrong[1] == "" or wrong[0] in answer.err


def test_2_an_unknown_account(cli: Command, config: Config) -> None:
    answer = cli("update", *config, "--only", "zz")
    assert answer.code == 2
    assert "there is no account 'zz'" in answer.err


@pytest.mark.parametrize("command", [["update"], ["build"]])
def test_3_a_full_disk(matrix: Nights, command: list[str]) -> None:
    matrix.update()
    size = (matrix.root / ".matrixsite/store.sqlite3").stat().st_size
    items = (Item(f"n{n}", text=f"{n} " * 3000) for n in range(60))
    matrix.write("a.xml", rss(*items))
    answer = run(*command, "-c", matrix.root / "feeds.yaml", limit=size + 20_000)
    assert answer.code == 3
    assert answer.err.splitlines()[-1].startswith("matrixsite: ")
    assert "Traceback" not in answer.err
    assert len(matrix.titles()) == 3, "what was stored before is there, nothing of the broken batch"
    assert matrix.update().new == 60


def test_3_a_full_disk_while_the_site_is_written(matrix: Nights) -> None:
    matrix.load().build(matrix.root / "out", now=matrix.night, jobs=1)
    before = {path: path.read_bytes() for path in (matrix.root / "out").rglob("*") if path.is_file()}
    theme = matrix.write("content/pages/long.md", "title: long\n\n" + "x" * 600_000)
    answer = run("build", "-c", matrix.root / "feeds.yaml", limit=500_000)
    assert answer.code == 3
    assert "Traceback" not in answer.err
    assert {path: path.read_bytes() for path in (matrix.root / "out").rglob("*") if path.is_file()} == before
    theme.unlink()
    assert run("build", "-c", matrix.root / "feeds.yaml").code == 0


@pytest.mark.parametrize("command", [["update"], ["build"], ["status"], ["export"]])
def test_3_a_state_folder_that_cannot_be(
    cli: Command, matrix: Nights, config: Config, command: list[str]
) -> None:
    matrix.write("file", b"")
    answer = cli(*command, *config, "--state", matrix.root / "file/state")
    assert answer.code == 3
    assert answer.err.splitlines()[-1].startswith("matrixsite: the ")
    assert "file/state" in answer.err


def test_3_an_output_folder_that_cannot_be(cli: Command, matrix: Nights, config: Config) -> None:
    matrix.write("file", b"")
    answer = cli("build", *config, "-o", matrix.root / "file/site")
    assert answer.code == 3
    assert "file/site" in answer.err
    assert len(matrix.titles()) == 3


@pytest.mark.parametrize("command", [["update"], ["build"], ["status"], ["export"]])
def test_3_a_broken_store(cli: Command, matrix: Nights, config: Config, command: list[str]) -> None:
    matrix.write(".matrixsite/store.sqlite3", b"no database at all" * 100)
    answer = cli(*command, *config)
    assert answer.code == 3
    assert "matrixsite store restore" in answer.err


def test_3_a_newer_store(cli: Command, matrix: Nights, config: Config) -> None:
    import sqlite3

    matrix.update()
    with sqlite3.connect(matrix.root / ".matrixsite/store.sqlite3") as store:
        store.execute("UPDATE meta SET value = '999' WHERE key = 'schema'")
    store.close()
    answer = cli("update", *config)
    assert answer.code == 3
    assert "upgrade matrixsite" in answer.err


def test_3_no_wiping_of_a_site_without_force(cli: Command, matrix: Nights, config: Config) -> None:
    assert cli("build", *config, "--now", NOW).code == 0
    matrix.set_up([{"id": "c", "feed": "c.xml"}])
    matrix.write("c.xml", rss())
    answer = cli("build", *config, "--now", NOW)
    assert answer.code == 3
    assert "--force" in answer.err
    assert cli("build", *config, "--now", NOW, "--force").code == 0


@pytest.mark.parametrize("command", ["update", "build"])
def test_4_another_run_is_at_work(cli: Command, matrix: Nights, config: Config, command: str) -> None:
    matrix.update()
    lock = os.open(matrix.root / ".matrixsite/lock", os.O_RDWR)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = cli(command, *config)
        assert answer.code == 4
        assert f"update, process {os.getpid()} on " in answer.err
        for reading in (["status"], ["export"]):
            assert cli(*reading, *config).code == 0, "readers need no lock"
    finally:
        os.close(lock)
    assert cli(command, *config).code == 0


def test_log_json_is_json_all_through(cli: Command, matrix: Nights, config: Config) -> None:
    matrix.set_up([{"id": "a", "feed": "a.xml"}], after="exit 7")
    answer = cli("build", *config, "--now", NOW, "--log-json")
    events = [json.loads(line) for line in answer.err.splitlines()]
    assert answer.out == ""
    assert {event["event"] for event in events} >= {"progress", "log", "done"}
    assert events[-1]["new"] == 2
    matrix.write("feeds.yaml", "site: 1\nx: y\n")
    events = [json.loads(line) for line in cli("build", *config, "--log-json").err.splitlines()]
    assert events[0]["exit_code"] == 2
    assert {event["line"] for event in events[1:]} == {1, 2}


def test_a_locale_without_chinese_ends_no_run(matrix: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    matrix.set_up([{"id": "a", "feed": "没有.xml", "name": "甲"}, {"id": "b", "feed": "b.xml", "name": "乙"}])
    config = ("-c", matrix.root / "feeds.yaml")
    answer = run("update", *config)
    assert (answer.code, answer.err.count("Traceback")) == (1, 0)
    assert [entry.status for entry in matrix.load().entries()] == [Status.SHOWN]
    assert json.loads(run("export", *config).out)["title"] == "标题 b1"
