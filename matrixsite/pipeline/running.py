"""One run, from its number to its report, however it ends."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from matrixsite.config.settings import Settings
from matrixsite.errors import MatrixError
from matrixsite.pipeline.garbage import seldom_collected
from matrixsite.pipeline.report import RunReport, run_report, write_report
from matrixsite.pipeline.update import Updated
from matrixsite.store.database import Database
from matrixsite.store.runs import begin_run, end_run

if TYPE_CHECKING:
    from matrixsite.site.publish import SiteReport


class Run:
    """A run under way: whoever does its work notes here what came of it; `report` is there when it has ended."""

    def __init__(self, command: str, now: datetime) -> None:
        self.command, self.now = command, now
        self.updated: Updated | None = None
        self.site: SiteReport | None = None
        self.output: Path | None = None
        self.warnings: list[str] = []
        self.report = RunReport(0, command, now.isoformat(), 0.0)
        self._began = time.monotonic()

    @contextmanager
    def recorded(self, settings: Settings, database: Database) -> Iterator[None]:
        """Number the run and write its report to runs/<n>.json, also where it fails. The caller holds the lock.

        A run that is killed leaves no report; its row in the store says `running` for good.
        """
        with database.write() as connection:
            number = begin_run(connection, self.command, self.now, datetime.now(UTC))
        try:
            with seldom_collected():
                yield
            self._conclude(number, settings, database, "done")
        except BaseException as error:
            sentence = str(error) if isinstance(error, MatrixError | OSError) else type(error).__name__
            with suppress(MatrixError, OSError):  # what ended the run may hinder its report, and counts
                self._conclude(number, settings, database, "failed", sentence)
            raise

    def _conclude(
        self, number: int, settings: Settings, database: Database, outcome: str, error: str = ""
    ) -> None:
        self.report = run_report(
            number,
            self.command,
            self.now,
            round(time.monotonic() - self._began, 3),
            self.updated,
            self.site,
            output=str(self.output or ""),
            warnings=self.warnings,
            error=error,
        )
        with database.write() as connection:
            end_run(connection, number, datetime.now(UTC), outcome)
        write_report(self.report, settings.state)
