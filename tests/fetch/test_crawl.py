"""Many requests together: every one is answered, hosts are spared, the consumer sets the pace."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from matrixsite.errors import SettingsError
from matrixsite.fetch.crawl import fetch_all
from matrixsite.model import Outcome, Request
from tests.feedserver import FeedServer, Raw, Reply
from tests.fetch.asking import PATIENT, code, fetch, listing

FEED = Reply(b"<rss/>")
LATE = Reply(b"<rss/>", delay=0.1)


def requests(server: FeedServer, *paths: str) -> list[Request]:
    return [Request(path, server.url(path)) for path in paths]


def test_each_host_is_asked_a_few_at_a_time(feed_server: FeedServer) -> None:
    paths = [f"/{n}" for n in range(12)]
    feed_server.routes |= dict.fromkeys(paths, LATE)
    answers = fetch(requests(feed_server, *paths), replace(listing(feed_server), per_host=3))
    assert sorted(answer.key for answer in answers) == sorted(paths)
    assert feed_server.at_once == 3


def test_all_hosts_together_are_limited(feed_server: FeedServer) -> None:
    paths = [f"/{n}" for n in range(12)]
    feed_server.routes |= dict.fromkeys(paths, LATE)
    fetch(requests(feed_server, *paths), replace(listing(feed_server), per_host=20, concurrency=5))
    assert feed_server.at_once == 5


def test_slow_hosts_do_not_hold_up_the_others(feed_server: FeedServer) -> None:
    """One place for all, taken first by a feed that never answers: the others come before it ends."""
    with FeedServer({"/stall": Raw([], "hold")}) as slow:
        paths = [f"/{n}" for n in range(5)]
        feed_server.routes |= dict.fromkeys(paths, FEED)
        asked = requests(slow, "/stall") + requests(feed_server, *paths)
        settings = replace(listing(slow, feed_server), per_host=1, concurrency=1, timeout=1.5)
        answers = fetch(asked, settings)
    assert [answer.key for answer in answers[:5]] == paths
    assert [code(answer) for answer in answers] == [""] * 5 + ["timeout"]


def test_after_429_the_rest_of_the_host_is_left_alone(feed_server: FeedServer) -> None:
    feed_server.routes["/0"] = Reply(b"", {"Retry-After": "60"}, 429)
    with FeedServer({"/ok": FEED}) as other:
        asked = requests(feed_server, *[f"/{n}" for n in range(9)]) + requests(other, "/ok")
        answers = fetch(asked, replace(listing(feed_server, other), per_host=1))
    assert feed_server.targets() == ["/0"]
    assert {answer.key: code(answer) for answer in answers} == {
        **{f"/{n}": "host-asked-to-wait" for n in range(9)},
        "/ok": "",
    }
    assert {answer.retry_after for answer in answers if answer.key != "/ok"} == {60.0}


def test_a_dead_host_is_not_asked_for_ever() -> None:
    asked = [Request(str(n), f"http://127.0.0.1:1/{n}") for n in range(30)]
    settings = replace(PATIENT, allow_private=("127.0.0.1:1",), per_host=1)
    codes = [code(answer) for answer in fetch(asked, settings)]
    assert codes == ["connect"] * 12 + ["host-silent"] * 18


def test_one_answer_each_whatever_the_address(feed_server: FeedServer, tmp_path: Path) -> None:
    (tmp_path / "here.xml").write_bytes(b"<rss/>")
    urls = {
        "here.xml": "",
        "gone.xml": "missing-file",
        "http://": "bad-address",
        "http://h:99999/": "bad-address",
        "ftp://h/": "bad-address",
        "file:///etc/passwd": "bad-address",
        "http://[::1/": "bad-address",
        "http://0177.1/": "refused-address",
        "http://no-such-name.invalid/": "dns",
        "http://" + "x" * 70 + ".invalid/": "dns",
        feed_server.url("/a"): "not-found",
    }
    answers = fetch([Request(url, url) for url in urls], listing(feed_server), tmp_path)
    assert {answer.key: code(answer) for answer in answers} == urls


def test_offline_nothing_is_asked(feed_server: FeedServer, tmp_path: Path) -> None:
    (tmp_path / "here.xml").write_bytes(b"<rss/>")

    async def run() -> dict[str, str]:
        asked = [*requests(feed_server, "/a"), Request("b", "here.xml")]
        answers = fetch_all(asked, listing(feed_server), tmp_path, site_url="", offline=True)
        return {answer.key: code(answer) async for answer in answers}

    assert asyncio.run(run()) == {"/a": "offline", "b": ""}
    assert feed_server.asked == []


def test_the_consumer_sets_the_pace_and_may_leave(feed_server: FeedServer) -> None:
    paths = [f"/{n}" for n in range(30)]
    feed_server.routes |= dict.fromkeys(paths, FEED)

    async def run() -> None:
        settings = replace(listing(feed_server), concurrency=2, per_host=2)
        async with aclosing(
            fetch_all(requests(feed_server, *paths), settings, Path(), site_url="")
        ) as answers:
            async for answer in answers:
                assert answer.outcome is Outcome.NEW
                await asyncio.sleep(0.2)  # time enough for twenty
                break

    asyncio.run(run())
    assert len(feed_server.asked) <= 4


def test_a_proxy_that_cannot_be_used_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "socks5://me:secret@127.0.0.1:1080")
    with pytest.raises(SettingsError, match="HTTPS_PROXY") as caught:
        fetch([Request("a", "https://feeds.example/")], PATIENT)
    assert "secret" not in str(caught.value)


def test_proxies_come_from_the_environment(feed_server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    feed_server.routes["http://feeds.example/a"] = FEED
    monkeypatch.setenv("http_proxy", f"http://{feed_server.place}")
    monkeypatch.setenv("no_proxy", "direct.invalid")
    urls = {
        "http://feeds.example/a": "",
        "http://10.0.0.1/": "refused-address",  # the proxy could reach it
        feed_server.url("/a"): "refused-address",  # the proxy itself
        "http://direct.invalid/": "dns",
    }
    answers = fetch([Request(url, url) for url in urls], PATIENT)
    assert {answer.key: code(answer) for answer in answers} == urls
    assert feed_server.targets() == ["http://feeds.example/a"]
