"""What is wrong with measures, indices, and the boards that name them: for `check`, since no build reads these."""

from __future__ import annotations

from collections.abc import Iterable

from matrixsite.boards.board import Board
from matrixsite.config.settings import Settings
from matrixsite.config.wording import shown
from matrixsite.errors import Problem, SettingsError
from matrixsite.indices.catalogue import Catalogue, load_catalogue
from matrixsite.measures.ledger import load_measures


def require_computable(settings: Settings, boards: Iterable[Board]) -> None:
    """Raises SettingsError with all problems of content/measures, content/indices and boards that name no index."""
    problems: list[Problem] = []
    content = settings.root / "content"
    try:
        load_measures(content / "measures", settings)
    except SettingsError as error:
        problems += error.problems
    try:
        problems += _without_index(boards, load_catalogue(content / "indices", settings.root))
    except SettingsError as error:
        problems += error.problems
    if problems:
        raise SettingsError(problems)


def _without_index(boards: Iterable[Board], catalogue: Catalogue) -> list[Problem]:
    return [
        Problem(
            f"content/boards/{board.id}.md",
            0,
            "index",
            f"there is no index {shown(board.index)}",
            catalogue.nearest(board.index),
        )
        for board in boards
        if not board.external and catalogue.named(board.index) is None
    ]
