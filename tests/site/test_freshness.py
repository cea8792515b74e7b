"""What the office knows is not on the public site; how fresh accounts are is, where the operator says so."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from tests.nights import Item, Nights, rss
from tests.office.conftest import ACCOUNTS, SETTINGS, nights, three_nights

__all__ = ["nights", "three_nights"]

TODAY = date(2026, 12, 1)
INTERNAL = (
    "停更",
    "通报",
    "转发=图书馆",
    "订阅源异常",
    "未转",
    "html-page",
    "合格率",
    "内部资料",
)  # on the board


def built(nights: Nights, output: Path, today: date = TODAY, full: bool = False) -> Mapping[str, bytes]:
    nights.load().build(output, now=nights.night, today=today, offline=True, jobs=1, full=full)
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("[!.]*")
        if path.is_file()
    }


def opened(content: bytes) -> bytes:
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


def test_nothing_of_the_board_is_on_the_site(nights: Nights, tmp_path: Path) -> None:
    nights.load().board(tmp_path / "office", today=TODAY)
    site = built(nights, tmp_path / "site")
    own = {name: content for name, content in site.items() if not name.startswith("theme/")}
    assert len(own) > 20
    assert not [name for name in own if name.startswith(("tasks", "watch", "bulletins", "freshness", "by/"))]
    found = {
        (word, name) for name, content in own.items() for word in INTERNAL if word.encode() in opened(content)
    }
    assert found == set()
    board = b"".join(path.read_bytes() for path in (tmp_path / "office").rglob("*.html"))
    assert all(word.encode() in board for word in INTERNAL), "the board says what is looked for"


def test_freshness_is_public_where_the_operator_says_so(nights: Nights, tmp_path: Path) -> None:
    output = tmp_path / "site"
    built(nights, output)
    nights.set_up(ACCOUNTS, **SETTINGS, freshness={"public": True, "amber": 3, "red": 30})
    page = built(nights, output)["freshness/index.html"].decode()
    assert [word in page for word in ("停更", "2026-10-01", "2026-11-02", "偏慢")] == [True] * 4
    assert "戊" not in page, "an account without a feed isn't measured"
    nights.set_up(ACCOUNTS, **SETTINGS)
    assert "freshness/index.html" not in built(nights, output)


def test_the_page_changes_when_a_colour_does_and_is_that_of_a_full_build(
    nights: Nights, tmp_path: Path
) -> None:
    nights.set_up(ACCOUNTS, **SETTINGS, freshness={"public": True})
    output = tmp_path / "site"
    pages = [built(nights, output, date(2026, 11, day))["freshness/index.html"] for day in (7, 8, 17)]
    assert pages[0] != pages[1], "on the 8th accounts turn amber"
    assert pages[1] != pages[2], "and red"
    nights.write("c.xml", rss(Item("c2", day=4), Item("c1", day=-30)))
    nights.update()
    incremental = built(nights, output)
    assert "2026-11-04" in incremental["freshness/index.html"].decode()
    assert incremental == built(nights, tmp_path / "anew", full=True)


def test_a_day_that_changes_no_colour_writes_nothing(nights: Nights, tmp_path: Path) -> None:
    nights.set_up(ACCOUNTS, **SETTINGS, freshness={"public": True})
    output, page = tmp_path / "site", tmp_path / "site/freshness/index.html"
    built(nights, output, date(2026, 11, 20))
    before = page.stat().st_mtime_ns
    built(nights, output, date(2026, 11, 21))
    assert page.stat().st_mtime_ns == before
