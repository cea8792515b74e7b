"""How pages print days and times: as readers of the site's language write them, or as government sites must.

Pages hold times as ISO texts of the site's zone, and these are cut and put together: no locale, no parsing, for a night
may print hundreds of thousands. Where a day serves as a code (archives, tables, addresses, `datetime=`, meta tags) it
stays as it is. Nothing is relative to today: no page would be the same tomorrow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class DateStyle:
    """What templates call `date_style`.

    Patterns name year, month (its name), m, mm, d, dd and time; scripts fill them, too.
    """

    day_pattern: str
    minute_pattern: str
    short_pattern: str
    month_pattern: str
    month_of_year_pattern: str
    months: tuple[str, ...] = ()  # their names, where patterns use them

    def day(self, iso: str) -> str:
        """The day of a day or a time: 2026年11月20日, 20 Nov 2026."""
        return self._printed(self.day_pattern, iso)

    def minute(self, iso: str) -> str:
        """A time to the minute: 2026年11月20日 09:30, 20 Nov 2026, 09:30."""
        return self._printed(self.minute_pattern, iso)

    def short(self, iso: str) -> str:
        """A day among others of its year: 11月20日, 20 Nov."""
        return self._printed(self.short_pattern, iso)

    def month(self, iso: str) -> str:
        """A month (2026-11) among others of its year: 11月, Nov."""
        return self._printed(self.month_pattern, iso)

    def month_of_year(self, iso: str) -> str:
        """A month (2026-11) by itself: 2026年11月, Nov 2026."""
        return self._printed(self.month_of_year_pattern, iso)

    def _printed(self, pattern: str, iso: str) -> str:
        mm, dd = iso[5:7], iso[8:10]
        month = self.months[int(mm) - 1] if self.months else ""
        m, d = mm.lstrip("0"), dd.lstrip("0")
        return pattern.format(year=iso[:4], month=month, mm=mm, m=m, dd=dd, d=d, time=iso[11:16])


_CHINESE = DateStyle(
    "{year}年{m}月{d}日", "{year}年{m}月{d}日 {time}", "{m}月{d}日", "{m}月", "{year}年{m}月"
)
_STYLES = {
    "en": DateStyle(
        "{d} {month} {year}",
        "{d} {month} {year}, {time}",
        "{d} {month}",
        "{month}",
        "{month} {year}",
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    )
}


def date_style(language: str, *, official: bool) -> DateStyle:
    """That of a language; Chinese where there is none, as with words.

    `official`: government sites show when something was published as YYYY-MM-DD HH:MM (国办发〔2017〕47号, annex
    《网页设计规范》), and one style holds for all of a site.
    """
    style = _STYLES.get(language.partition("-")[0], _CHINESE)
    if not official:
        return style
    day = "{year}-{mm}-{dd}"
    return replace(style, day_pattern=day, minute_pattern=f"{day} {{time}}", short_pattern="{mm}-{dd}")
