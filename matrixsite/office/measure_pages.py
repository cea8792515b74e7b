"""Sums of measures: all of them, and each over time, against the year before, by platform and group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matrixsite.measures.overview import Overview
from matrixsite.measures.period import Period
from matrixsite.measures.totals import Division, Total
from matrixsite.office.pages import MOST_ROWS, Printer
from matrixsite.site.words import Words
from matrixsite.spreadsheet import Table

FOLDER = "measures"
DRAWN = 10  # places of a chart of platforms or groups; the table has all


def measure_words(say: Words) -> dict[str, str]:
    """The name of each measure that is summed, and of what indices count."""
    return {
        "posts": say("发布数"),
        "original_posts": say("原创数"),
        "headline_posts": say("头条发布数"),
        "reads": say("阅读数"),
        "wows": say("在看数"),
        "likes": say("点赞数"),
        "shares": say("转发数"),
        "comments": say("评论数"),
        "plays": say("播放数"),
        "favorites": say("收藏数"),
        "headline_reads": say("头条阅读数"),
        "headline_wows": say("头条在看数"),
        "headline_likes": say("头条点赞数"),
        "headline_shares": say("头条转发数"),
        "original_shares": say("原创转发数"),
        "original_comments": say("原创评论数"),
        "max_reads": say("最高阅读数"),
        "max_wows": say("最高在看数"),
        "max_likes": say("最高点赞数"),
        "max_shares": say("最高转发数"),
        "followers": say("粉丝数"),
        "spread_score": say("传播力"),
        "service_score": say("服务力"),
        "interaction_score": say("互动力"),
        "active_days": say("活跃天数"),
        "originals": say("首发数"),
        "carried": say("被转载次数"),
        "days": say("天数"),
    }


@dataclass(frozen=True, slots=True)
class Unit:
    """What the numbers of a chart are divided by, so that they fit, and how that is said; "" for ones."""

    divisor: int
    name: str

    def of(self, amount: int | float) -> float:
        return round(amount / self.divisor, 2)


def unit_for(most: int | float, say: Words) -> Unit:
    """For numbers up to `most`: five digits at most stay before the point."""
    if most >= 10**9:
        return Unit(10**8, say("单位：亿"))
    if most >= 10**5:
        return Unit(10**4, say("单位：万"))
    return Unit(1, "")


def measure_pages(overviews: Sequence[Overview], printer: Printer, say: Words) -> Iterator[tuple[str, bytes]]:
    """The list of measures, and a page for each."""
    names = measure_words(say)
    yield printer(f"{FOLDER}/index.html", "measures", overviews=overviews, names=names)
    for one in overviews:
        compared = [(period, total, total.both) for period, total in one.course if total.both]
        unit = unit_for(max(total.amount for _, total in one.course), say)
        yield printer(
            f"{FOLDER}/{one.measure}.html",
            "measure",
            one=one,
            title=names[one.measure],
            compared=[(period, total) for period, total, _ in compared],
            unit=unit,
            labels=_labels([period for period, _ in one.course]),
            course=[unit.of(total.amount) for _, total in one.course],
            compared_labels=_labels([period for period, _, _ in compared]),
            now=[unit.of(both[0]) for _, _, both in compared],
            before=[unit.of(both[1]) for _, _, both in compared],
            parts_of_newest=[
                _part(by, rows, unit, say)
                for by, rows in (("platforms", one.platforms), ("groups", one.groups))
            ],
        )


def _part(by: str, rows: Sequence[tuple[Division, Total]], unit: Unit, say: Words) -> tuple[object, ...]:
    """A division for chart and table: by what, its rows, how many there are, the names and bars of the first."""
    first = rows[:DRAWN]
    names = [part.name or say("未注明平台") for part, _ in first]
    return by, rows[:MOST_ROWS], len(rows), names, [f"{unit.of(total.amount):g}" for _, total in first]


def _labels(periods: Sequence[Period]) -> list[str]:
    """Under a chart, six at most; none below a last bar that is narrower than its label."""
    step = -(-len(periods) // 6)
    shown = {at for at in range(len(periods)) if at % step == 0 and (step == 1 or at < len(periods) - 1)}
    return [period.text[2:] if at in shown else "" for at, period in enumerate(periods)]


COLUMNS = ("measure", "by", "id", "name", "period", "total", "accounts", "both_now", "both_before", "change")


def measure_table(overviews: Sequence[Overview]) -> Table:
    """All numbers of the pages, those of groups beyond a page, too."""
    rows: list[Sequence[object]] = [COLUMNS]
    for one in overviews:
        newest, _ = one.newest
        rows += [
            _row(one.measure, "period", Division("", "", ()), period, total) for period, total in one.course
        ]
        divided: Mapping[str, Sequence[tuple[Division, Total]]] = {
            "platform": one.platforms,
            "group": one.groups,
        }
        rows += [
            _row(one.measure, by, part, newest, total)
            for by, parts in divided.items()
            for part, total in parts
        ]
    return rows


def _row(measure: str, by: str, part: Division, period: Period, total: Total) -> Sequence[object]:
    now, before = total.both or ("", "")
    change = "" if total.change is None else round(total.change, 4)
    return (measure, by, part.id, part.name, period.text, total.amount, total.accounts, now, before, change)
