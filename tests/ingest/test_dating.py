"""When entries were published."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from matrixsite.config.settings import Future
from matrixsite.ingest.dating import Dates, date_entries
from matrixsite.model import RawEntry
from tests.ingest.documents import NOW

ZONE = ZoneInfo("Asia/Shanghai")
NOON = "2026-11-01T12:00:00+08:00"
AT_NOON = datetime(2026, 11, 1, 4, tzinfo=UTC)
TOMORROW = "2026-11-21T12:00:00+08:00"
AT_TOMORROW = datetime(2026, 11, 21, 4, tzinfo=UTC)
UNDATED = Dates(None, None, inferred=True)


def dated(*raws: RawEntry, future: Future = Future.FIRST_SEEN) -> list[Dates]:
    return date_entries(raws, zone=ZONE, now=NOW, future=future)


@pytest.mark.parametrize(
    ("raw", "dates"),
    [
        (RawEntry(published=NOON), Dates(AT_NOON)),
        (RawEntry(published=NOON, updated=NOON), Dates(AT_NOON, AT_NOON)),
        (RawEntry(updated=NOON), Dates(AT_NOON, AT_NOON)),
        (RawEntry(published="改日再定", updated=NOON), Dates(AT_NOON, AT_NOON)),
        (RawEntry(published=NOON, updated=TOMORROW), Dates(AT_NOON)),
        (RawEntry(), UNDATED),
        (RawEntry(published="改日再定"), UNDATED),
    ],
    ids=["published", "both", "updated", "unreadable", "updated tomorrow", "none", "unreadable alone"],
)
def test_the_word_of_the_feed(raw: RawEntry, dates: Dates) -> None:
    assert dated(raw) == [dates]


@pytest.mark.parametrize(
    ("future", "dates"),
    [
        (Future.FIRST_SEEN, Dates(None, None, inferred=True, future=True)),
        (Future.SKIP, Dates(None, None, inferred=True, future=True)),
        (Future.KEEP, Dates(AT_TOMORROW)),
    ],
)
def test_dates_in_the_future(future: Future, dates: Dates) -> None:
    assert dated(RawEntry(published=TOMORROW), future=future) == [dates]


def test_a_clock_that_is_a_little_fast_is_believed() -> None:
    soon = datetime(2026, 11, 20, 19, 59, tzinfo=UTC)
    assert dated(RawEntry(published=soon.isoformat())) == [Dates(soon)]


@pytest.mark.parametrize(
    "link",
    [
        "https://x.gov.cn/2026/11/01/content_1.html",
        "https://x.gov.cn/2026-11/01/content_1.html",
        "https://x.gov.cn/20261101/1.html",
        "https://x.gov.cn/202611/t20261101_5637.htm",
    ],
)
def test_a_day_in_the_address(link: str) -> None:
    assert dated(RawEntry(link=link)) == [Dates(datetime(2026, 11, 1, tzinfo=ZONE), inferred=True)]


@pytest.mark.parametrize(
    "link",
    [
        "https://x.org/20261399/",
        "https://x.org/2026/02/30/",
        "https://x.org/2027/01/01/",
        "https://x.org/p/2026110112",
    ],
)
def test_what_is_no_day_in_an_address(link: str) -> None:
    assert dated(RawEntry(link=link)) == [UNDATED]


def test_one_stamp_on_all_items_is_the_time_of_fetching() -> None:
    first, second = RawEntry(published=NOON, updated=NOON), RawEntry(updated=NOON)
    assert dated(first, second) == [Dates(AT_NOON), UNDATED]
    assert dated(first, RawEntry(updated="2026-11-02")) != [Dates(AT_NOON), UNDATED]
