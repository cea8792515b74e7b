"""Harvesting in a worker, each document within bounds of computing time: one without end harms only its own feed.

Limits of construction (`parse.limits`, `clean`) bound the work that a document can make; this is for what they missed.
It counts a document's own CPU time, so neither a busy machine nor the documents beside it change what is read.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from matrixsite.ingest.dating import Dates
from matrixsite.ingest.harvest import Harvest, Harvested, Task, harvest
from matrixsite.ingest.identity import Identity
from matrixsite.model import CleanEntry, Reason
from matrixsite.parse.document import parse
from matrixsite.pipeline.travel import travel_by_fields

CPU_SECONDS = (
    30.0  # for one document; the heaviest that the limits let through takes about 10, an honest one under 3
)
TOO_SLOW = "too-slow"

travel_by_fields(Harvest, Harvested, Identity, Dates, CleanEntry)


class _TooSlow(BaseException):  # no `except Exception` on the way may take it for its own
    pass


@cache
def load_readers() -> None:
    """Import what reading a feed needs, by reading one: workers that fork from here later needn't."""
    parse(b"<rss version='2.0'><channel><item><title>t</title></item></channel></rss>")


def read_all(tasks: Sequence[Task]) -> list[Harvest]:
    """Several documents in one go, to spare the way to a worker."""
    return [read(task) for task in tasks]


def read(task: Task) -> Harvest:
    """Harvest one document in a worker process, whose timers and signals it takes.

    The first bell is heard by Python code and regular expressions: the document is too slow. C code that hears none
    is ended by the second, and its process with it (`Engine.submit_alone` tells).
    """
    signal.signal(signal.SIGVTALRM, _ring)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    again = CPU_SECONDS / 10  # a callback of C code swallows what is raised in it
    try:
        with (
            _timer(signal.ITIMER_PROF, 2 * CPU_SECONDS),
            _timer(signal.ITIMER_VIRTUAL, CPU_SECONDS, again),
        ):
            return harvest(task)
    except _TooSlow:
        reason = Reason(TOO_SLOW, f"over {CPU_SECONDS:g} s of computing")
        return Harvest(task.key, task.account, task.rule, error=reason)


def _ring(*_: object) -> None:
    raise _TooSlow


@contextmanager
def _timer(which: int, seconds: float, again: float = 0.0) -> Iterator[None]:
    signal.setitimer(which, seconds, again)
    try:
        yield
    finally:
        signal.setitimer(which, 0)
