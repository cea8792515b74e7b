"""A draft of an honor roll from an index: for editors to settle; no page shows it, and nothing is announced by it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from matrixsite.boards.edition import Ranked
from matrixsite.boards.publishing import Scores
from matrixsite.boards.ranking import ranked
from matrixsite.editorial.frontmatter import read_page
from matrixsite.errors import Problem, SettingsError
from matrixsite.measures.vocabulary import TITLES


def drafted_winners(scores: Scores, names: Mapping[str, str], top: int) -> list[str | dict[str, str | int]]:
    """The first `top` accounts as an honor roll has winners, each with what its place rests on."""
    return [
        {"account": row.account, "name": row.name, "evidence": _evidence(row, scores)}
        for row in ranked(scores.scores, names, top)
    ]


def _evidence(row: Ranked, scores: Scores) -> str:
    parts = [
        f"第 {row.rank} 名",
        f"{scores.formula.key} {row.score}",
        *(f"{TITLES[name]} {number}" for name, number in row.inputs),
    ]
    if row.missing:
        parts.append(f"缺 {'、'.join(TITLES[name] for name in row.missing)}")
    return "；".join(parts)


def require_draft(path: Path, file: str) -> None:
    """A roll that is there already must be a draft: what is announced is the editors' alone.

    Raises SettingsError where it is not.
    """
    if not path.exists():
        return
    page, problems = read_page(path, file)
    if page is None or problems:
        raise SettingsError(problems)
    if not (isinstance(page.front.tree, dict) and page.front.tree.get("draft") is True):
        mend = "Name another roll by --roll."
        raise SettingsError([Problem(file, 0, "draft", "this roll is no draft", mend)])
