"""A WebSub hub: named in feeds, told of those that changed and of no others, and never a reason to fail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from lxml import etree

from matrixsite.store.outputs import StoreManifest
from tests.feedserver import FeedServer, Reply
from tests.nights import Item
from tests.site.conftest import Workshop

ATOM = "{http://www.w3.org/2005/Atom}link"


@pytest.fixture
def hub() -> Iterator[FeedServer]:
    with FeedServer({"/hub": Reply(status=204)}) as server:
        yield server


@pytest.fixture
def subscribed(workshop: Workshop, hub: FeedServer) -> Workshop:
    workshop.bare({"id": "a", "name": "甲号"}, {"id": "b", "name": "乙号"})
    workshop.feed("a", Item("one"))
    workshop.feed("b", Item("two"))
    workshop.site["websub"] = hub.url("/hub")
    workshop.more = {"fetch": {"allow_private": [hub.place]}}
    return workshop


def _told(hub: FeedServer) -> list[str]:
    topics = []
    for asked in hub.asked:
        assert (asked.method, asked.target) == ("POST", "/hub")
        assert asked.header("content-type") == b"application/x-www-form-urlencoded"
        form = parse_qs(asked.body.decode(), strict_parsing=True)
        assert form["hub.mode"] == ["publish"]
        topics += form["hub.url"]
    hub.asked.clear()
    return sorted(topic.removeprefix("https://matrix.example.org/") for topic in topics)


def _warnings(workshop: Workshop) -> list[str]:
    report = workshop.load().build(workshop.output, now=workshop.now, today=workshop.today, jobs=1)
    return list(report.warnings)


def test_feeds_name_the_hub_and_themselves(subscribed: Workshop) -> None:
    subscribed.build()
    for path in ("feeds/all.atom.xml", "feeds/all.rss.xml", "accounts/a/feed.atom.xml"):
        root = etree.fromstring((subscribed.output / path).read_bytes())
        feed = root.find("channel") if root.tag == "rss" else root
        links = {link.get("rel"): link.get("href") for link in feed.iterchildren(ATOM)}
        assert links["hub"] == subscribed.site["websub"]
        assert links["self"] == f"https://matrix.example.org/{path}"
    channel = etree.fromstring((subscribed.output / "feeds/all.rss.xml").read_bytes())
    assert channel.findtext("channel/link") == "https://matrix.example.org/"
    assert json.loads(subscribed.read("feeds/all.json"))["hubs"][0]["url"] == subscribed.site["websub"]


def test_the_hub_hears_of_feeds_that_changed(subscribed: Workshop, hub: FeedServer) -> None:
    combined = ["feeds/all.atom.xml", "feeds/all.json", "feeds/all.rss.xml"]
    subscribed.build(offline=False)
    assert _told(hub) == ["accounts/a/feed.atom.xml", "accounts/b/feed.atom.xml", *combined]
    subscribed.build(offline=False)
    assert _told(hub) == []
    subscribed.feed("a", Item("one"), Item("three", day=2))
    subscribed.build(offline=False)
    assert _told(hub) == ["accounts/a/feed.atom.xml", *combined]
    subscribed.feed("a", Item("four", day=3))
    subscribed.build(offline=True)
    assert _told(hub) == []


def test_the_hub_hears_of_feeds_that_an_interrupted_build_changed(
    subscribed: Workshop, hub: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed.build(offline=False)
    told = _told(hub)
    subscribed.feed("b", Item("two"), Item("three", day=2))
    with monkeypatch.context() as patch:
        patch.setattr(StoreManifest, "commit", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            subscribed.build(offline=False)
    assert _told(hub) == []
    subscribed.build(offline=False)
    assert _told(hub) == [topic for topic in told if topic != "accounts/a/feed.atom.xml"]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_hub_that_declines_is_a_warning(subscribed: Workshop, hub: FeedServer, status: int) -> None:
    hub.routes["/hub"] = Reply(status=status, headers={"Location": "/elsewhere"})
    (warning,) = _warnings(subscribed)
    assert "5 of 5 changed feeds" in warning
    assert str(status) in warning
    assert (subscribed.output / "index.html").exists()
    assert hub.targets() == ["/hub"]  # no redirect is followed


def test_a_private_hub_is_asked_only_where_the_operator_lists_it(
    subscribed: Workshop, hub: FeedServer
) -> None:
    subscribed.more = {}
    (warning,) = _warnings(subscribed)
    assert "private, loopback" in warning
    assert hub.asked == []
