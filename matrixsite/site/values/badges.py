"""Honors on the pages of those who won them: a member, and each of its accounts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from matrixsite.editorial.honors import HonorKind
from matrixsite.site.contexts.frame import Link
from matrixsite.site.contexts.rows import Badge
from matrixsite.site.honors_won import Honor
from matrixsite.site.rows import MOST_ROWS
from matrixsite.site.urls import honor_page


def badges(honors: Sequence[Honor], *, account: str = "", person: str = "") -> tuple[Badge, ...]:
    """The honors of a member as its page shows them, or the page of one of its accounts, or of a person."""
    return tuple(_badge(honor, account, person) for honor in islice(honors, MOST_ROWS))


def _badge(honor: Honor, account: str, person: str) -> Badge:
    winner = honor.winner
    won = {
        HonorKind.WORK: winner.work,
        HonorKind.PERSON: "" if person else winner.name,
        HonorKind.UNIT: winner.name if account else "",
        HonorKind.ACCOUNT: "" if winner.account == account else winner.name,
    }
    return Badge(
        list=honor.list,
        roll=Link(honor.title, honor_page(honor.roll)),
        year=honor.year,
        kind=honor.kind.value,
        won_by=won[honor.kind],
        rank=winner.rank,
    )
