"""Boards of others (人民网 …): their tables taken over as they are, names resolved where the matrix knows them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matrixsite.boards.edition import MOST_ROWS, BoardEdition, Ranked
from matrixsite.config.names import name_key
from matrixsite.editorial.laureates import Register
from matrixsite.editorial.pasted import Line, without_number
from matrixsite.errors import Problem, SettingsError
from matrixsite.measures.period import Period

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "rank": ("排名", "名次", "序号", "位次", "rank", "no"),
    "name": (
        "名称",
        "账号",
        "账号名称",
        "公众号",
        "微博",
        "微博名称",
        "城市",
        "单位",
        "机构",
        "name",
        "account",
    ),
    "score": ("得分", "分数", "总分", "指数", "竞争力", "综合得分", "影响力", "score"),
}
_KEYS = {name_key(word): key for key, words in _HEADINGS.items() for word in words}
_SCORE = re.compile(r"\d{1,9}(?:\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who published a board, where and when."""

    name: str
    url: str
    published: date


def external_edition(
    lines: Sequence[Line], period: Period, publisher: Publisher, register: Register, top: int
) -> BoardEdition:
    """The edition that a table is; raises SettingsError with the rows that are none.

    A table without a column of ranks is in the order of its rows.
    """
    columns, body = _columns(lines)
    problems: list[Problem] = []
    rows: list[Ranked] = []
    for line in body:
        cells = {key: line.cells[at] for key, at in columns.items() if at < len(line.cells)}
        name, score = without_number(cells.get("name", "")), cells.get("score", "").replace(",", "")
        rank = "".join(filter(str.isdecimal, cells.get("rank", ""))) or str(len(rows) + 1)
        if not name:
            problems.append(Problem("", line.number, "name", "the row names nobody", "Remove it."))
        elif score and not _SCORE.fullmatch(score):
            mend = "Write a number, or leave the cell empty."
            problems.append(Problem("", line.number, "score", f"{score[:40]!r} is no score", mend))
        else:
            rows.append(Ranked(int(rank[:6]), register.by_name(name).account, name, score))
    if problems:
        raise SettingsError(problems)
    kept = tuple(row for row in sorted(rows, key=lambda row: row.rank)[:MOST_ROWS] if row.rank <= top)
    return BoardEdition(
        period, publisher.published, kept, source=publisher.name, url=publisher.url, scored=len(rows)
    )


def _columns(lines: Sequence[Line]) -> tuple[Mapping[str, int], Sequence[Line]]:
    for at, line in enumerate(lines[:5]):
        named = {key: place for place, cell in enumerate(line.cells) if (key := _KEYS.get(name_key(cell)))}
        if "name" in named:
            return named, lines[at + 1 :]
    mend = "Name the columns in its first row: 排名, 名称, 得分."
    raise SettingsError([Problem("", 1, "", "no column names whom the board ranks", mend)])
