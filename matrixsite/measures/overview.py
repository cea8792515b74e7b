"""All measures of a matrix at a glance: the course over the periods, and the newest one by platform and group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matrixsite.config.settings import Settings
from matrixsite.measures.ledger import Ledger
from matrixsite.measures.period import Period, PeriodKind
from matrixsite.measures.totals import Division, Total, by_group, by_platform, everybody, tallies, totals
from matrixsite.measures.vocabulary import MEASURES

MOST_PERIODS = 24


@dataclass(frozen=True, slots=True)
class Overview:
    """One measure: what all came to, period by period, oldest first, and the newest period divided."""

    measure: str
    course: Sequence[tuple[Period, Total]]
    platforms: Sequence[tuple[Division, Total]]
    groups: Sequence[tuple[Division, Total]]

    @property
    def newest(self) -> tuple[Period, Total]:
        return self.course[-1]


def overviews(ledger: Ledger, settings: Settings) -> list[Overview]:
    """Those of the measures that anybody supplied in the newest 24 periods, in the order of the vocabulary.

    Periods are of one kind, the one that most rows are of: a month and its quarter stand in no common chart.
    """
    periods = sorted(period for period in ledger.periods() if period.kind is _usual_kind(ledger))[
        -MOST_PERIODS:
    ]
    if not periods:
        return []
    all_of_them = everybody(settings).accounts
    found = {period: tallies(ledger, period) for period in periods}
    course = [(period, totals(found[period], all_of_them)) for period in periods]
    platforms, groups = by_platform(settings), by_group(settings)
    divided: dict[Period, tuple[_Parts, _Parts]] = {}
    made = []
    for measure in MEASURES:
        its = [(period, those[measure]) for period, those in course if measure in those]
        if not its:
            continue
        newest = its[-1][0]
        if newest not in divided:
            divided[newest] = (
                [(part, totals(found[newest], part.accounts)) for part in platforms],
                [(part, totals(found[newest], part.accounts)) for part in groups],
            )
        by_one, by_other = divided[newest]
        made.append(Overview(measure, its, _of(measure, by_one), _of(measure, by_other)))
    return made


_Parts = Sequence[tuple[Division, Mapping[str, Total]]]


def _of(measure: str, parts: _Parts) -> Sequence[tuple[Division, Total]]:
    """The parts that supplied it, the largest first."""
    its = [(part, those[measure]) for part, those in parts if measure in those]
    return sorted(its, key=lambda pair: -pair[1].amount)


def _usual_kind(ledger: Ledger) -> PeriodKind:
    kinds = Counter(period.kind for rows in ledger.rows.values() for period in rows)
    return kinds.most_common(1)[0][0] if kinds else PeriodKind.MONTH
