"""A feed whose host can't prove who it is was not fetched."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from matrixsite.model import Reason, Request
from tests.feedserver import FeedServer, Reply
from tests.fetch.asking import PATIENT, QUICK, fetch, listing

SELF_SIGNED = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEIEt1jYVmoCaw8MT
TYBYXEdCeK3q4K/w5zPvpU41GgahRANCAATgRVp9vC31tMBTRTpjOVo99Kcx2Z2c
YBWUPowoYLyZxpF5V/OY3EBsR3ahDGvehskHFpgnoh4BYceDGaGLKPrD
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBhjCCAS2gAwIBAgIUd1eXTWXXgVIb5FzrfZLddH/vPiUwCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNZmVlZHMuZXhhbXBsZTAgFw0yNjExMjIwMTIzNDRaGA8yMTI2
MTAyOTAxMjM0NFowGDEWMBQGA1UEAwwNZmVlZHMuZXhhbXBsZTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABOBFWn28LfW0wFNFOmM5Wj30pzHZnZxgFZQ+jChgvJnG
kXlX85jcQGxHdqEMa96GyQcWmCeiHgFhx4MZoYso+sOjUzBRMB0GA1UdDgQWBBQr
6Yd2NRhib+ckPWBksNekd0oldDAfBgNVHSMEGDAWgBQr6Yd2NRhib+ckPWBksNek
d0oldDAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIHbMs6V2L8IF
1Ocf17/UMlT02ZYMkFuWYrSalsgplHrWAiAaHa18aMqfytt0DPKGRcZtbg1EYrUW
5nmTNReANNofKg==
-----END CERTIFICATE-----
"""


@pytest.fixture
def tls(tmp_path: Path) -> ssl.SSLContext:
    """A server's side of TLS, with a certificate that nobody signed."""
    (tmp_path / "pair.pem").write_text(SELF_SIGNED)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "pair.pem")
    return context


def test_an_unproven_host_is_not_believed(tls: ssl.SSLContext) -> None:
    with FeedServer({"/a": Reply(b"<rss/>")}, tls) as server:
        (answer,) = fetch([Request("a", f"https://{server.place}/a")], listing(server, settings=PATIENT))
        assert answer.reason == Reason("tls", "127.0.0.1: certificate")
        assert server.asked == []


def test_a_handshake_that_never_ends_is_no_connection(feed_server: FeedServer) -> None:
    url = f"https://{feed_server.place}/a"  # a server that speaks no TLS waits for the end of a header
    (answer,) = fetch([Request("a", url)], listing(feed_server, settings=QUICK))
    assert answer.reason == Reason("connect", "no connection within 0.3 s")
