"""Pages of boards: what they say of an edition, what stays off the site, and what a change reaches."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from lxml import html

from matrixsite.boards.edition import BoardEdition, Ranked, edition_text
from matrixsite.measures.period import parse_period
from tests.nights import Item
from tests.site.conftest import Workshop, faults, tree
from tests.site.links import broken_links

NAMES = {"a": "甲号", "b": "乙号", "": "外市号"}


@pytest.fixture
def matrix(workshop: Workshop) -> Workshop:
    workshop.bare({"id": "a", "name": "甲号"}, {"id": "b", "name": "乙号"})
    workshop.feed("a", Item("w", "一条", "一", day=1))
    return workshop


def _board(matrix: Workshop, name: str = "wx", **front: Any) -> None:
    front = {"title": "传播榜", "index": "wci", "public": True, **front}
    matrix.write(f"content/boards/{name}.md", f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n说明\n")


def _edition(matrix: Workshop, period: str, *rows: Ranked, board: str = "wx", **more: Any) -> None:
    named = parse_period(period)
    assert named
    facts = {
        "index": "wci@14.2",
        "index_title": "指数",
        "formula": ("score = reads * 2",),
        "source": "某院",
        **more,
    }
    edition = BoardEdition(named, date(2026, 11, 5), rows, scored=len(rows), **facts)
    matrix.write(f"content/boards/{board}/{period}.csv", edition_text(edition))


def _row(
    rank: int, account: str, score: str = "5.00", missing: tuple[str, ...] = (), reads: str = "7"
) -> Ranked:
    return Ranked(rank, account, NAMES.get(account, account), score, missing, (("reads", reads),))


def _rows(matrix: Workshop, path: str) -> list[list[str]]:
    rows = html.fromstring(matrix.read(path)).xpath("//table[contains(@class, 'places')]/tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def test_an_edition_prints_formula_version_inputs_and_date(matrix: Workshop) -> None:
    _board(matrix)
    _edition(matrix, "2026-09", _row(1, "b"), _row(2, "a"))
    _edition(matrix, "2026-10", _row(1, "a", "9.50"), _row(1, "b", "9.50", ("likes",)), _row(3, ""))
    matrix.build()
    path = "boards/wx/2026-10/index.html"
    assert _rows(matrix, path) == [
        ["1", "甲号", "9.50", "升 1", "2 期", "", ""],
        ["1", "乙号", "9.50", "持平", "2 期 连续2期居首", "", "点赞数"],
        ["3", "外市号", "5.00", "新上榜", "1 期", "", ""],
    ]
    charts = html.fromstring(matrix.read(path)).xpath("//table//svg/@aria-label")
    assert [label.partition("：")[2] for label in charts] == ["5.00、9.50", "5.00、9.50", "—、5.00"]
    text = html.fromstring(matrix.read(path)).text_content()
    assert all(
        said in text
        for said in ("传播榜（2026年10月）", "指数 14.2", "2026年11月5日", "score = reads * 2", "某院")
    )
    assert _rows(matrix, "boards/wx/2026-09/index.html")[0] == ["1", "乙号", "5.00", ""]  # nothing to compare
    assert "上期名次,reads" in matrix.read("boards/wx/2026-10.csv")
    assert [row[:3] for row in _rows(matrix, "boards/wx/index.html")] == [
        ["2026年10月", "甲号、乙号", "9.50"],
        ["2026年9月", "乙号", "5.00"],
    ]
    assert "boards/wx/2026-10/" in matrix.read("sitemaps/pages.xml")
    assert broken_links(tree(matrix.output)) == []
    assert faults(matrix.output) == []


def test_programs_get_what_was_published(matrix: Workshop) -> None:
    _board(matrix)
    _board(matrix, name="in", public=False)
    _edition(matrix, "2026-09", _row(1, "b"))
    _edition(matrix, "2026-10", _row(1, "a", "9.50", ("likes",)), _row(2, ""))
    _edition(matrix, "2026-10", _row(1, "a"), board="in")
    matrix.build()
    (listed,) = json.loads(matrix.read("api/v1/boards.json"))["boards"]
    board = json.loads(matrix.read("api/v1/boards/wx.json"))
    assert listed.items() <= board.items()
    assert json.loads(matrix.read("api/v1/index.json"))["boards"].endswith("/api/v1/boards.json")
    newest, before = board["editions"]
    assert (newest["period"], newest["published"], before["period"]) == ("2026-10", "2026-11-05", "2026-09")
    assert newest["rows"][0] == {
        "rank": 1,
        "account": "a",
        "name": "甲号",
        "score": "9.50",
        "missing": ["likes"],
        "inputs": {"reads": newest["rows"][0]["inputs"]["reads"]},
    }
    assert newest["rows"][1]["account"] == ""
    assert not (matrix.output / "api/v1/boards/in.json").exists()


def test_nothing_internal_is_on_the_site_by_default(matrix: Workshop) -> None:
    secret = "保密榜"
    matrix.write("content/boards/in.md", f"---\ntitle: {secret}\nindex: wci\n---\n{secret}\n")
    _edition(matrix, "2026-10", _row(1, "a", "987654.32", reads="123454321"), board="in")
    matrix.write("content/measures/m.csv", "account,period,reads\na,2026-10,123454321\n")
    matrix.write(
        "content/indices/own.yaml",
        f"id: own\nversion: '1'\ntitle: {secret}\nsource: {{name: 甲}}\nscore: reads\n",
    )
    draft = {"title": secret, "year": 2026, "draft": True, "lists": [
        {"title": secret, "kind": "account", "winners": [{"name": "甲号", "evidence": "123454321"}]}]}  # fmt: skip
    matrix.write("content/honors/d.md", f"---\n{json.dumps(draft, ensure_ascii=False)}\n---\n")
    matrix.build()
    files = tree(matrix.output)
    internal = (secret.encode(), b"987654", b"123454321", "指数榜".encode())
    assert [path for path, content in files.items() if any(word in content for word in internal)] == []
    assert not any(path.startswith(("boards/", "honors/")) for path in files)


def test_an_honor_roll_shows_no_evidence(matrix: Workshop) -> None:
    roll = {"title": "榜", "year": 2026, "lists": [
        {"title": "优", "kind": "account", "winners": [{"name": "甲号", "evidence": "123454321"}]}]}  # fmt: skip
    matrix.write("content/honors/d.md", f"---\n{json.dumps(roll, ensure_ascii=False)}\n---\n")
    matrix.build()
    files = tree(matrix.output)
    assert "honors/d/index.html" in files
    assert not any(b"123454321" in content for content in files.values())


def test_broken_measures_stop_no_night(matrix: Workshop) -> None:
    matrix.write("content/measures/m.csv", "account,period,reads\na,2026-10,=1+1\n")
    assert matrix.build().written


def test_a_new_edition_reaches_its_board_and_no_older_page(matrix: Workshop) -> None:
    _board(matrix, former=["old"])
    for period in ("2026-07", "2026-08"):
        _edition(matrix, period, _row(1, "a"))
    matrix.build()
    _edition(matrix, "2026-09", _row(1, "b"))
    assert set(matrix.build().written) == {
        "boards/index.html",
        "boards/wx/index.html",
        "boards/wx/2026-08/index.html",  # leads to the next
        "boards/wx/2026-09.csv",
        "boards/wx/2026-09/index.html",
        "api/v1/boards.json",
        "api/v1/boards/wx.json",
        "sitemaps/pages.xml",
    }
    assert "url=../../boards/wx/index.html" in matrix.read("boards/old/index.html")
    assert matrix.build().written == ()
    incremental = tree(matrix.output)
    matrix.build(matrix.root / "clean")
    assert incremental == tree(matrix.root / "clean")


def test_a_rename_leaves_what_was_published(matrix: Workshop) -> None:
    _board(matrix)
    _edition(matrix, "2026-09", _row(1, "a"))
    matrix.build()
    matrix.change("a", name="新名")
    assert not any(path.startswith("boards/") for path in matrix.build().written)
    assert "甲号" in matrix.read("boards/wx/2026-09/index.html")


def test_an_account_that_left_has_no_link(matrix: Workshop) -> None:
    _board(matrix)
    _edition(matrix, "2026-09", _row(1, "b"))
    matrix.build()
    matrix.accounts = matrix.accounts[:1]
    matrix.build(force=True)
    assert 'href="../../../accounts/b' not in matrix.read("boards/wx/2026-09/index.html")
    assert broken_links(tree(matrix.output)) == []


def test_a_board_of_others_says_so(matrix: Workshop) -> None:
    _board(matrix, index="", external=True, period="quarter")
    _edition(
        matrix,
        "2026-Q3",
        Ranked(1, "", "外市号", ""),
        index="",
        index_title="",
        formula=(),
        url="https://example.org/",
    )
    matrix.build()
    page = matrix.read("boards/wx/2026-Q3/index.html")
    assert "照录" in page
    assert "计算方法" not in page
    assert 'href="https://example.org/"' in page
    assert "其他机构发布的榜" in matrix.read("boards/index.html")


def test_the_largest_edition_is_a_light_page(matrix: Workshop) -> None:
    _board(matrix)
    numbers = tuple((name, "1234567890") for name in (
        "posts", "reads", "wows", "likes", "shares", "headline_reads", "headline_wows", "headline_likes",
        "headline_shares", "max_reads", "max_wows", "max_likes", "max_shares", "days"))  # fmt: skip
    rows = [
        Ranked(rank, "a", "某市某区融媒体中心官方账号", "1234.56", ("likes", "wows"), numbers)
        for rank in range(1, 101)
    ]
    _edition(matrix, "2026-09", *rows)
    _edition(matrix, "2026-10", *rows)
    matrix.build()
    assert len((matrix.output / "boards/wx/2026-10/index.html").read_bytes()) < 100_000


def test_words_of_editions_are_escaped(matrix: Workshop) -> None:
    evil = '<script>alert(1)</script>{{ 7*7 }}"'
    _board(matrix, title=evil)
    _edition(matrix, "2026-10", Ranked(1, "", evil, "2.00"), Ranked(2, "", "=1+1", "1.00"),
             index_title=evil, formula=(evil,), source=evil, note=evil)  # fmt: skip
    matrix.build()
    for path in ("boards/index.html", "boards/wx/index.html", "boards/wx/2026-10/index.html"):
        assert "<script>alert" not in matrix.read(path)
        assert "49" not in html.fromstring(matrix.read(path)).xpath("//main")[0].text_content()
    assert ",'=1+1," in matrix.read("boards/wx/2026-10.csv")
    assert faults(matrix.output) == []
