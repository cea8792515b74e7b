"""Repost tasks: all of them, and each with who carried the piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from matrixsite.office.pages import Printer, parts_of
from matrixsite.registry.task_reports import COLUMNS, Outcome, TaskReport, lines
from matrixsite.site.charts import unit_of
from matrixsite.site.charts.growth import HOUR
from matrixsite.site.words import Words
from matrixsite.spreadsheet import Table

FOLDER = "tasks"


def outcome_words(say: Words) -> dict[Outcome, str]:
    """Each outcome in a word."""
    return {
        Outcome.IN_TIME: say("按时"),
        Outcome.LATE: say("逾期"),
        Outcome.MISSING: say("未转"),
        Outcome.OPEN: say("未到期"),
    }


def mark_words(say: Words) -> dict[str, str]:
    """What a carrier did to the piece."""
    return {
        "original": say("首发"),
        "repost": say("注明转载"),
        "excerpt": say("节选"),
        "correction": say("更正"),
        "revision": say("修订"),
        "retitled": say("改题"),
        "digest": say("收入综述"),
    }


def late_words(late: timedelta, say: Words) -> str:
    """How much later than asked, in the largest unit that is whole."""
    minutes = int(late.total_seconds() // 60)
    if minutes < 60:
        return say("{count} 分钟", count=max(1, minutes))
    if minutes < 48 * 60:
        return say("{count} 小时", count=minutes // 60)
    return say("{count} 天", count=minutes // (24 * 60))


def task_pages(reports: Sequence[TaskReport], printer: Printer, say: Words) -> Iterator[tuple[str, bytes]]:
    """The list, and a page or more for each task: who has not carried it stands first."""
    words = {"outcomes": outcome_words(say), "marks": mark_words(say)}
    for part in parts_of(reports, FOLDER):
        yield printer(part.path, "tasks", part=part, **words)
    order = [Outcome.MISSING, Outcome.OPEN, Outcome.LATE, Outcome.IN_TIME]
    for report in reports:
        responses = sorted(report.responses, key=lambda one: order.index(one.outcome))
        spread = _spread(report)
        late = {one.asked.id: late_words(one.late, say) for one in responses if one.late}
        for those in parts_of(responses, f"{FOLDER}/{report.task.id}.html"):
            yield printer(
                those.path,
                "task",
                part=those,
                report=report,
                late=late,
                spread=spread[1] if those.number == 1 else (),
                began=spread[0],
                tick=_tick(spread[1], say),
                **words,
            )


def _spread(report: TaskReport) -> tuple[str, list[int]]:
    """When the first of those who were asked carried it, and after how many seconds each did, that one included."""
    times = sorted(one.first.at for one in report.responses if one.first)
    if not times:
        return "", []
    return f"{times[0]:%Y-%m-%d %H:%M}", [int((time - times[0]).total_seconds()) for time in times]


def _tick(seconds: Sequence[int], say: Words) -> str:
    """How the axis of the chart counts."""
    if seconds and unit_of(seconds[-1]) == HOUR:
        return say("{count} 小时", count="{count}")
    return say("{count} 天", count="{count}")


def task_table(reports: Sequence[TaskReport]) -> Table:
    """A row for each who was asked, as `export tasks` gives them."""
    return [COLUMNS, *(tuple(line.values()) for report in reports for line in lines(report))]
