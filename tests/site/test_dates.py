"""Days and times as pages print them: by the site's language, or as government sites must."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from matrixsite.site.words.dates import date_style
from tests.nights import Item
from tests.site.conftest import Workshop

TIME = "2026-11-05T09:30:00+08:00"
CODES = re.compile(r"^archive/|/bulletin/index.html$")
LONE_ISO = re.compile(r">\s*\d{4}-\d\d-\d\d(?: \d\d:\d\d)?\s*<")


@pytest.mark.parametrize(
    ("language", "official", "expected"),
    [
        ("zh-CN", False, ["2026年11月5日", "2026年11月5日 09:30", "11月5日", "11月", "2026年11月"]),
        ("zh-TW", False, ["2026年11月5日", "2026年11月5日 09:30", "11月5日", "11月", "2026年11月"]),
        ("en", False, ["5 Nov 2026", "5 Nov 2026, 09:30", "5 Nov", "Nov", "Nov 2026"]),
        ("en-GB", False, ["5 Nov 2026", "5 Nov 2026, 09:30", "5 Nov", "Nov", "Nov 2026"]),
        ("zh-CN", True, ["2026-11-05", "2026-11-05 09:30", "11-05", "11月", "2026年11月"]),
        ("en", True, ["2026-11-05", "2026-11-05 09:30", "11-05", "Nov", "Nov 2026"]),
    ],
)
def test_a_time_in_the_sites_style(language: str, official: bool, expected: list[str]) -> None:
    style = date_style(language, official=official)
    printed = [style.day(TIME), style.minute(TIME), style.short(TIME)]
    assert [*printed, style.month("2026-11"), style.month_of_year("2026-11")] == expected
    assert style.day(TIME[:10]) == expected[0]


@pytest.mark.parametrize(
    ("site", "day", "minute"),
    [
        ({}, "2026年11月1日", "2026年11月1日 08:00"),
        ({"language": "en"}, "1 Nov 2026", "1 Nov 2026, 08:00"),
        ({"profile": "gov"}, "2026-11-01", "2026-11-01 08:00"),
    ],
)
def test_entries_and_lists_print_times_in_the_sites_style(
    workshop: Workshop, site: dict[str, str], day: str, minute: str
) -> None:
    workshop.bare({"id": "a", "name": "甲号"})
    workshop.site |= site
    workshop.feed("a", Item("one"))
    workshop.build()
    (entry,) = _entries(workshop.output)
    assert f'<time datetime="2026-11-01T08:00:00+08:00">{minute}</time>' in entry
    for page in ("index.html", "accounts/a/index.html", "accounts/a/2026/11/index.html"):
        assert f'<time datetime="2026-11-01T08:00:00+08:00">{day}</time>' in workshop.read(page)


def test_no_page_but_archives_and_tables_prints_a_day_as_a_code(workshop: Workshop) -> None:
    workshop.build()
    site = workshop.output
    found = {
        path: LONE_ISO.findall(text)
        for file in site.rglob("*.html")
        if not CODES.search(path := file.relative_to(site).as_posix())
        and LONE_ISO.search(text := file.read_text(encoding="utf-8"))
    }
    assert found == {}


def _entries(output: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in output.glob("20*/*/*.html")]
