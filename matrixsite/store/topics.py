"""Which topics shown entries bear, and who uses them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, func, select

from matrixsite.site.source import TopicCount
from matrixsite.store.listing import SHOWN
from matrixsite.store.schema import entry, membership

_TOPIC = "topic:"


def used(connection: Connection, least: int = 1) -> list[TopicCount]:
    """Those that at least so many entries bear, in order of topic."""
    node = membership.c.node
    borne = select(node).where(node.startswith(_TOPIC, autoescape=True)).group_by(node)
    return _counted(connection, node.in_(borne.having(func.count() >= least)), least)


def one(connection: Connection, topic: str) -> TopicCount | None:
    """One of them; None where no entry bears it."""
    return next(iter(_counted(connection, membership.c.node == f"{_TOPIC}{topic}")), None)


def _counted(connection: Connection, which: ColumnElement[bool], least: int = 1) -> list[TopicCount]:
    query = (
        select(membership.c.node, entry.c.account, func.count())
        .join(entry, entry.c.id == membership.c.entry)
        .where(SHOWN, which)
        .group_by(membership.c.node, entry.c.account)
        .order_by(membership.c.node, entry.c.account)
    )
    counts: dict[str, dict[str, int]] = {}
    for node, account, count in connection.execute(query):
        counts.setdefault(node.removeprefix(_TOPIC), {})[account] = count
    return [
        TopicCount(topic, sum(by.values()), tuple(by))
        for topic, by in counts.items()
        if sum(by.values()) >= least
    ]
