"""What was odd with feeds, from when to when (see `registry.watch`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from matrixsite.model import Reason
from matrixsite.registry.watch import Finding, Turn, Watch
from matrixsite.store.bulk import rows_for, upsert_rows
from matrixsite.store.columns import moment, moment_or_none, seconds
from matrixsite.store.schema import finding

_COLUMNS = ("feed", "watch", "since", "until", "reason", "detail")
_ALL = select(*(finding.c[name] for name in _COLUMNS)).order_by(
    finding.c.since, finding.c.feed, finding.c.watch
)
_OPEN = _ALL.where(finding.c.until.is_(None))
_END = (
    update(finding)
    .where(finding.c.feed == bindparam("of"), finding.c.watch == bindparam("what"), finding.c.until.is_(None))
    .values(until=bindparam("now"))
)


def note_turns(connection: Connection, turns: Iterable[Turn], now: datetime) -> None:
    """Keep what began, and end what is no more."""
    began: list[tuple[object, ...]] = []
    ended: list[dict[str, object]] = []
    for turn in turns:
        began += [
            (one.feed, one.watch.value, seconds(one.since), None, one.reason.code, one.reason.detail)
            for one in turn.begun
        ]
        ended += [{"of": feed, "what": watch.value, "now": seconds(now)} for feed, watch in turn.ended]
    upsert_rows(connection, finding, _COLUMNS, began)
    if ended:
        connection.execute(_END, ended)


def findings(connection: Connection, *, lasting: bool = True) -> list[Finding]:
    """Oldest first: those that last, or all there ever were."""
    return [
        Finding(feed, Watch(watch), moment(since), Reason(code, detail), moment_or_none(until))
        for feed, watch, since, until, code, detail in rows_for(connection, _OPEN if lasting else _ALL)
    ]
