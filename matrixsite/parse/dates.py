"""Dates as the Chinese web writes them.

feedparser reads `2023年03月03日 11:29` as the first of the current month, takes a time without a zone for
UTC and CST for Chicago, and a Unix timestamp for the year 1679, all without an error. So the raw string is
read here, strictly: either all of it makes sense, or there is no date.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from matrixsite.parse.zones import CHINA, read_zone

LONGEST: Final = 64  # characters of a date
EARLIEST: Final = 1990  # no feed is older: what claims to be is a fault (zero dates, epoch 0)

_MONTHS = {
    name: n
    for n, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,](?P<fraction>\d{1,9}))?)?"
_HALF = "am|pm|AM|PM|noon|night"
_ZONE = r"(?P<zone>(?:[A-Za-z]{1,5})?(?:[+-]\d{1,2}(?::?\d\d)?)?)"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s*)?"
_MONTH = r"(?P<month>[A-Za-z]{3,9})"
_DAY = r"(?P<day>\d{1,2})"

# RFC 822, section 5.1, as mended by RFC 5322, 4.3; also 22-Mar-2023 and 11:15 PM
_RFC822 = re.compile(
    rf"{_WEEKDAY}{_DAY}[\s-]+{_MONTH}\.?,?[\s-]+(?P<year>\d{{4}}|\d\d)"
    rf"(?:,?\s+{_TIME}\s*(?P<half>{_HALF})?\s*{_ZONE})?",
    re.IGNORECASE,
)
# The form in which nearly all dates of RSS are written, which the next takes, too.
_STRICT = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (GMT|[+-]\d{4})",
    re.ASCII,
)
# C's asctime, JavaScript's Date, and the American order
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}{_MONTH}\.?\s+{_DAY},?\s+(?:(?P<year>\d{{4}}),?(?:\s+{_TIME}\s*(?P<half>{_HALF})?\s*{_ZONE})?)",
    re.IGNORECASE,
)
_ASCTIME = re.compile(rf"{_WEEKDAY}{_MONTH}\s+{_DAY}\s+{_TIME}\s+{_ZONE}\s*(?P<year>\d{{4}})", re.IGNORECASE)
# RFC 3339, ISO 8601, slashed and dotted; 年月日 is brought to this form first
_NUMERIC = re.compile(
    rf"(?:(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark){_DAY}"
    rf"|(?P<month_only>\d{{1,2}})-(?P<day_only>\d{{1,2}}))"
    rf"(?:(?:[Tt]|\s+|\s*,\s*)(?P<half>{_HALF})?\s*{_TIME}\s*(?P<half_after>{_HALF})?\s*{_ZONE})?[Zz]?"
)
_COMPACT = re.compile(
    rf"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    rf"(?:[Tt ]?(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d))?\s*{_ZONE})?"
)
_EPOCH = re.compile(r"(\d{10})(\d{3})?(?:\.\d{1,9})?")
_AGO = re.compile(
    r"(?P<count>\d{1,5}|半)\s*个?\s*"
    r"(?P<unit>秒|分|小时|钟头|天|日|周|星期|seconds?|minutes?|mins?|hours?|days?|weeks?)钟?\s*(?:之?前|ago)"
)
_DAYS_AGO = re.compile(
    rf"(?P<word>今[天日]|昨[天日]|大?前天|today|yesterday)\s*,?\s*(?:(?P<half>{_HALF})?\s*{_TIME})?"
)

_UNITS = {
    **dict.fromkeys(("秒", "second", "seconds"), timedelta(seconds=1)),
    **dict.fromkeys(("分", "minute", "minutes", "min", "mins"), timedelta(minutes=1)),
    **dict.fromkeys(("小时", "钟头", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("天", "日", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("周", "星期", "week", "weeks"), timedelta(weeks=1)),
}
_BACK = {"今天": 0, "今日": 0, "today": 0, "昨天": 1, "昨日": 1, "yesterday": 1, "前天": 2, "大前天": 3}
_NOW = frozenset({"刚刚", "刚才", "现在", "just now", "now"})

_WIDE = str.maketrans("０１２３４５６７８９：∶︰﹕／－．，＋　\u00a0", "0123456789::::/-.,+  ")
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]|[\[【][^\[\]【】]*[\]】]")
_LABEL = re.compile(r"^(?:发布|发表|更新|修改)?(?:时间|日期|于)\s*:?\s*")
_CHINESE_WEEKDAY = re.compile(r"(?:星期|礼拜|周)[一二三四五六日天]\s*,?")
_CHINESE_DATE = re.compile(r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]\s*,?")
_CHINESE_TIME = re.compile(
    r"(\d{1,2})\s*[时点]\s*(?:(\d{1,2})\s*分\s*(?:(\d{1,2})\s*秒)?|(半)|(\d{1,2})(?!\d)|整)?"
)
_HALVES = (
    (re.compile("上午|凌晨|清晨|早上|早晨"), " am "),
    (re.compile("下午|傍晚"), " pm "),
    (re.compile("中午"), " noon "),
    (re.compile("晚上|晚间|夜间"), " night "),
)
_HAS_CHINESE = re.compile("[\u4e00-\u9fff]")
_BEIJING = re.compile("北京时间")

Parts = Mapping[str, str | None]


def parse_date(
    text: str, zone: tzinfo, now: datetime, abbreviations: Mapping[str, float] = CHINA
) -> datetime | None:
    """The instant that `text` names, in UTC; None where it names none, or one before 1990.

    `zone` is that of dates without one; `now` (aware) only serves words like 昨天 and dates without a year.
    Whether an instant is plausible beyond that, in the future for one, is for the caller to say.
    """
    if not text or len(text) > LONGEST:
        return None
    try:
        instant = _read(text.strip(), zone, now, abbreviations)
        if instant is None:
            return None
        if instant.tzinfo is not UTC:
            instant = instant.astimezone(UTC)
        return instant if instant.year >= EARLIEST else None
    except (ValueError, OverflowError):  # the 31st of February, hour 25, a year beyond the calendar
        return None


def _read(text: str, zone: tzinfo, now: datetime, abbreviations: Mapping[str, float]) -> datetime | None:
    if found := _STRICT.fullmatch(text):
        day, month, year, hour, minute, second, name = found.groups()
        written = read_zone(name, zone, abbreviations)
        number = _MONTHS.get(month.lower(), 0)
        if written is None:
            return None
        if int(hour) < 24 and int(second) < 60:
            return datetime(int(year), number, int(day), int(hour), int(minute), int(second), tzinfo=written)
    if found := _RFC822.fullmatch(text) or _NUMERIC.fullmatch(text):
        return _instant(found.groupdict(), zone, now, abbreviations)
    text = _plain(text)
    for pattern in (_RFC822, _NUMERIC, _MONTH_FIRST, _ASCTIME, _COMPACT):
        if found := pattern.fullmatch(text):
            return _instant(found.groupdict(), zone, now, abbreviations)
    if epoch := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(epoch[1]), UTC) + timedelta(milliseconds=int(epoch[2] or 0))
    return _relative(text, zone, now)


def _plain(text: str) -> str:
    """Bring full-width characters, 年月日, 时分秒 and words around to the form `2023-03-22 pm 1:05`."""
    text = _IN_BRACKETS.sub(" ", text.translate(_WIDE)).strip()
    if _HAS_CHINESE.search(text):
        text = _CHINESE_WEEKDAY.sub(" ", _BEIJING.sub(" ", _LABEL.sub("", text)))
        for words, half in _HALVES:
            text = words.sub(half, text)
        text = _CHINESE_DATE.sub(_numeric_date, text, count=1)
        text = _CHINESE_TIME.sub(_numeric_time, text, count=1)
    return " ".join(text.split())


def _numeric_date(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    return f"{year}-{month}-{day} " if year else f"{month}-{day} "


def _numeric_time(found: re.Match[str]) -> str:
    hour, minute, second, half, bare_minute = found.groups()
    return f"{hour}:{minute or bare_minute or ('30' if half else '00')}:{second or '00'} "


def _instant(
    parts: Parts, zone: tzinfo, now: datetime, abbreviations: Mapping[str, float]
) -> datetime | None:
    written = read_zone(parts.get("zone") or "", zone, abbreviations)
    if written is None:
        return None
    if parts.get("month_only"):
        return _without_year(parts, written, now)
    month = _month(parts["month"] or "")
    return _at(datetime(_year(parts["year"] or ""), month, int(parts["day"] or 0), tzinfo=written), parts)


def _without_year(parts: Parts, zone: tzinfo, now: datetime) -> datetime | None:
    """`3月22日 11:15` is in the year that has it in the past: this one, or the last."""
    if parts["hour"] is None:
        return None  # 3-22 alone is as likely something else
    year = now.astimezone(zone).year
    for candidate in (year, year - 1):
        day = datetime(candidate, int(parts["month_only"] or 0), int(parts["day_only"] or 0), tzinfo=zone)
        instant = _at(day, parts)
        if instant.astimezone(UTC) <= now + timedelta(days=1):
            return instant
    return None


def _month(written: str) -> int:
    """0, which no calendar has, for a word that names no month."""
    return int(written) if written.isdigit() else _MONTHS.get(written[:3].lower(), 0)


def _year(written: str) -> int:
    """RFC 5322, section 4.3: two digits below 50 are of this century."""
    year = int(written)
    return year if len(written) == 4 else year + (2000 if year < 50 else 1900)


def _at(day: datetime, parts: Parts) -> datetime:
    """`day` (midnight) with the time in `parts`; 24:00 is the next midnight, a leap second the one before."""
    if not parts.get("hour"):
        return day
    hour, minute, second = int(parts["hour"] or 0), int(parts["minute"] or 0), int(parts.get("second") or 0)
    hour = _of_24(hour, (parts.get("half") or parts.get("half_after") or "").lower())
    if hour == 24 and not minute and not second:
        return (day.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=day.tzinfo)
    second = 59 if second == 60 else second
    microsecond = int((parts.get("fraction") or "0")[:6].ljust(6, "0"))
    return day.replace(hour=hour, minute=minute, second=second, microsecond=microsecond)


def _of_24(hour: int, half: str) -> int:
    """下午0点 is noon, 中午11点 the morning's last hour, 晚上12点 the end of the day."""
    if half == "pm" or (half == "night" and hour > 5) or (half == "noon" and hour < 6):
        return hour + 12 if hour < 12 else 24 if half == "night" else hour
    return 0 if half == "am" and hour == 12 else hour


def _relative(text: str, zone: tzinfo, now: datetime) -> datetime | None:
    text = text.lower()
    if text in _NOW:
        return now
    if found := _AGO.fullmatch(text):
        unit = _UNITS[found["unit"]]
        return now - (unit / 2 if found["count"] == "半" else unit * int(found["count"]))
    if found := _DAYS_AGO.fullmatch(text):
        today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, fold=0)
        day = (today - timedelta(days=_BACK[found["word"]])).replace(tzinfo=zone)
        return _at(day, found.groupdict())
    return None
