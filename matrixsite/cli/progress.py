"""Progress for people: a bar on a terminal, plain lines elsewhere, JSON lines for machines."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from matrixsite.cli.telling import tell
from matrixsite.pipeline.progress import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

EVERY = 5.0  # seconds between plain lines


@contextmanager
def shown_progress(*, as_json: bool) -> Iterator[Progress]:
    """The progress that fits where standard error goes."""
    if sys.stderr.isatty() and not as_json:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bars

        columns = (
            TextColumn("{task.description:<12}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Bars(*columns, console=Console(stderr=True)) as bars:
            yield Bar(bars)
    else:
        yield Lines()


class Bar:
    """A bar a stage."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def stage(self, name: str, total: int = 0) -> None:
        self._task = self._bars.add_task(name, total=total or None)

    def advance(self, count: int = 1) -> None:
        if self._task is not None:
            self._bars.advance(self._task, count)


class Lines:
    """A line when a stage begins, then one every few seconds."""

    def __init__(self) -> None:
        self._name, self._total, self._done, self._told = "", 0, 0, 0.0

    def stage(self, name: str, total: int = 0) -> None:
        self._name, self._total, self._done = name, total, 0
        self._tell()

    def advance(self, count: int = 1) -> None:
        self._done += count
        if time.monotonic() - self._told >= EVERY or self._done == self._total:
            self._tell()

    def _tell(self) -> None:
        self._told = time.monotonic()
        of = f" of {self._total}" if self._total else ""
        message = f"{self._name}: {self._done}{of}"
        tell("progress", message, stage=self._name, done=self._done, total=self._total)
