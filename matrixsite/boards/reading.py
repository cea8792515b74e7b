"""The boards of a matrix with their editions, from content/boards/."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from matrixsite.boards.board import Board
from matrixsite.boards.edition import BoardEdition, newest_first, read_edition
from matrixsite.config.source import read_bytes
from matrixsite.errors import Problem


def with_editions(
    folder: Path, boards: Sequence[Board], named: Callable[[Path], str]
) -> tuple[tuple[Board, ...], list[Problem]]:
    """The boards with the editions that lie in `folder` (content/boards), and what is wrong with those.

    `named` says how problems call a file.
    """
    problems = [
        Problem(named(path), 0, "", f"there is no board {path.name}", f"Write {path.name}.md beside it.")
        for path in sorted(folder.glob("[!.]*/"))
        if path.name not in {board.id for board in boards} and not (folder / f"{path.name}.md").exists()
    ]
    complete = []
    for board in sorted(boards, key=lambda board: (board.external, board.order, board.id)):
        editions = []
        for path in sorted((folder / board.id).glob("[!.]*.csv")):
            edition, found = _read(path, named(path), board)
            problems += found
            if edition:
                editions.append(edition)
        complete.append(board.with_editions(newest_first(editions)))
    return tuple(complete), problems


def _read(path: Path, file: str, board: Board) -> tuple[BoardEdition | None, list[Problem]]:
    content, problems = read_bytes(path, file)
    if problems:
        return None, problems
    edition, problems = read_edition(content, file, path.stem)
    if edition and edition.period.kind is not board.period:
        reason = f"{edition.period.text} is no {board.period}"
        problems.append(Problem(file, 0, "", reason, f"The board {board.id} is by {board.period}."))
    return edition, problems
