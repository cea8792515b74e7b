"""The rows of the table that a measurement prints, as they come."""

from __future__ import annotations

from measuring import Cost

_ROW = "{:<32}{:>21}{:>45}{:>9}   {:<18}{}"


def head() -> None:
    """What the columns are."""
    print(_ROW.format("row", "ours", "peer", "ratio", "must", "aim"), flush=True)


def tell(row: str, ours: str, peer: str = "", ratio: str = "", must: str = "", aim: str = "") -> None:
    """One row."""
    print(_ROW.format(row, ours, peer, ratio, must, aim).rstrip(), flush=True)


def said(cost: Cost) -> str:
    """CPU and memory."""
    return f"{cost.cpu:.2f} s, {cost.memory:,.0f} MiB"
