"""The stage that finds stories, alone in a process of its own: `python -m corpus.stage FOLDER NOW`.

It prints a JSON object: entries joined, CPU seconds of this process and its children. What the stage is called is
known here only.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import datetime
from pathlib import Path

from matrixsite.config.load import load
from matrixsite.pipeline.engine import Engine
from matrixsite.pipeline.garbage import seldom_collected
from matrixsite.pipeline.options import Options
from matrixsite.pipeline.progress import Silent
from matrixsite.pipeline.stories import StoryFinder
from matrixsite.store.database import open_database
from matrixsite.store.originals import Sources

from .stock import settings_of


def find_stories(folder: Path, now: datetime) -> tuple[int, float]:
    """Run the stage over all entries without a story; how many there were, and the CPU seconds."""
    settings = settings_of(load(folder / "feeds.yaml"))
    database = open_database(folder / "store.sqlite3")
    try:
        before = _cpu()
        with Engine(1) as engine, seldom_collected():
            count = StoryFinder(database, Sources(settings), engine, Options(now)).find(Silent())
        return count, _cpu() - before
    finally:
        database.close()


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    entries, seconds = find_stories(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
    print(json.dumps({"entries": entries, "cpu": seconds}))
