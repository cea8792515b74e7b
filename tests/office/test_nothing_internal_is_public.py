"""What only the office may know is in no file of the public site; what the settings make public is."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from matrixsite.boards.publishing import edition_of, write_edition
from matrixsite.measures.period import parse_period
from tests.nights import LONG, Item, Nights, rss

TODAY = date(2026, 11, 10)
MARKS = {  # what each part of the office's work is told by: it stands nowhere else, and in no sum of other numbers
    "a measure": "7310951",
    "a note of a measure": "甲数据备注甲",
    "a board": "乙内部榜单乙",
    "its score": "15.80",
    "an index": "丙内部指数丙",
    "the file of an index": "internal-index",
    "the file of a board": "internal-board",
    "a task": "丁转发任务丁",
    "a note of a task": "戊任务说明戊",
    "the file of a task": "internal-task",
    "an address of a feed": "secret-folder",
    "a colour": "停更",
    "a finding": "no-feed",
}
MEASURES = f"account,period,reads,备注\na,2026-10,{MARKS['a measure']},{MARKS['a note of a measure']}\n"
INDEX = f"""
id: {MARKS["the file of an index"]}
version: "1"
title: {MARKS["an index"]}
source: {{name: 本市}}
score: ln(reads+1)
"""
TASK = f"""
title: {MARKS["a task"]}
note: {MARKS["a note of a task"]}
piece: https://example.com/lib
asked: {{accounts: [a, b]}}
due: 2026-11-01 12:00
"""


def board_file(*, public: bool) -> str:
    front = (
        f"title: {MARKS['a board']}\nindex: {MARKS['the file of an index']}\npublic: {str(public).lower()}"
    )
    return f"---\n{front}\n---\n"


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    """A matrix with all that an office has: measures, an edition, a task, a silent account, a feed that is none."""
    root = tmp_path / "matrix"
    made = Nights(root, [{"id": "a", "name": "甲号"}, {"id": "b", "name": "乙号"}])
    feed = f"{MARKS['an address of a feed']}/a.xml"
    (root / MARKS["an address of a feed"]).mkdir()
    made.set_up([{"id": "a", "name": "甲号", "feed": feed}, {"id": "b", "name": "乙号", "feed": "b.xml"}])
    made.write(feed, rss(Item("lib", title="图书馆延时开放", text=LONG, day=1)))
    made.write("b.xml", rss(Item("b1", title="周末去看书", text=LONG, day=2)))
    made.write("content/measures/all.csv", MEASURES)
    made.write(f"content/indices/{MARKS['the file of an index']}.yaml", INDEX)
    made.write(f"content/boards/{MARKS['the file of a board']}.md", board_file(public=False))
    made.write(f"content/tasks/{MARKS['the file of a task']}.yaml", TASK)
    made.update()
    made.write("b.xml", "<!DOCTYPE html><html><body>停用</body></html>")
    made.update()
    publish(made)
    return made


def publish(made: Nights) -> None:
    matrix, period = made.load(), parse_period("2026-10")
    (board,) = matrix.content.boards
    assert period
    scores = matrix.scores(board.index, period, board.where)
    write_edition(made.root, board, edition_of(scores, {"a": "甲号"}, 10, date(2026, 11, 5)))


def found_in(folder: Path) -> Mapping[str, list[str]]:
    """The marks with the files, in whatever form, that they stand in, be it only in their names."""
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    assert files
    texts = {name: f"{name}\n{_text(content)}" for name, content in files.items()}
    return {what: [name for name, text in texts.items() if mark in text] for what, mark in MARKS.items()}


def _text(content: bytes) -> str:
    """As it is read by whoever opens it: unpacked, escapes of JSON and HTML undone."""
    if content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    text = content.decode("utf-8", "replace")
    text = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)
    return re.sub(r"&#(\d+);", lambda code: chr(int(code[1])), text)


def test_nothing_internal_is_on_the_site(nights: Nights, tmp_path: Path) -> None:
    site = tmp_path / "site"
    nights.load().build(site, now=nights.night, today=date(2026, 12, 10), jobs=1)
    assert {what: names for what, names in found_in(site).items() if names} == {}


def test_the_office_knows_all_of_it(nights: Nights, tmp_path: Path) -> None:
    """Else the test above would look for what is nowhere."""
    folder = tmp_path / "office"
    nights.load().board(folder, today=date(2026, 12, 10))
    hidden = {
        "a note of a measure",
        "an index",
        "an address of a feed",
    }  # which the office's board doesn't print either
    assert {what for what, names in found_in(folder).items() if not names} == hidden
    sources = found_in(nights.root)
    assert [what for what in hidden if not sources[what]] == []


def test_it_would_be_found(nights: Nights, tmp_path: Path) -> None:
    """A board that is public, and freshness that is, are on the site with their marks."""
    nights.write(f"content/boards/{MARKS['the file of a board']}.md", board_file(public=True))
    feeds = (nights.root / "feeds.yaml").read_text("utf-8")
    assert feeds.lstrip().startswith("{")
    (nights.root / "feeds.yaml").write_text(feeds.replace("{", '{"freshness": {"public": true},', 1), "utf-8")
    site = tmp_path / "site"
    nights.load().build(site, now=nights.night, today=date(2026, 12, 10), jobs=1)
    shown = {what for what, names in found_in(site).items() if names}
    published = {
        "a measure",
        "a board",
        "its score",
        "an index",
        "the file of an index",
        "the file of a board",
    }
    assert shown == {*published, "a colour"}
