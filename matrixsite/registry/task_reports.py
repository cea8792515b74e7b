"""Who carried what was asked, when, how late, with what change (see `editorial.tasks`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from matrixsite.editorial.folding import folded
from matrixsite.editorial.tasks import Asked, Task
from matrixsite.model import Entry, Status
from matrixsite.registry.news import Window

RETITLED, DIGEST, ORIGINAL = "retitled", "digest", "original"  # beside the marks of `site.spread`


class Outcome(StrEnum):
    """How one who was asked did."""

    IN_TIME = "in-time"
    LATE = "late"
    MISSING = "missing"  # the time is over
    OPEN = "open"  # it isn't


@dataclass(frozen=True, slots=True)
class Carriage:
    """An entry that carries the piece. `at` is its publication in the site's zone, or first sight if undated."""

    entry: str
    account: str
    title: str
    url: str
    at: datetime
    dated: bool  # by its feed
    marks: tuple[str, ...]  # excerpt, repost, correction, revision, retitled, digest, original
    status: Status


@dataclass(frozen=True, slots=True)
class Response:
    """What came of one who was asked. `late` is beyond the due time, of who carried it after that."""

    asked: Asked
    outcome: Outcome
    first: Carriage | None
    also: tuple[Carriage, ...] = ()  # further entries of the same, oldest first
    late: timedelta | None = None


@dataclass(frozen=True)
class TaskReport:
    """A task as of the board's day. `pieces` are titles of what was found of the refs."""

    task: Task
    pieces: tuple[str, ...]
    unknown: tuple[str, ...]  # refs that name no entry, or several
    responses: tuple[Response, ...]  # as asked

    @property
    def due(self) -> str:
        """The due time as the office writes it: the end of a day is its 24:00."""
        if (self.task.due.hour, self.task.due.minute) == (0, 0):
            return f"{self.task.due - timedelta(minutes=1):%Y-%m-%d} 24:00"
        return f"{self.task.due:%Y-%m-%d %H:%M}"

    @cached_property
    def counts(self) -> Mapping[Outcome, int]:
        counts = Counter(one.outcome for one in self.responses)
        return {outcome: counts[outcome] for outcome in Outcome}


@dataclass(frozen=True, slots=True)
class Found:
    """What the store has on a task: the pieces, and every entry that carries one, with its marks."""

    pieces: tuple[Entry, ...]
    unknown: tuple[str, ...]
    carriers: Mapping[str, tuple[Entry, tuple[str, ...]]]  # by entry id


def task_report(task: Task, found: Found, window: Window) -> TaskReport:
    """The report of a task; what was published after the window's last day is not seen."""
    end = datetime.fromtimestamp(window.midnights[-1], window.zone)
    over = task.due.timestamp() <= window.midnights[-2]  # a task that is due today may still be done
    by_account: dict[str, list[Carriage]] = {}
    titles = {folded(piece.title) for piece in found.pieces if piece.title}
    for entry, marks in found.carriers.values():
        carriage = _carriage(entry, marks, titles, window.zone)
        if carriage.at < end:
            by_account.setdefault(entry.account, []).append(carriage)
    return TaskReport(
        task,
        tuple(dict.fromkeys(" ".join((piece.title or piece.excerpt).split()) for piece in found.pieces)),
        found.unknown,
        tuple(_response(asked, by_account, task, over) for asked in task.asked),
    )


def _response(asked: Asked, by_account: Mapping[str, Sequence[Carriage]], task: Task, over: bool) -> Response:
    carried = [one for name in asked.accounts for one in by_account.get(name, ())]
    carried.sort(key=lambda one: (one.at, one.entry))
    if not carried:
        return Response(asked, Outcome.MISSING if over else Outcome.OPEN, None)
    first, *others = carried
    late = first.at - task.due if first.at > task.due else None
    return Response(asked, Outcome.LATE if late else Outcome.IN_TIME, first, tuple(others), late)


def _carriage(entry: Entry, marks: tuple[str, ...], titles: Iterable[str], zone: ZoneInfo) -> Carriage:
    retitled = (
        bool(titles) and bool(entry.title) and folded(entry.title) not in titles and DIGEST not in marks
    )
    at = entry.first_seen if entry.inferred else entry.published
    return Carriage(
        entry.id,
        entry.account,
        " ".join((entry.title or entry.excerpt).split()),
        entry.url,
        at.astimezone(zone),
        not entry.inferred,
        (*marks, RETITLED) if retitled else marks,
        entry.status,
    )


COLUMNS = (
    *("task", "title", "due", "asked", "name", "outcome", "account", "at", "late_minutes"),
    *("marks", "carried_title", "url", "entry", "also", "status"),
)


def lines(report: TaskReport) -> Iterator[dict[str, object]]:
    """A line for each who was asked, for tables and programs."""
    for one in report.responses:
        first = one.first
        yield dict(
            zip(
                COLUMNS,
                (
                    *(report.task.id, report.task.title, report.task.due.isoformat()),
                    *(one.asked.id, one.asked.name, one.outcome.value),
                    first.account if first else "",
                    first.at.isoformat() if first else "",
                    int(one.late.total_seconds() // 60) if one.late else 0,
                    " ".join(first.marks) if first else "",
                    first.title if first else "",
                    first.url if first else "",
                    first.entry if first else "",
                    len(one.also),
                    first.status.value if first else "",
                ),
                strict=True,
            )
        )
