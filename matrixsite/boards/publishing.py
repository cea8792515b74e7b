"""Making editions: an index computed for all that a board speaks of, written down once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matrixsite.boards.board import Board
from matrixsite.boards.edition import BoardEdition, edition_text
from matrixsite.boards.ranking import ranked
from matrixsite.config.settings import Account
from matrixsite.editorial.replacing import replace_file
from matrixsite.errors import Problem, SettingsError
from matrixsite.indices.formula import Formula
from matrixsite.indices.scoring import NoScore, Score, score
from matrixsite.measures.ledger import Tally
from matrixsite.measures.period import Period


@dataclass(frozen=True, slots=True)
class Scores:
    """An index for many accounts."""

    formula: Formula
    period: Period
    scores: tuple[Score, ...]
    unscored: Mapping[str, NoScore]  # account → why


def computed(
    formula: Formula,
    period: Period,
    accounts: Iterable[Account],
    tally: Callable[[str], Tally | None],
) -> Scores:
    """The index for these accounts; those of platforms that it is not made for are left out."""
    scores: list[Score] = []
    unscored: dict[str, NoScore] = {}
    for account in accounts:
        if formula.platforms and account.platform not in formula.platforms:
            continue
        found = score(formula, account.id, tally(account.id), period)
        if isinstance(found, Score):
            scores.append(found)
        else:
            unscored[account.id] = found
    return Scores(formula, period, tuple(scores), unscored)


def edition_of(scores: Scores, names: Mapping[str, str], top: int, published: date) -> BoardEdition:
    """What is published of them."""
    formula = scores.formula
    return BoardEdition(
        period=scores.period,
        published=published,
        rows=ranked(scores.scores, names, top),
        index=formula.key,
        index_title=formula.title,
        formula=formula.lines,
        source=formula.source.name,
        url=formula.source.url,
        note=formula.note,
        scored=len(scores.scores),
        unscored=len(scores.unscored),
    )


def write_edition(root: Path, board: Board, edition: BoardEdition) -> Path:
    """Write an edition to content/boards/<id>/<period>.csv, below `root`.

    Raises SettingsError where it is there already, for what was published stays; or where there is nobody on it.
    """
    path = root / "content/boards" / board.id / f"{edition.period.text}.csv"
    file = path.relative_to(root).as_posix()
    if path.exists():
        mend = "What was published stays as it was; to take it back, delete the file."
        raise SettingsError([Problem(file, 0, "", "this edition is published already", mend)])
    if edition.period.kind is not board.period:
        mend = f"The board {board.id} is by {board.period}."
        raise SettingsError([Problem(file, 0, "", f"{edition.period.text} is no {board.period}", mend)])
    if not edition.rows:
        mend = "See content/measures, and what the index needs: `matrixsite boards show`."
        raise SettingsError([Problem(file, 0, "", "nobody has a score", mend)])
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, edition_text(edition).encode())
    return path
