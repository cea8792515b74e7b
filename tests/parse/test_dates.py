"""Dates as feeds write them: a table of what is read, a table of what is not, and what holds for any."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.parse.dates import EARLIEST, LONGEST, parse_date

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2023, 3, 22, 4, 0, tzinfo=UTC)  # noon in China


def read(text: str, zone: tzinfo = CHINA) -> str | None:
    """What a date comes to, on the clocks of `zone`."""
    instant = parse_date(text, zone, NOW)
    return instant.astimezone(zone).isoformat(sep=" ")[:19] if instant else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # RFC 822 and its neighbours
        ("Wed, 22 Mar 2023 11:15:00 +0800", "2023-03-22 11:15:00"),
        ("Wed, 22 Mar 2023 03:15:00 GMT", "2023-03-22 11:15:00"),
        ("Wed, 22 Mar 2023 11:15:00", "2023-03-22 11:15:00"),
        ("22 Mar 2023 11:15", "2023-03-22 11:15:00"),
        ("22 Mar 23 11:15:00 CST", "2023-03-22 11:15:00"),
        ("Tue, 21 Mar 2023 22:15:00 EST", "2023-03-22 11:15:00"),
        ("Wed,22 March 2023 11:15:00 GMT+08:00", "2023-03-22 11:15:00"),
        ("Wed, 22-Mar-2023 11:15:00 +0800", "2023-03-22 11:15:00"),
        ("Wed, 22 Mar 2023 11:15:60 +0800", "2023-03-22 11:15:59"),
        ("Wed, 22 Mar 2023 11:15:00 XYZ", "2023-03-22 11:15:00"),
        ("Mar 22, 2023 11:15 PM", "2023-03-22 23:15:00"),
        ("Wed Mar 22 11:15:00 2023", "2023-03-22 11:15:00"),
        ("Wed Mar 22 2023 11:15:00 GMT+0800 (中国标准时间)", "2023-03-22 11:15:00"),
        # RFC 3339, ISO 8601
        ("2023-03-22T03:15:00Z", "2023-03-22 11:15:00"),
        ("2023-03-22T11:15:00.123456789+08:00", "2023-03-22 11:15:00"),
        ("2023-03-22T11:15", "2023-03-22 11:15:00"),
        ("2023-03-22 11:15:00 +0800", "2023-03-22 11:15:00"),
        ("2023-03-22", "2023-03-22 00:00:00"),
        ("20230322", "2023-03-22 00:00:00"),
        ("20230322T111500+0800", "2023-03-22 11:15:00"),
        ("20230322111500", "2023-03-22 11:15:00"),
        # the Chinese web
        ("2023年03月22日 11:15", "2023-03-22 11:15:00"),
        ("2023年3月22日", "2023-03-22 00:00:00"),
        ("2023年3月22日11时15分30秒", "2023-03-22 11:15:30"),
        ("2023年3月22日 下午3点05分", "2023-03-22 15:05:00"),
        ("2023年3月22日 下午3点半", "2023-03-22 15:30:00"),
        ("2023年3月22日 上午12:30", "2023-03-22 00:30:00"),
        ("2023年3月22日 下午0:30", "2023-03-22 12:30:00"),
        ("2023年3月22日 中午11:30", "2023-03-22 11:30:00"),
        ("2023年3月22日 晚上12点", "2023-03-23 00:00:00"),
        ("2023年3月22日（星期三）11时", "2023-03-22 11:00:00"),
        ("2023年3月22日 星期日 11:15", "2023-03-22 11:15:00"),
        ("２０２３年３月２２日　１１：１５", "2023-03-22 11:15:00"),
        ("发布时间：2023-03-22 11:15", "2023-03-22 11:15:00"),
        ("2023-03-22 14∶06", "2023-03-22 14:06:00"),
        ("2023-03-22 14：06：09", "2023-03-22 14:06:09"),
        ("2019/5/11 11:13:36", "2019-05-11 11:13:36"),
        ("2019.05.11", "2019-05-11 00:00:00"),
        ("2023-03-22 24:00", "2023-03-23 00:00:00"),
        ("2023-03-22 11:15:00 北京时间", "2023-03-22 11:15:00"),
        # epoch
        ("1679454900", "2023-03-22 11:15:00"),
        ("1679454900000", "2023-03-22 11:15:00"),
        ("1679454900.25", "2023-03-22 11:15:00"),
        # words, counted from NOW
        ("刚刚", "2023-03-22 12:00:00"),
        ("30秒前", "2023-03-22 11:59:30"),
        ("5分钟前", "2023-03-22 11:55:00"),
        ("半小时前", "2023-03-22 11:30:00"),
        ("3 个小时之前", "2023-03-22 09:00:00"),
        ("3天前", "2023-03-19 12:00:00"),
        ("2周前", "2023-03-08 12:00:00"),
        ("2 hours ago", "2023-03-22 10:00:00"),
        ("今天 08:30", "2023-03-22 08:30:00"),
        ("昨天 14∶06", "2023-03-21 14:06:00"),
        ("前天", "2023-03-20 00:00:00"),
        ("昨天 下午3:05", "2023-03-21 15:05:00"),
        ("3月21日 11:15", "2023-03-21 11:15:00"),
        ("12-30 08:00", "2022-12-30 08:00:00"),
    ],
)
def test_read(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "0000-00-00 00:00:00",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "23-03-22",
        "3-22",
        "2023-02-30",
        "2023-13-01",
        "2023-03-22 25:00",
        "2023-03-22 24:01",
        "2023-03-22 11:60",
        "2023-03-22 11:15 +9900",
        "2023年5月",
        "22 Foo 2023 11:15",
        "2023-03/22",
        "14:06",
        "null",
        "明天",
        "-5分钟前",
        "99999周前",
        "0",
        "167945490",
        "2023-03-22 " + " " * LONGEST,
    ],
)
def test_not_read(text: str) -> None:
    assert read(text) is None


def test_cst_is_what_the_operator_says() -> None:
    text = "Wed, 22 Mar 2023 11:15:00 CST"
    assert parse_date(text, UTC, NOW) == datetime(2023, 3, 22, 3, 15, tzinfo=UTC)
    assert parse_date(text, UTC, NOW, {"CST": -6}) == datetime(2023, 3, 22, 17, 15, tzinfo=UTC)


def test_a_date_without_a_year_is_never_far_ahead() -> None:
    assert read("3月23日 11:15") == "2023-03-23 11:15:00"  # within a day: a clock ahead of ours
    assert read("3月24日 11:15") == "2022-03-24 11:15:00"


@pytest.mark.parametrize("text", ["2023-03-26 02:30", "2023-10-29 02:30", "2023-10-28 24:00"])
def test_clock_changes(text: str) -> None:
    """An hour that is left out or comes twice still is an instant."""
    assert parse_date(text, ZoneInfo("Europe/Berlin"), NOW) is not None


INSTANTS = st.datetimes(datetime(EARLIEST + 1, 1, 1), datetime(2099, 12, 30), timezones=st.just(UTC)).map(
    lambda instant: instant.replace(microsecond=0)
)
ZONES = st.sampled_from(
    [UTC, CHINA, ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata"), timezone(timedelta(hours=-3))]
)
FORMATS_WITH_ZONE = [
    "%a, %d %b %Y %H:%M:%S %z",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y%m%dT%H%M%S%z",
    "%Y/%m/%d %H:%M:%S%z",
]
FORMATS_OF_CHINA = [
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日%H时%M分%S秒",
    "%Y-%m-%d %H:%M:%S",
    "%Y.%m.%d %H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
]


@given(INSTANTS, ZONES, ZONES, st.sampled_from(FORMATS_WITH_ZONE))
def test_round_trip_with_zone(instant: datetime, written: tzinfo, zone: tzinfo, form: str) -> None:
    assert parse_date(instant.astimezone(written).strftime(form), zone, NOW) == instant
    assert parse_date(format_datetime(instant.astimezone(written)), zone, NOW) == instant


@given(INSTANTS, st.sampled_from(FORMATS_OF_CHINA))
def test_round_trip_without_zone(instant: datetime, form: str) -> None:
    china = timezone(timedelta(hours=8))  # Asia/Shanghai itself had summer time until 1991
    assert parse_date(instant.astimezone(china).strftime(form), china, NOW) == instant


@given(INSTANTS.filter(lambda instant: instant.year > 2001))
def test_round_trip_epoch(instant: datetime) -> None:
    seconds = int(instant.timestamp())
    assert parse_date(str(seconds), CHINA, NOW) == parse_date(f"{seconds}000", CHINA, NOW) == instant


@given(
    st.one_of(
        st.text(max_size=80),
        st.text(alphabet="0123456789-/:. TZ+年月日时分秒上下午前天星期三半个JanSun,", max_size=70),
    ),
    ZONES,
)
def test_any_text_is_a_utc_instant_or_none(text: str, zone: tzinfo) -> None:
    instant = parse_date(text, zone, NOW)
    assert instant is None or (instant.tzinfo is UTC and instant.year >= EARLIEST)
