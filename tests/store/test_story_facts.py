"""What the site reads of stories beyond their carriers, and what export and explain tell of them."""

from __future__ import annotations

import pytest

from matrixsite.editorial.decisions import Withdrawal
from matrixsite.editorial.refs import parse_ref
from matrixsite.store import archive
from tests.articles import BUS, BUS_TITLE, DIGEST, POOL, POOL_TITLE, TITLE, WIRE
from tests.nights import LONG, Item
from tests.store.filling import Filling


@pytest.fixture
def filled(filling: Filling) -> Filling:
    """A story of two that names a source, two of one, and a digest of all three."""
    filling.night(
        {
            "a": [Item("l", TITLE, LONG, day=2), Item("p", POOL_TITLE, POOL, day=2)],
            "b": [Item("w", "图书馆开到九点", WIRE, day=3), Item("g", BUS_TITLE, BUS, day=3)],
        }
    )
    filling.night({"d": [Item("d", "青山早报", DIGEST, day=4)]})
    return filling


def withdraw(filled: Filling, title: str) -> None:
    filled.settle(withdrawn=(Withdrawal(parse_ref(filled.row(title).id), "有误"),))


def test_facts(filled: Filling) -> None:
    first, wire, digest = (filled.row(title) for title in (TITLE, "图书馆开到九点", "青山早报"))
    facts = filled.source().facts({first.story, digest.story, "none"})
    its = facts[first.story]
    assert (its.original, its.outside, its.digest) == (first.id, "新华社", False)
    assert [(one.entry, one.account, one.named) for one in its.joined] == [
        (first.id, "a", ()),
        (wire.id, "b", ("新华社",)),
    ]
    assert facts.keys() == {first.story, digest.story}
    assert facts[digest.story].digest
    withdraw(filled, "图书馆开到九点")
    its = filled.source().facts({first.story})[first.story]
    assert (its.outside, [one.entry for one in its.joined]) == ("新华社", [first.id])


def test_digests_and_what_they_round_up(filled: Filling) -> None:
    digest, pool = filled.row("青山早报").story, filled.row(POOL_TITLE).story
    (listed,) = filled.source().contained({digest, pool}).values()
    assert [one.entry.published.day for one in listed] == [2, 2, 3]
    assert {one.entry.title: one.carriers for one in listed} == {TITLE: 2, POOL_TITLE: 1, BUS_TITLE: 1}
    digests = filled.source().digests({pool, digest})
    assert {name: [one.entry.title for one in found] for name, found in digests.items()} == {
        pool: ["青山早报"]
    }
    withdraw(filled, TITLE)
    (listed,) = filled.source().contained({digest}).values()
    assert "图书馆开到九点" in {one.entry.title for one in listed}, "another carrier stands for the story"
    withdraw(filled, "青山早报")
    assert filled.source().digests({pool}) == {}


def test_a_change_of_either_reaches_the_other(filled: Filling) -> None:
    digest, pool = filled.row("青山早报"), filled.row(POOL_TITLE)
    for changed, other in ((digest, pool), (pool, digest)):
        before = filled.source().latest()
        withdraw(filled, changed.title)
        touched = filled.source().touched(before)
        assert other.story in touched.stories
        assert other.id in {place.id for place in touched.entries}


def test_what_export_and_explain_tell(filled: Filling) -> None:
    with filled.database.read() as connection:
        entries = {entry.title: entry for entry in archive.stored_entries(connection, filled.judge)}
        digest, wire, pool = (entries[title] for title in ("青山早报", "图书馆开到九点", POOL_TITLE))
        assert set(digest.contains) == {entries[title].story for title in (TITLE, POOL_TITLE, BUS_TITLE)}
        assert (wire.contains, wire.outside, wire.original, wire.evidence) == ((), "新华社", False, "text")
        joining = archive.joining_of(connection, wire.id)
        assert joining.measures["with"] == entries[TITLE].id
        assert joining.why.split()[0] == "earliest"
        found = archive.rounded_up_by(connection, filled.judge, digest.story)
        assert {entry.title for entry in found} == {TITLE, POOL_TITLE, BUS_TITLE}
        (same,) = archive.digests_with(connection, filled.judge, pool.story)
        assert same.id == digest.id


def test_the_same_title_in_another_story(filled: Filling) -> None:
    filled.night({"c": [Item("x", f"【转载】{POOL_TITLE}", BUS.replace("大桥", "隧道") * 2, day=40)]})
    with filled.database.read() as connection:
        entries = {entry.title: entry for entry in archive.stored_entries(connection, filled.judge)}
        other, pool = entries[f"【转载】{POOL_TITLE}"], entries[POOL_TITLE]
        assert other.story != pool.story
        assert [entry.id for entry in archive.same_title(connection, filled.judge, pool, 5)] == [other.id]
        assert archive.same_title(connection, filled.judge, entries[BUS_TITLE], 5) == []
