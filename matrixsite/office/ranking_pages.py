"""Boards for the office, public or not: the newest edition of each, with the course of every account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matrixsite.boards.board import Board
from matrixsite.boards.edition import Ranked
from matrixsite.boards.ranking import Course, courses, scores_over
from matrixsite.office.measure_pages import measure_words
from matrixsite.office.pages import Printer
from matrixsite.site.words import Words
from matrixsite.spreadsheet import Table

FOLDER = "rankings"
MOST_EDITIONS = 12  # of a course


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the newest edition. `scores` are those of the editions up to it, oldest first; "" where it had none."""

    row: Ranked
    course: Course
    scores: tuple[str, ...]


def places_of(board: Board) -> list[Place]:
    """Those of the newest edition; of a board without editions none."""
    if not board.editions:
        return []
    newest, *earlier = board.editions
    rows = zip(
        newest.rows, courses(newest, earlier), scores_over(board.editions[:MOST_EDITIONS]), strict=True
    )
    return [Place(*row) for row in rows]


def ranking_pages(boards: Sequence[Board], printer: Printer, say: Words) -> Iterator[tuple[str, bytes]]:
    """The list of boards, and a page for each that has an edition."""
    yield printer(f"{FOLDER}/index.html", "rankings", boards=boards)
    for board in boards:
        if board.editions:
            yield printer(
                f"{FOLDER}/{board.id}.html",
                "ranking",
                board=board,
                edition=board.editions[0],
                periods=[one.period.text for one in reversed(board.editions[:MOST_EDITIONS])],
                places=places_of(board),
                names=measure_words(say),
            )


def ranking_table(boards: Sequence[Board]) -> Table:
    """A row for each place of every edition, boards and editions in the order of the pages."""
    rows: list[Sequence[object]] = [
        ("board", "title", "period", "rank", "account", "name", "score", "missing")
    ]
    for board in boards:
        for edition in board.editions:
            rows += [
                (
                    *(board.id, board.title, edition.period.text, row.rank, row.account, row.name, row.score),
                    ";".join(row.missing),
                )
                for row in edition.rows
            ]
    return rows
