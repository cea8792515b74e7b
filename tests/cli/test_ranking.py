"""`measures`, `boards` and `honors draft` from end to end."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from matrixsite import Matrix
from tests.cli.conftest import NOW, Command
from tests.nights import Item, rss

ROWS = "a,2026-10,10,10万+,5\nb,2026-10,10,200,4\nd,2026-10,,7,\na,2025-10,10,50000,5\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    accounts = [
        {"id": "a", "name": "甲号", "platform": "wechat", "group": "districts", "feed": "a.xml"},
        {"id": "b", "name": "乙号", "platform": "wechat", "group": "districts"},
        {"id": "c", "name": "丙号", "platform": "weibo"},
        {"id": "d", "name": "丁号", "platform": "wechat"},
    ]
    settings = {
        "site": {"title": "青山", "url": "https://matrix.example.org"},
        "groups": [{"id": "districts", "name": "区县"}],
        "accounts": accounts,
    }
    (tmp_path / "feeds.yaml").write_text(json.dumps(settings, ensure_ascii=False), "utf-8")
    (tmp_path / "a.xml").write_bytes(rss(Item("1", "一", day=1), Item("2", "二", day=2)))
    for folder in ("measures", "boards"):
        (tmp_path / "content" / folder).mkdir(parents=True)
    _measures(tmp_path, ROWS)
    board = "---\ntitle: 榜\nindex: wci\nwhere: {groups: [districts]}\n---\n"
    (tmp_path / "content/boards/wx.md").write_text(board, "utf-8")
    return tmp_path


def _measures(root: Path, rows: str) -> None:
    """All that WCI needs; those of the first and the highest piece that it can do without are left out."""
    more = rows.replace("\n", ",1,2,3,4\n")
    text = f"account,period,posts,reads,likes,wows,shares,headline_reads,max_reads\n{more}"
    (root / "content/measures/m.csv").write_text(text, "utf-8")


def test_an_edition_stays_though_measures_change(office: Path, cli: Command) -> None:
    config = ("-c", office / "feeds.yaml")
    shown = cli("boards", "show", "wx", "2026-10", *config)
    assert shown.out.split()[2] == "甲号"
    _measures(office, "a,2026-10,10,1,1\nb,2026-10,10,1,\n")
    assert "乙号 (b)  needs: 点赞数" in cli("boards", "show", "wx", "2026-10", *config).out
    _measures(office, ROWS)
    assert cli("boards", "publish", "wx", "2026-10", "--published", "2026-11-05", *config).code == 0
    path = office / "content/boards/wx/2026-10.csv"
    published = path.read_bytes()
    _measures(office, "a,2026-10,10,1,1\nb,2026-10,10,999999,1\n")
    assert cli("boards", "show", "wx", "2026-10", *config).out != shown.out
    again = cli("boards", "publish", "wx", "2026-10", *config)
    assert (again.code, "published already" in again.err) == (2, True)
    assert path.read_bytes() == published
    (board,) = Matrix.load(office / "feeds.yaml").content.boards
    (edition,) = board.editions
    assert [(row.rank, row.account) for row in edition.rows] == [(1, "a"), (2, "b")]
    assert edition.rows[1].missing[:2] == ("headline_wows", "headline_likes")
    assert ("reads", "100001") in edition.rows[0].inputs
    assert (edition.index, edition.published.isoformat(), edition.scored) == ("wci@14.2", "2026-11-05", 2)
    assert edition.formula[-1].startswith("score = ")


def test_an_index_from_feeds_needs_no_measures(office: Path, cli: Command) -> None:
    config = ("-c", office / "feeds.yaml")
    (office / "content/boards/act.md").write_text("---\ntitle: 活跃\nindex: activity\n---\n", "utf-8")
    (office / "content/measures/m.csv").write_text("broken", "utf-8")
    assert cli("update", *config, "--now", NOW, "--offline").code == 0
    assert cli("boards", "publish", "act", "2026-11", *config).code == 0
    board = next(one for one in Matrix.load(office / "feeds.yaml").content.boards if one.id == "act")
    (row,) = board.editions[0].rows
    assert row.account == "a"
    assert dict(row.inputs) == {
        "posts": "2",
        "active_days": "2",
        "originals": "2",
        "carried": "0",
        "days": "30",
    }


def test_a_draft_is_for_editors(office: Path, cli: Command) -> None:
    config = ("-c", office / "feeds.yaml")
    options = ("--list", "十佳政务新媒体", "--by", "wci", "--top", "10", "--where", "group=districts")
    made = cli("honors", "draft", "2026", *options, *config)
    assert made.code == 0, made.err
    content = Matrix.load(office / "feeds.yaml").content
    assert content.honors == ()
    ((roll,), text) = content.honor_drafts, (office / "content/honors/2026-draft.md").read_text("utf-8")
    assert [winner.account for winner in roll.lists[0].winners] == ["a", "b"]
    assert "第 1 名；wci@14.2" in text
    assert "缺 头条在看数、头条点赞数" in text
    again = cli("honors", "draft", "2026", *options, *config)
    assert (again.code, "there already" in again.err) == (2, True)
    (office / "content/honors/2026-draft.md").write_text(text.replace("draft: true\n", ""), "utf-8")
    settled = cli("honors", "draft", "2026", *options, "--replace", *config)
    assert (settled.code, "no draft" in settled.err) == (2, True)
    assert len(Matrix.load(office / "feeds.yaml").content.honors) == 1


def test_totals(office: Path, cli: Command) -> None:
    answer = cli("measures", "totals", "2026-10", "--by", "group", "-c", office / "feeds.yaml")
    rows = list(csv.DictReader(io.StringIO(answer.out.removeprefix("\ufeff"))))
    reads = {
        row["group"]: (row["total"], row["accounts"], row["change"])
        for row in rows
        if row["measure"] == "reads"
    }
    assert reads == {"": ("100208", "3", "1.0"), "districts": ("100201", "2", "1.0")}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("boards", "show", "wxx", "2026-10"), "Did you mean"),
        (("boards", "show", "wx", "October"), "no period"),
        (("boards", "publish", "wx", "2026"), "2026 is no month"),
        (("boards", "publish", "wx", "2020-01"), "nobody has a score"),
        (("boards", "import", "wx", "2026-10", "x.csv", "--source", "某院"), "board of ours"),
        (("honors", "draft", "2026", "--list", "十佳", "--by", "wcj"), "Did you mean"),
        (
            ("honors", "draft", "2026", "--list", "十佳", "--by", "wci", "--where", "group=districs"),
            "districts",
        ),
        (
            ("honors", "draft", "2026", "--list", "十佳", "--by", "wci", "--where", "colour=red"),
            "unknown key",
        ),
        (("measures", "totals", "soon"), "no period"),
    ],
)
def test_what_is_refused(office: Path, cli: Command, arguments: tuple[str, ...], said: str) -> None:
    answer = cli(*arguments, "-c", office / "feeds.yaml")
    assert answer.code == 2
    assert said in answer.err
    assert not (office / "content/honors").exists()


def test_check_tells_what_is_wrong_with_measures(office: Path, cli: Command) -> None:
    assert (
        "4 rows of 3 accounts, 2025-10 to 2026-10"
        in cli("measures", "check", "-c", office / "feeds.yaml").out
    )
    _measures(office, "a,2026-10,10,=cmd|x,5\n")
    board = office / "content/boards/wx.md"
    board.write_text(board.read_text("utf-8").replace("wci", "wcj"), "utf-8")
    (office / "content/indices").mkdir()
    for command in (("measures", "check"), ("check",)):
        answer = cli(*command, "-c", office / "feeds.yaml")
        assert answer.code == 2
        assert "content/measures/m.csv:2: reads:" in answer.err
        assert "content/boards/wx.md: index: there is no index `wcj`" in answer.err
