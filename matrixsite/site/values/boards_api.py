"""Public boards for programs, `api/v1/boards.json` and `api/v1/boards/<id>.json`: what was published, as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matrixsite.boards.board import Board
from matrixsite.boards.edition import BoardEdition, Ranked
from matrixsite.site import urls
from matrixsite.site.documents import JsonDocument
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made

VERSION = 1
MOST_WHOLE = 6  # editions with their rows; of older ones the table leads to them


def board_documents(edition: Edition) -> Iterator[Made]:
    """The list of public boards, and each with its editions, newest first."""
    listed = [_board(board, edition) for board in edition.boards]
    yield Made("", urls.api("boards"), JsonDocument({"version": VERSION, "boards": listed}))
    for board in edition.boards:
        editions = [
            {
                **_edition(board, one, edition),
                **({"rows": list(map(_row, one.rows))} if at < MOST_WHOLE else {}),
            }
            for at, one in enumerate(board.editions)
        ]
        content = {"version": VERSION, **_board(board, edition), "editions": editions}
        yield Made("", urls.api(f"boards/{board.id}"), JsonDocument(content))


def _board(board: Board, edition: Edition) -> dict[str, Any]:
    return {
        "id": board.id,
        "title": board.title,
        "external": board.external,
        "by": board.period.value,
        "latest": board.editions[0].period.text,
        "page": edition.absolute(urls.front_page(urls.BOARDS_FOLDER, board.id)),
        "file": edition.absolute(urls.api(f"boards/{board.id}")),
    }


def _edition(board: Board, one: BoardEdition, edition: Edition) -> dict[str, Any]:
    return {
        "period": one.period.text,
        "from": one.period.start.isoformat(),
        "to": one.period.end.isoformat(),
        "published": one.published.isoformat(),
        "index": one.index,
        "formula": list(one.formula),
        "source": one.source,
        "scored": one.scored,
        "unscored": one.unscored,
        "page": edition.absolute(urls.board_edition(board.id, one.period.text)),
        "table": edition.absolute(urls.board_table(board.id, one.period.text)),
    }


def _row(row: Ranked) -> dict[str, Any]:
    """Scores and numbers are texts, as they were printed: nobody rounds them anew."""
    return {
        "rank": row.rank,
        "account": row.account,
        "name": row.name,
        "score": row.score,
        "missing": list(row.missing),
        "inputs": dict(row.inputs),
    }
