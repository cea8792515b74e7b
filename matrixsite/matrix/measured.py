"""Measures and indices: read from content/ when they are asked for, which no build does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from matrixsite.boards.board import Where, accounts_where
from matrixsite.indices.catalogue import Catalogue, load_catalogue
from matrixsite.indices.formula import Formula
from matrixsite.matrix.opened import Opened
from matrixsite.measures.ledger import Ledger, Tally, load_measures
from matrixsite.measures.period import Period
from matrixsite.store.publishing import published_by

if TYPE_CHECKING:  # imported late: a night without news needs nothing of it
    from matrixsite.boards.publishing import Scores


class Measured(Opened):
    """What editors know and feeds don't say, and what formulas make of it."""

    @cached_property
    def measures(self) -> Ledger:
        """What editors know of accounts in content/measures; read once."""
        return load_measures(self.settings.root / "content/measures", self.settings)

    @cached_property
    def indices(self) -> Catalogue:
        """The indices that come with matrixsite, and those of content/indices; read once."""
        return load_catalogue(self.settings.root / "content/indices", self.settings.root)

    def scores(self, index: str, period: Period, where: Where | None = None) -> Scores:
        """An index ("wci", or "wci@14.2") of a period for the accounts that `where` names (default: all).

        Raises ValueError for an index that is not known.
        """
        from matrixsite.boards.publishing import computed

        formula = self.indices.named(index)
        if formula is None:
            raise ValueError(f"there is no index {index!r}. {self.indices.nearest(index)}")
        wanted = set(accounts_where(where or Where(), self.settings))
        accounts = [account for account in self.settings.accounts if account.id in wanted]
        return computed(formula, period, accounts, self._tallies(formula, period))

    def _tallies(self, formula: Formula, period: Period) -> Callable[[str], Tally | None]:
        if not formula.from_feeds:
            return lambda account: self.measures.tally(account, period)
        since, until = period.start, period.end + timedelta(days=1)
        with self._database() as database, database.read() as connection:
            counted = published_by(
                connection,
                datetime.combine(since, time.min, self.zone),
                datetime.combine(until, time.min, self.zone),
                self.zone,
            )
        return lambda account: Tally(account, counted[account], period.days) if account in counted else None
