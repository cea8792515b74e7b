"""Harvesting in a worker, each document within bounds of computing time: one without end harms only its own feed.

Limits of construction (`parse.limits`, `clean`) bound the work that a document can make; this is for what they missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from matrixsite.ingest.dating import Dates
from matrixsite.ingest.harvest import Harvest, harvest
from matrixsite.ingest.harvested import Harvested
from matrixsite.ingest.identity import Identity
from matrixsite.ingest.task import Task
from matrixsite.model import CleanEntry, Reason
from matrixsite.parse.document import parse
from matrixsite.pipeline.computing_time import TooSlow, computing_time
from matrixsite.pipeline.travel import travel_by_fields

CPU_SECONDS = (
    30.0  # for one document; the heaviest that the limits let through takes about 10, an honest one under 3
)
TOO_SLOW = "too-slow"

travel_by_fields(Harvest, Harvested, Identity, Dates, CleanEntry)


@cache
def load_readers() -> None:
    """Import what reading a feed needs, by reading one: workers that fork from here later needn't."""
    parse(b"<rss version='2.0'><channel><item><title>t</title></item></channel></rss>")


def read_all(tasks: Sequence[Task]) -> list[Harvest]:
    """Several documents in one go, to spare the way to a worker."""
    return [read(task) for task in tasks]


def read(task: Task) -> Harvest:
    """Harvest one document in a worker process, whose timers and signals it takes."""
    try:
        with computing_time(CPU_SECONDS):
            return harvest(task)
    except TooSlow:
        reason = Reason(TOO_SLOW, f"over {CPU_SECONDS:g} s of computing")
        return Harvest(task.key, task.account, task.rule, error=reason)
