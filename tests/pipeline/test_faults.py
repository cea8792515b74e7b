"""Nights on which a feed misbehaves: it keeps its entries, says why and since when, and harms no other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from matrixsite import RunReport
from matrixsite.results import FeedReport
from tests.feedserver import FeedServer, Raw, Reply, Route
from tests.nights import FIRST, NIGHT, Item, rss
from tests.pipeline.conftest import OnServer

HTML = Reply(b"<!DOCTYPE html><html><body>Moved</body></html>", {"Content-Type": "text/html"})


def _told(report: RunReport, key: str = "bad") -> FeedReport:
    return next(feed for feed in report.feeds if feed.key == key)


@pytest.mark.parametrize(
    ("route", "health", "reason"),
    [
        pytest.param(HTML, "failed", "html-page", id="html"),
        pytest.param(Reply(status=404), "failed", "not-found", id="404"),
        pytest.param(Reply(status=410), "paused", "gone", id="410"),
        pytest.param(Reply(status=503), "failed", "http-status", id="503"),
        pytest.param(Reply(b""), "failed", "empty", id="empty"),
        pytest.param(Reply(b"\x00\xff" * 500), "failed", "not-a-feed", id="binary"),
        pytest.param(Reply(b"{", {"Content-Type": "application/json"}), "failed", "bad-json", id="json"),
        pytest.param(
            Raw([b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss"]), "failed", "cut-short", id="cut"
        ),
        pytest.param(Raw([b"nonsense\r\n\r\n"]), "failed", "protocol", id="no-http"),
        pytest.param(Reply(rss("b1", "b2")[:-60]), "degraded", "truncated", id="truncated"),
        pytest.param(Reply(b"x" * 3000), "failed", "too-large", id="large"),
    ],
)
def test_a_fault_keeps_what_is_stored_and_is_told(
    on_server: OnServer, feed_server: FeedServer, route: Route, health: str, reason: str
) -> None:
    nights = on_server("bad", "good", fetch={"max_bytes": 2500})
    feed_server.routes |= {"/bad.xml": Reply(rss("b1")), "/good.xml": Reply(rss("g1"))}
    nights.update()
    feed_server.routes |= {"/bad.xml": route, "/good.xml": Reply(rss("g1", "g2"))}
    told = _told(nights.update())
    assert (told.health, told.reason) == (health, reason)
    assert told.since == (FIRST + 2 * NIGHT).isoformat()
    assert told.sentence
    assert told.mend
    assert nights.titles("good") == ["标题 g1", "标题 g2"]
    assert "标题 b1" in nights.titles("bad")


def test_since_stays_while_a_fault_lasts(on_server: OnServer, feed_server: FeedServer) -> None:
    nights = on_server("bad")
    reports = [nights.update() for _ in range(3)]
    assert {_told(report).since for report in reports} == {(FIRST + NIGHT).isoformat()}


def test_a_feed_that_recovers_is_well_and_asked_afresh(on_server: OnServer, feed_server: FeedServer) -> None:
    nights = on_server("bad")
    feed_server.routes["/bad.xml"] = Reply(rss("b1"), {"ETag": '"1"'})
    nights.update()
    feed_server.routes["/bad.xml"] = HTML
    nights.update()
    feed_server.routes["/bad.xml"] = Reply(rss("b1", "b2"), {"ETag": '"1"'})
    told = _told(nights.update())
    assert (told.health, told.reason, told.new) == ("ok", "", 1)
    assert feed_server.asked[-1].header("if-none-match") is None, "else a mended host would answer 304"
    assert told.since == (FIRST + 3 * NIGHT).isoformat()


def test_validators_are_sent_back_and_304_changes_nothing(
    on_server: OnServer, feed_server: FeedServer
) -> None:
    nights = on_server("a")
    feed_server.routes["/a.xml"] = Reply(rss("a1"), {"ETag": 'W/"x y"'})
    nights.update()
    feed_server.routes["/a.xml"] = lambda asked: Reply(
        status=304 if asked.header("if-none-match") == b'W/"x y"' else 500
    )
    assert _told(nights.update(), "a").health == "ok"


def test_an_etag_of_a_cut_document_is_not_believed(on_server: OnServer, feed_server: FeedServer) -> None:
    """Without a length its end is no fault of transport; its host then says that nothing changed since."""
    nights, whole = on_server("a"), rss("p", Item("q", text="Closed on Monday, open again on Tuesday"))
    head = b'HTTP/1.1 200 OK\r\nETag: "1"\r\n\r\n'
    feed_server.routes["/a.xml"] = Raw([head + whole[: whole.index(b" open")]])
    assert _told(nights.update(), "a").health == "degraded"
    same = Reply(status=304)
    feed_server.routes["/a.xml"] = lambda asked: same if asked.header("if-none-match") else Reply(whole)
    assert _told(nights.update(), "a").health == "ok"
    assert "Closed on Monday, open again on Tuesday" in [entry.text for entry in nights.load().entries()]


def test_a_gone_feed_is_asked_once_a_month_or_by_force(on_server: OnServer, feed_server: FeedServer) -> None:
    nights = on_server("bad")
    feed_server.routes["/bad.xml"] = Reply(status=410)
    nights.update()
    assert not _told(nights.update()).asked
    assert len(feed_server.asked) == 1
    assert _told(nights.update(force=True)).asked
    nights.night += timedelta(days=30)
    feed_server.routes["/bad.xml"] = Reply(rss("b1"))
    assert _told(nights.update()).health == "ok"


def test_a_permanent_redirect_is_adopted_after_some_nights(
    on_server: OnServer, feed_server: FeedServer
) -> None:
    nights = on_server("a", fetch={"adopt_after": 2})
    feed_server.routes |= {
        "/a.xml": Reply(status=301, headers={"Location": "/new.xml"}),
        "/new.xml": Reply(rss("a1")),
    }
    for _ in range(2):
        nights.update()
    feed_server.asked.clear()
    nights.update()
    assert feed_server.targets() == ["/new.xml"]
    assert nights.titles() == ["标题 a1"]


def test_a_night_that_is_run_again_counts_once(on_server: OnServer, feed_server: FeedServer) -> None:
    nights = on_server("a", fetch={"adopt_after": 2})
    feed_server.routes |= {
        "/a.xml": Reply(status=301, headers={"Location": "/new.xml"}),
        "/new.xml": Reply(rss("a1")),
    }
    for _ in range(3):
        nights.load().update(now=FIRST)
    feed_server.asked.clear()
    nights.load().update(now=FIRST)
    assert feed_server.targets() == ["/a.xml", "/new.xml"]


def test_private_addresses_are_refused_unless_listed(on_server: OnServer, feed_server: FeedServer) -> None:
    nights = on_server("bad", fetch={"allow_private": []})
    feed_server.routes["/bad.xml"] = Reply(rss("b1"))
    told = _told(nights.update())
    assert told.reason == "refused-address"
    assert not feed_server.asked


def test_items_relative_to_their_feed(on_server: OnServer, feed_server: FeedServer) -> None:
    nights = on_server("a")
    feed_server.routes["/a.xml"] = Reply(rss(Item("a1", link="/page/1")))
    nights.update()
    (found,) = nights.load().entries()
    assert found.url == feed_server.url("/page/1")
