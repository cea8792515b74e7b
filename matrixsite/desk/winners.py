"""Honor rolls as tables: a list's winners as rows of cells, changed without touching those that stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from matrixsite.desk.acts import Act
from matrixsite.desk.pages import with_front
from matrixsite.desk.yaml_text import rewritten, written

CELLS = ("rank", "name", "work", "by", "account", "member", "citation", "link")
Row = Mapping[str, str]


def rows_of(winners: Sequence[Any], kind: str) -> list[dict[str, str]]:
    """Winners as written, a row each."""
    key = "work" if kind == "work" else "name"
    plain = [{key: one} if isinstance(one, str) else one for one in winners]
    return [{cell: str(one.get(cell) or "") for cell in CELLS} for one in plain]


def edit_winners(name: str, number: int, facts: Mapping[str, Any], rows: Sequence[Row], title: str) -> Act:
    """List `number` of a roll (one more than there are: a new one) with these facts and winners."""

    def change_tree(tree: Any) -> Any:
        lists = tree.setdefault("lists", [])
        if number >= len(lists):
            lists.append({"title": facts.get("title") or "", "kind": facts.get("kind") or "account"})
        one = lists[number]
        for key, value in facts.items():
            if value in ("", None, 0, False) and key not in ("title", "kind"):
                one.pop(key, None)
            elif one.get(key) != value:
                one[key] = written(value)
        stood = one.get("winners") or []
        kept = {_words(cells): winner for winner, cells in _pairs(stood, str(one["kind"]))}
        made = [_winner(row, str(one["kind"]), kept) for row in rows if any(row.values())]
        if made != list(stood):
            one["winners"] = _in_place(stood, made)
        return tree

    def change(text: str) -> str:
        return with_front(text, lambda front: rewritten(front, change_tree))

    return Act(name, "编辑榜单", change, title)


def _pairs(winners: Sequence[Any], kind: str) -> list[tuple[Any, dict[str, str]]]:
    return list(zip(winners, rows_of(winners, kind), strict=True))


def _words(row: Row) -> tuple[str, ...]:
    return tuple(row.get(cell, "").strip() for cell in CELLS)


def _winner(row: Row, kind: str, kept: Mapping[tuple[str, ...], Any]) -> Any:
    """The winner as it stood, with its comments, if nothing of it changed."""
    words = _words(row)
    if words in kept:
        return kept[words]
    filled = {cell: value for cell, value in zip(CELLS, words, strict=True) if value}
    key = "work" if kind == "work" else "name"
    if set(filled) == {key}:
        return written(filled[key])
    rank = {"rank": int(filled["rank"])} if filled.get("rank", "").isdigit() else {}
    winner = CommentedMap(written({**filled, **rank}))
    winner.fa.set_flow_style()  # one winner, one line
    return winner


def _in_place(stood: Any, made: list[Any]) -> Any:
    """The sequence as it is laid out, with other winners; a line each where they are more than names."""
    winners = stood if isinstance(stood, CommentedSeq) else CommentedSeq()
    while winners:
        winners.pop()
    winners.extend(made)
    if any(isinstance(one, dict) for one in made):
        winners.fa.set_block_style()
    return winners
