"""What servers do to a fetcher, scenario by scenario: each is an answer with a reason, in bounded time."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest

from matrixsite.model import Outcome
from tests.feedserver import FeedServer, Raw, Reply, Route, endless
from tests.fetch.asking import PATIENT, QUICK, code, fetch_one

FEED = b"<?xml version='1.0'?><rss version='2.0'><channel><title>t</title></channel></rss>" + b" " * 400
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
BOMB = gzip.compress(bytes(3_000_000))
RAW_DEFLATE = zlib.compressobj(wbits=-15)
RAW = RAW_DEFLATE.compress(FEED) + RAW_DEFLATE.flush()


def packed(coding: str, body: bytes) -> Reply:
    return Reply(body, {"Content-Encoding": coding})


FAULTS: dict[str, tuple[Route, str]] = {
    "slow-loris": (endless(OK, b"X", 0.05), "timeout"),
    "dripping body": (endless(OK + b"Content-Length: 9999\r\n\r\n", b"x", 0.05), "timeout"),
    "stall before the header": (Raw([], "hold"), "timeout"),
    "stall in the body": (Raw([OK + b"Content-Length: 99\r\n\r\n<rss"], "hold"), "timeout"),
    "length too great, silent": (Raw([OK + b"Content-Length: 9\r\n\r\n<rss/>"], "hold"), "timeout"),
    "length too great, closed": (Raw([OK + b"Content-Length: 9\r\n\r\n<rss/>"]), "cut-short"),
    "closed without a word": (Raw([]), "cut-short"),
    "reset before the header": (Raw([], "reset"), "cut-short"),
    "reset in the body": (Raw([OK + b"Content-Length: 99\r\n\r\n<rss", 0.05], "reset"), "cut-short"),
    "reset in a body of unknown length": (Raw([OK + b"\r\n<rss", 0.05], "reset"), "cut-short"),
    "chunks without an end": (Raw([CHUNKED + b"5\r\n<rss>\r\n"]), "cut-short"),
    "bad chunk size": (Raw([CHUNKED + b"zz\r\n<rss>\r\n0\r\n\r\n"]), "protocol"),
    "HTTP/0.9": (Raw([b"<rss/>\n"]), "protocol"),
    "garbage": (Raw([bytes(range(256))]), "protocol"),
    "two lengths": (Raw([OK + b"Content-Length: 3\r\nContent-Length: 6\r\n\r\n<rss/>"]), "protocol"),
    "length too small": (Raw([OK + b"Content-Length: 3\r\n\r\n<rss/>"]), "protocol"),
    "a length below nothing": (Raw([OK + b"Content-Length: -6\r\n\r\n<rss/>"]), "protocol"),
    "a length that is no number": (Raw([OK + b"Content-Length: six\r\n\r\n<rss/>"]), "protocol"),
    "a length and chunks": (
        Raw([OK + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<rss/>\r\n0\r\n\r\n"]),
        "protocol",
    ),
    "a chunk longer than it says": (Raw([CHUNKED + b"3\r\n<rss/>\r\n0\r\n\r\n"]), "protocol"),
    "a folded header": (Raw([OK + b"X: a\r\n b\r\n\tc: d\r\nContent-Length: x\r\n\r\n<rss/>"]), "protocol"),
    "endless header line": (endless(OK + b"X-Long: ", b"x" * 4096), "protocol"),
    "endless headers": (endless(OK, b"X-More: 1\r\n" * 100), "protocol"),
    "endless body": (endless(OK + b"\r\n", b"x" * 4096), "too-large"),
    "body over the limit": (Reply(bytes(100_001)), "too-large"),
    "declared over the limit": (Raw([OK + b"Content-Length: 50000000\r\n\r\n"], "hold"), "too-large"),
    "gzip bomb": (packed("gzip", BOMB), "too-large"),
    "deflate bomb": (packed("deflate", zlib.compress(bytes(3_000_000))), "too-large"),
    "brotli bomb": (packed("br", brotli.compress(bytes(3_000_000))), "too-large"),
    "gzip truncated": (packed("gzip", gzip.compress(FEED)[:-9]), "cut-short"),
    "deflate truncated": (packed("deflate", zlib.compress(FEED)[:-5]), "cut-short"),
    "brotli truncated": (packed("br", brotli.compress(FEED)[:-3]), "cut-short"),
    "gzip corrupt": (packed("gzip", gzip.compress(FEED)[:-8] + b"\0" * 8), "bad-encoding"),
    "deflate corrupt": (packed("deflate", b"\x78\x9c" + b"\xff" * 40), "bad-encoding"),
    "brotli corrupt": (packed("br", b"\xff" * 40), "bad-encoding"),
    "unknown coding": (packed("zstd", b"\x28\xb5\x2f\xfd" + bytes(40)), "bad-encoding"),
    "304 unasked": (Reply(status=304), "protocol"),
    "partial": (Reply(FEED, status=206), "http-status"),
    "no content": (Reply(status=204), "http-status"),
    "forbidden": (Reply(FEED, status=403), "http-status"),
    "server error": (Reply(FEED, status=500), "http-status"),
    "not found": (Reply(FEED, status=404), "not-found"),
    "too many requests": (Reply(status=429), "host-asked-to-wait"),
}


@pytest.mark.parametrize(("route", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_faults_are_answers(feed_server: FeedServer, route: Route, expected: str) -> None:
    feed_server.routes["/feed"] = route
    answer = fetch_one(feed_server, "/feed", settings=QUICK if expected == "timeout" else PATIENT)
    assert (answer.outcome, code(answer)) == (Outcome.FAILED, expected)
    assert answer.body == b""
    assert (answer.etag, answer.modified, answer.digest) == ("", "", b"")


READ: dict[str, Route] = {
    "plain": Reply(FEED),
    "until the end of the connection": Raw([OK + b"\r\n" + FEED]),
    "byte by byte": Raw([OK + b"\r\n", *([FEED[n : n + 1] for n in range(len(FEED))])]),
    "chunked": Raw([CHUNKED + b"%x\r\n%s\r\n0\r\n\r\n" % (len(FEED), FEED)]),
    "gzip": packed("gzip", gzip.compress(FEED)),
    "gzip of two members": packed("x-gzip", gzip.compress(FEED[:50]) + gzip.compress(FEED[50:])),
    "gzip with padding": packed("gzip", gzip.compress(FEED) + bytes(16)),
    "zlib": packed("deflate", zlib.compress(FEED)),
    "raw deflate": packed("deflate", RAW),
    "brotli": packed("br", brotli.compress(FEED)),
    "text labelled gzip": packed("gzip", FEED),
    "text labelled deflate": packed("deflate", FEED),
    "text labelled br": packed("br", FEED),
    "text labelled zstd": packed("zstd", FEED),
    "gzip labelled br": packed("br", gzip.compress(FEED)),
    "gzip without a label": Reply(gzip.compress(FEED)),
    "changed by a proxy": Reply(FEED, {"ETag": '"theirs"'}, status=203),
}


@pytest.mark.parametrize("route", READ.values(), ids=READ.keys())
def test_bodies_are_read(feed_server: FeedServer, route: Route) -> None:
    feed_server.routes["/feed"] = route
    answer = fetch_one(feed_server, "/feed")
    assert (answer.outcome, code(answer), answer.body) == (Outcome.NEW, "", FEED)
    assert answer.etag == ""
