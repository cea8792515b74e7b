"""What the office of a matrix asks: who is silent, what is odd, who carried what; none of it for the public."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from matrixsite.matrix.measured import Measured
from matrixsite.matrix.opened import remembered_output
from matrixsite.store.outputs import output_folders

if TYPE_CHECKING:  # imported late: a night without news needs nothing of it
    from matrixsite.registry.bulletin import Bulletin
    from matrixsite.registry.freshness import AccountStatus
    from matrixsite.registry.task_reports import TaskReport
    from matrixsite.registry.watch import Finding


class Office(Measured):
    """What the office asks; needs no lock."""

    def statuses(self, *, today: date | None = None) -> list[AccountStatus]:
        """Freshness and feed health, an account a row; `today` is a day in the site's zone (default: the clock's)."""
        from matrixsite.office import reading as office

        with self._reading() as (connection, _):
            return office.statuses(connection, self.settings, self._window(today))

    def watch(self, *, today: date | None = None) -> list[Finding]:
        """What is odd with feeds, the worst kinds first, each with since when and the mend."""
        from matrixsite.office import reading as office

        with self._reading() as (connection, _):
            return office.odd_by_now(connection, self.settings, self._window(today))

    def bulletin(self, month: str = "", *, today: date | None = None) -> Bulletin:
        """The check of a month such as 2026-10 (default: the last whole one). Raises BoardRefused for one not over."""
        from matrixsite.office import reading as office

        with self._reading() as (connection, _):
            return office.month_check(connection, self.settings, month, self._window(today))

    def tasks(self, *, today: date | None = None) -> list[TaskReport]:
        """Who carried what was asked (content/tasks/), the latest due first."""
        from matrixsite.office import reading as office

        with self._reading() as (connection, judge):
            return office.task_reports(connection, judge, self.settings, self.content, self._window(today))

    def board(
        self, folder: str | Path, *, today: date | None = None, month: str = "", excel: bool = True
    ) -> tuple[int, int]:
        """Write the office's board into a folder of its own; how many files were written and removed.

        Raises BoardRefused for a folder that is published or holds other files, a month that isn't over, or where
        openpyxl is missing (`excel`).
        """
        from matrixsite.office import reading as office
        from matrixsite.office.board import board_files
        from matrixsite.office.folder import write_board

        window = self._window(today)
        with self._reading() as (connection, judge):
            published = [*output_folders(connection), remembered_output(self.settings, connection)]
            office.require_office_folder(self.settings, Path(folder), published)
            known = office.known(connection, judge, self.settings, self.content, window, self.measures, month)
        return write_board(Path(folder), board_files(self.settings, known, excel=excel))
