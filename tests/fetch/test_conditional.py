"""What we send, and what we keep of an answer."""

from __future__ import annotations

from hashlib import blake2b

import pytest

from matrixsite.model import Answer, Outcome, Request
from tests.feedserver import Asked, FeedServer, Raw, Reply
from tests.fetch.asking import code, fetch, fetch_one, listing

BODY = b"<rss/>"
DIGEST = blake2b(BODY, digest_size=16).digest()


@pytest.mark.parametrize("etag", ['"plain"', 'W/"weak"', "bare", '"a" , "b"', '"路"', '"-gzip"', "'\"--"])
def test_validators_go_back_byte_for_byte(feed_server: FeedServer, etag: str) -> None:
    modified = "Sunday, 06-Nov-94 08:49:37 GMT "
    feed_server.routes["/feed"] = Reply(BODY, {"ETag": etag, "Last-Modified": modified.strip()})
    first = fetch_one(feed_server, "/feed")
    again = Request("a", feed_server.url("/feed"), first.etag, first.modified, first.digest)
    fetch([again], listing(feed_server))
    assert feed_server.asked[1].header("if-none-match") == etag.encode()
    assert feed_server.asked[1].header("if-modified-since") == modified.strip().encode()


@pytest.mark.parametrize("etag", [b'"\xc2\xb7\xb6"', b'"' + b"x" * 2000 + b'"', b'"\x01"'])
def test_validators_that_cannot_go_back_are_dropped(feed_server: FeedServer, etag: bytes) -> None:
    feed_server.routes["/feed"] = Reply(BODY, {"ETag": etag})
    assert fetch_one(feed_server, "/feed").etag == ""


def test_not_modified_keeps_what_was_known(feed_server: FeedServer) -> None:
    feed_server.routes["/feed"] = Reply(b"", {"ETag": '"lie"'}, 304)
    answer = fetch_one(feed_server, "/feed", etag='"1"', digest=DIGEST)
    expected = Answer("a", Outcome.SAME, feed_server.url("/feed"), etag='"1"', digest=DIGEST, status=304)
    assert answer == expected


def test_the_same_body_is_no_news(feed_server: FeedServer) -> None:
    feed_server.routes["/feed"] = Reply(BODY, {"ETag": '"2"'})
    answer = fetch_one(feed_server, "/feed", etag='"1"', digest=DIGEST)
    assert (answer.outcome, answer.etag, answer.digest, answer.body) == (Outcome.SAME, '"2"', DIGEST, b"")


def test_validators_of_a_cut_body_are_not_kept(feed_server: FeedServer) -> None:
    feed_server.routes["/feed"] = Raw([b'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Length: 9\r\n\r\n<rss/>'])
    answer = fetch_one(feed_server, "/feed")
    assert (code(answer), answer.etag, answer.digest) == ("cut-short", "", b"")


def test_cookies_are_not_sent_back_and_we_say_who_we_are(feed_server: FeedServer) -> None:
    def route(asked: Asked) -> Reply:
        return Reply(b"", {"Location": "/b", "Set-Cookie": "session=1; Path=/"}, 302)

    feed_server.routes |= {"/a": route, "/b": Reply(BODY, {"Set-Cookie": "more=1"})}
    fetch([Request(str(n), feed_server.url("/a")) for n in range(3)], listing(feed_server))
    assert len(feed_server.asked) == 6
    for asked in feed_server.asked:
        assert asked.header("cookie") is None
        assert (asked.header("user-agent") or b"").endswith(b" (+https://m.example)")
        assert b"application/atom+xml" in (asked.header("accept") or b"")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "120"}, 120.0),
        ({"Retry-After": "99999999999"}, 7 * 86400.0),
        ({"Retry-After": "soon"}, 0.0),
        ({"Retry-After": "-5"}, 0.0),
        ({"Retry-After": "٣"}, 0.0),
        ({"Retry-After": "9" * 5000}, 7 * 86400.0),
        (
            {"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT", "Date": "Fri, 31 Dec 1999 23:58:59 GMT"},
            60.0,
        ),
        (
            {"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT", "Date": "Fri, 31 Dec 1999 23:58:59 GMT"},
            7 * 86400.0,
        ),
        ({"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}, 0.0),
        ({}, 0.0),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after(feed_server: FeedServer, headers: dict[str, str], seconds: float, status: int) -> None:
    feed_server.routes["/feed"] = Reply(b"", headers, status)
    assert fetch_one(feed_server, "/feed").retry_after == seconds


def test_gone(feed_server: FeedServer) -> None:
    feed_server.routes["/feed"] = Reply(status=410)
    answer = fetch_one(feed_server, "/feed")
    assert (answer.outcome, code(answer), answer.status) == (Outcome.GONE, "gone", 410)


def test_details_hold_no_credentials(feed_server: FeedServer) -> None:
    tails = ["/none?key=secret", "/loop?key=secret"]
    feed_server.routes["/loop?key=secret"] = Reply(b"", {"Location": "/loop?key=secret"}, 301)
    urls = [feed_server.url(tail).replace("://", "://me:secret@") for tail in tails]
    urls += [
        "http://me:secret@127.0.0.1:1/?key=secret",
        "http://me:secret@h:99999/",
        "ftp://me:secret@h/secret",
    ]
    answers = fetch([Request("a", url) for url in urls], listing(feed_server))
    assert len(answers) == 5
    assert all(answer.reason is not None and "secret" not in str(answer.reason) for answer in answers)
