"""Every entry, for export and explain."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from matrixsite.editorial.decisions import Withdrawal
from matrixsite.editorial.refs import parse_ref
from matrixsite.model import Status
from matrixsite.store import archive
from tests.ingest.documents import harvested
from tests.nights import LONG, Item, rss
from tests.store.filling import Filling

TEXT = Item("t", title="图书馆", text=LONG)


def test_entries_by_account_and_age(filling: Filling) -> None:
    filling.night({"b": ["p"], "a": [Item("r", day=3), Item("q", day=2)]})
    with filling.database.read() as connection:
        found = list(archive.stored_entries(connection, filling.judge))
        assert [(item.account, item.title) for item in found] == [
            ("a", "标题 q"),
            ("a", "标题 r"),
            ("b", "标题 p"),
        ]
        since = datetime(2026, 11, 2, 12, tzinfo=UTC)
        assert [item.title for item in archive.stored_entries(connection, filling.judge, since=since)] == [
            "标题 r"
        ]
        narrow = list(archive.stored_entries(connection, filling.judge, account="b", wide=False))
        assert [(item.title, item.text) for item in narrow] == [("标题 p", "")]


def test_an_editors_word_counts_at_once(filling: Filling) -> None:
    filling.night({"a": ["p"]})
    withdrawn = (Withdrawal(parse_ref("https://example.com/p"), "有误"),)
    filling.content = replace(filling.content, withdrawn=withdrawn)
    with filling.database.read() as connection:
        (found,) = archive.stored_entries(connection, filling.judge)
    assert found.status is Status.WITHDRAWN
    assert filling.rows()[0].status == Status.SHOWN


def test_an_entry_that_waits_for_its_story(filling: Filling) -> None:
    filling.take([harvested(rss(TEXT))])
    name = filling.rows()[0].id
    with filling.database.read() as connection:
        found = archive.one_entry(connection, filling.judge, name)
        assert found is not None
        assert (found.story, found.original) == (name, True)
        assert found.evidence == ""
        assert archive.one_entry(connection, filling.judge, "aaaaaaaaaaaa") is None


def test_carriers_evidence_and_former_words(filling: Filling) -> None:
    filling.night({"a": [TEXT], "b": [replace(TEXT, name="b", day=2)]})
    filling.night({"a": [replace(TEXT, text=LONG + "更正。")]})
    first, second = filling.rows()
    with filling.database.read() as connection:
        assert [item.id for item in archive.carriers_of(connection, filling.judge, first.story)] == [
            first.id,
            second.id,
        ]
        assert [one.evidence for one in archive.carriers_of(connection, filling.judge, first.story)] == [
            "founder",
            "text",
        ]
        (old,) = archive.revisions_of(connection, first.id)
    assert (old.number, old.title, old.text) == (1, "图书馆", LONG)
