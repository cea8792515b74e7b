"""Feeds, outputs, runs and refs go in and come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from matrixsite.config.settings import IdentityRule
from matrixsite.editorial.refs import parse_ref
from matrixsite.fetch.schedule import FeedState
from matrixsite.model import Reason
from matrixsite.registry.record import FeedRecord, Health
from matrixsite.site.kinds import Kind
from matrixsite.site.manifest import Known
from matrixsite.store.database import Database
from matrixsite.store.feeds import load_feeds, save_feeds
from matrixsite.store.outbox import record_changes
from matrixsite.store.outputs import StoreManifest
from matrixsite.store.refs import resolve
from matrixsite.store.runs import begin_run, end_run, remember, remembered
from matrixsite.store.schema import change
from tests.nights import Item
from tests.store.filling import Filling

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
moments = st.none() | st.integers(0, 4_000_000_000).map(lambda stored: datetime.fromtimestamp(stored, UTC))
reasons = st.builds(Reason, texts, texts)
states = st.builds(
    FeedState,
    key=st.just("a"),
    url=texts,
    etag=texts,
    digest=st.binary(max_size=16),
    failures=st.integers(0, 9),
    failing_since=moments,
    paused_reason=st.none() | reasons,
    reason=st.none() | reasons,
    last_new=moments,
)
records = st.builds(
    FeedRecord,
    state=states,
    account=st.just("a"),
    health=st.sampled_from(Health),
    since=moments,
    problems=st.lists(reasons, max_size=2).map(tuple),
    rule=st.sampled_from(IdentityRule),
    rule_since=moments,
    snapshot=st.binary(),
    title=texts,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(records, records)
def test_feeds(database: Database, first: FeedRecord, second: FeedRecord) -> None:
    second = replace(second, state=replace(second.state, key="b"))
    with database.write() as connection:
        save_feeds(connection, [first], load_feeds(connection))
        save_feeds(connection, [first, second], load_feeds(connection))
        assert load_feeds(connection) == {"a": first, "b": second}


def known(path: str, key: str, fingerprint: bytes = b"12345678abcdefgh", digest: bytes = b"1") -> Known:
    return Known(path, Kind.ENTRY, key, fingerprint, digest)


def paths(manifest: StoreManifest) -> list[str]:
    return [page.path for page in manifest.of_kind(Kind.ENTRY)]


def test_what_was_published_where(database: Database) -> None:
    here, there = StoreManifest(database, Path("/here")), StoreManifest(database, Path("/there"))
    assert (here.token, here.count(), paths(here)) == ("", 0, [])
    for manifest in (here, there):
        manifest.begin("token")
        manifest.commit([known("b.html", "b"), known("a.html", "a")], [], 3, "edition")
    here.commit(
        [known("b.html", "b", digest=b"2"), known("c.html", "c")], ["a.html", "never.html"], 5, "later"
    )
    assert (paths(here), paths(there)) == (["b.html", "c.html"], ["a.html", "b.html"])
    assert here.of_units(Kind.ENTRY, ["b", "x"]) == [known("b.html", "b", digest=b"2")]
    again = StoreManifest(database, Path("/here"))
    assert (again.token, again.acknowledged, again.edition, again.count()) == ("token", 5, "later", 2)
    again.begin("new")
    assert (again.token, again.acknowledged, again.edition, paths(again)) == ("new", 0, "", [])


def test_what_the_pages_of_a_kind_were_made_under(database: Database) -> None:
    manifest = StoreManifest(database, Path("/here"))
    manifest.begin("token")
    assert manifest.mark_of(Kind.ENTRY) == b""
    made = b"87654321abcdefgh"
    manifest.commit([known("a.html", "a", made), known("b.html", "b", made)], [], 1, "")
    assert manifest.mark_of(Kind.ENTRY) == b"87654321"
    manifest.distrust(["b.html"])
    assert manifest.mark_of(Kind.ENTRY) not in (b"", b"87654321")


def test_the_outbox_keeps_what_a_folder_has_not_heard_of(database: Database) -> None:
    with database.write() as connection:
        record_changes(connection, "entry", ["p", "q", "r"])
    for folder, heard in (("/here", 2), ("/there", 3)):
        manifest = StoreManifest(database, Path(folder))
        manifest.begin("token")
        manifest.commit([], [], heard, "")
    with database.read() as connection:
        assert connection.scalars(select(change.c.key)).all() == ["r"]


def test_runs_are_numbered_and_leave_notes(database: Database) -> None:
    now = datetime(2026, 11, 20, 19, tzinfo=UTC)
    with database.write() as connection:
        numbers = [begin_run(connection, "update", now, now) for _ in range(2)]
        end_run(connection, numbers[0], now, "done")
        remember(connection, "output", "/a")
        remember(connection, "output", "/b")
        assert (remembered(connection, "output"), remembered(connection, "other")) == ("/b", None)
    assert numbers == [1, 2]


def test_a_ref_names_one_entry_or_several_or_none(filling: Filling) -> None:
    filling.night({"a": ["p", "q"], "b": [Item("q", title="转")]})
    name = filling.row("标题 p").id
    refs = [
        parse_ref(text)
        for text in (name, "https://example.com/p#top", "https://example.com/q", "aaaaaaaaaaaa")
    ]
    with filling.database.read() as connection:
        found = resolve(connection, refs)
    assert [len(found[ref]) for ref in refs] == [1, 1, 2, 0]
    assert found[refs[0]] == found[refs[1]] == (name,)
