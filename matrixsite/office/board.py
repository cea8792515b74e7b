"""The whole board as files: what the office knows on a day, from values alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matrixsite.boards.board import Board
from matrixsite.config.settings import Settings
from matrixsite.errors import BoardRefused
from matrixsite.measures.overview import Overview
from matrixsite.office.bulletin_pages import bulletin_pages, bulletin_tables, folder_of
from matrixsite.office.freshness_pages import freshness_of, freshness_pages, freshness_tables
from matrixsite.office.measure_pages import measure_pages, measure_table
from matrixsite.office.pages import STYLE, Printer, style, words
from matrixsite.office.ranking_pages import ranking_pages, ranking_table
from matrixsite.office.task_pages import task_pages, task_table
from matrixsite.office.watch_pages import watch_pages, watch_rows, watch_table
from matrixsite.registry.bulletin import Bulletin
from matrixsite.registry.freshness import AccountStatus
from matrixsite.registry.news import Window
from matrixsite.registry.task_reports import TaskReport
from matrixsite.registry.watch import Finding
from matrixsite.spreadsheet import Table, csv_text, workbook


@dataclass(frozen=True, slots=True)
class Known:
    """What the board is made from."""

    window: Window
    statuses: Sequence[AccountStatus]
    findings: Sequence[Finding]  # that last
    bulletin: Bulletin
    tasks: Sequence[TaskReport]
    measures: Sequence[Overview]
    boards: Sequence[Board]  # public or not


def board_files(settings: Settings, known: Known, *, excel: bool = True) -> Iterator[tuple[str, bytes]]:
    """Paths and contents; the same values give the same bytes. Raises BoardRefused where openpyxl is missing."""
    say = words(settings.site.language)
    printer = Printer(
        settings.site.title,
        settings.site.language,
        known.window.today.isoformat(),
        f"{folder_of(known.bulletin)}/index.html",
        excel=excel,
    )
    freshness = freshness_of(settings, known.statuses)
    odd = watch_rows(known.findings, settings)
    yield STYLE, style()
    yield from freshness_pages(freshness, known.window.today, printer)
    yield from watch_pages(odd, printer, say)
    yield from bulletin_pages(known.bulletin, settings, printer)
    yield from task_pages(known.tasks, printer, say)
    yield from measure_pages(known.measures, printer, say)
    yield from ranking_pages(known.boards, printer, say)
    yield from _tables("freshness", freshness_tables(freshness), excel)
    yield from _tables("watch/watch", {"watch": watch_table(odd, say)}, excel)
    yield from _tables("tasks/tasks", {"tasks": task_table(known.tasks)}, excel)
    if known.measures:
        yield from _tables("measures/measures", {"measures": measure_table(known.measures)}, excel)
    if known.boards:
        yield from _tables("rankings/rankings", {"rankings": ranking_table(known.boards)}, excel)
    month = f"{folder_of(known.bulletin)}/{known.bulletin.month}"
    yield from _tables(month, bulletin_tables(known.bulletin, settings), excel)


def _tables(name: str, tables: Mapping[str, Table], excel: bool) -> Iterator[tuple[str, bytes]]:
    """The first table as CSV, all of them as a workbook."""
    first = next(iter(tables.values()))
    yield f"{name}.csv", csv_text(first).encode()
    if excel:
        yield f"{name}.xlsx", excel_workbook(tables)


def excel_workbook(tables: Mapping[str, Table]) -> bytes:
    """A workbook; BoardRefused where the package that writes it is missing."""
    try:
        return workbook(tables)
    except ModuleNotFoundError as error:
        raise BoardRefused(
            "Excel files need openpyxl: pip install 'matrixsite[excel]', or ask for none with --no-excel"
        ) from error
