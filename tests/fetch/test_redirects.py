"""Redirects: never out of the web, never to a private place, never with credentials of others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from matrixsite.fetch.client import redirected
from matrixsite.fetch.reasons import Fault
from matrixsite.model import Outcome, Request
from tests.feedserver import FeedServer, Reply
from tests.fetch.asking import code, fetch, fetch_one, listing

FEED = Reply(b"<rss/>")
HOME = URL("https://me:secret@feeds.example:8443/a/b.xml?key=1")


def to(target: str | bytes, status: int = 301) -> Reply:
    return Reply(b"", {"Location": target}, status)


REFUSED = {
    "file": ("file:///etc/passwd", "redirect-refused"),
    "data": ("data:text/xml,<rss/>", "redirect-refused"),
    "javascript": ("javascript:alert(1)", "redirect-refused"),
    "ftp": ("ftp://203.0.113.1/", "redirect-refused"),
    "nowhere": ("", "redirect-refused"),
    "no host": ("https:///x", "redirect-refused"),
    "bad port": ("http://h:99999/", "redirect-refused"),
    "backslash": ("http://good.example\\@127.0.0.1/", "redirect-refused"),
    "backslash for a slash": ("/\\good.example/", "redirect-refused"),
    "loopback": ("http://127.0.0.1/", "refused-address"),
    "another port": ("http://127.0.0.1:1/", "refused-address"),
    "link-local": ("http://169.254.169.254/latest/meta-data", "refused-address"),
    "decimal": ("http://2130706433/", "refused-address"),
    "hexadecimal": ("http://0x7f.1/", "refused-address"),
    "octal": ("http://0177.0.0.1/", "refused-address"),
    "full-width": ("http://１２７.0.0.1/", "refused-address"),
    "IPv6": ("http://[::1]/", "refused-address"),
    "mapped": ("http://[::ffff:127.0.0.1]/", "refused-address"),
    "NAT64": ("http://[64:ff9b::7f00:1]/", "refused-address"),
    "behind a user": ("http://good.example@127.0.0.1/", "refused-address"),
    "a name of loopback": ("http://localhost:1/", "refused-address"),
    "itself": ("/feed", "redirect-loop"),
}


@pytest.mark.parametrize(("target", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(feed_server: FeedServer, target: str, expected: str) -> None:
    feed_server.routes["/feed"] = to(target)
    assert code(fetch_one(feed_server, "/feed")) == expected
    assert feed_server.targets() == ["/feed"]


def test_growing_redirects_end(feed_server: FeedServer) -> None:
    for n in range(9):
        feed_server.routes["/" + "x" * n] = to("/" + "x" * (n + 1))
    assert code(fetch_one(feed_server, "/")) == "redirect-loop"
    assert len(feed_server.asked) == 6


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((301,), True), ((308, 301), True), ((302,), False), ((301, 307), False), ((303, 308), False)],
)
def test_only_a_permanent_chain_moves_a_feed(
    feed_server: FeedServer, statuses: tuple[int, ...], moved: bool
) -> None:
    for n, status in enumerate(statuses):
        feed_server.routes[f"/{n}"] = to(f"/{n + 1}#part", status)
    last = f"/{len(statuses)}"
    feed_server.routes[last] = FEED
    answer = fetch_one(feed_server, "/0")
    assert (answer.outcome, answer.url) == (Outcome.NEW, feed_server.url(last))
    assert answer.moved_to == (feed_server.url(last) if moved else "")


def test_a_chain_that_ends_in_304_counts_and_one_that_ends_badly_does_not(feed_server: FeedServer) -> None:
    feed_server.routes |= {"/a": to("/b"), "/b": Reply(status=304), "/c": to("/d"), "/d": Reply(status=500)}
    assert fetch_one(feed_server, "/a", etag='"1"').moved_to == feed_server.url("/b")
    assert fetch_one(feed_server, "/c").moved_to == ""


@pytest.mark.parametrize(
    ("target", "asked"),
    [
        ("/路径", "/%E8%B7%AF%E5%BE%84"),
        (b"/\xc2\xb7\xb6", "/%C2%B7%B6"),  # GBK
        ("b?x=1", "/b?x=1"),
        ("../b", "/b"),
    ],
)
def test_locations_as_servers_write_them(feed_server: FeedServer, target: str | bytes, asked: str) -> None:
    feed_server.routes |= {"/a": to(target), asked: FEED}
    assert fetch_one(feed_server, "/a").outcome is Outcome.NEW


def test_credentials_stay_with_their_origin(feed_server: FeedServer) -> None:
    with FeedServer({"/c": FEED}) as other:
        feed_server.routes |= {"/a": to("/b"), "/b": to(other.url("/c"))}
        url = feed_server.url("/a").replace("://", "://me:secret@")
        (answer,) = fetch([Request("a", url)], listing(feed_server, other))
        assert answer.url == answer.moved_to == other.url("/c")
        assert [asked.header("authorization") for asked in feed_server.asked] == [b"Basic bWU6c2VjcmV0"] * 2
        assert other.asked[0].header("authorization") is None


def test_credentials_in_a_location_are_not_sent(feed_server: FeedServer) -> None:
    feed_server.routes |= {"/a": to(feed_server.url("/b").replace("://", "://you:trap@")), "/b": FEED}
    assert fetch_one(feed_server, "/a").url == feed_server.url("/b")
    assert feed_server.asked[1].header("authorization") is None


PIECES = [
    "http:",
    "https:",
    "//",
    "/",
    "\\",
    "@",
    ":",
    "[",
    "]",
    "::1",
    "h",
    "..",
    "?",
    "#",
    "%",
    "%zz",
    " ",
    "\0",
    "例",
]


@given(
    st.one_of(st.text(), st.lists(st.sampled_from([*PIECES, "\udcff", "feeds.example:8443"])).map("".join))
)
def test_any_location_is_a_web_address_or_refused(target: str) -> None:
    try:
        found = redirected(HOME, target, HOME)
    except Fault:
        return
    assert found.scheme in ("http", "https")
    assert found.raw_host
    assert str(found).isascii()
    assert (found.user, found.password) == (
        ("me", "secret") if found.origin() == HOME.origin() else (None, None)
    )
