"""No private address passes, however it is spelled; public ones do."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.fetch.addresses import Guard, literal, refused

REFUSED = [
    ("0.0.0.0", "unspecified"),
    ("0.1.2.3", "unspecified"),
    ("10.255.255.255", "private"),
    ("100.64.0.1", "carrier-grade NAT"),
    ("100.127.255.255", "carrier-grade NAT"),
    ("127.8.8.8", "loopback"),
    ("169.254.169.254", "link-local"),
    ("172.31.0.1", "private"),
    ("192.168.1.1", "private"),
    ("198.19.0.1", "benchmarking"),
    ("203.0.113.9", "documentation"),
    ("224.0.0.1", "multicast"),
    ("240.0.0.1", "reserved"),
    ("255.255.255.255", "broadcast"),
    ("::", "unspecified"),
    ("::1", "loopback"),
    ("::8.8.8.8", "IPv4-compatible"),
    ("::ffff:127.0.0.1", "IPv4-mapped"),
    ("::ffff:8.8.8.8", "IPv4-mapped"),
    ("64:ff9b::7f00:1", "NAT64"),
    ("64:ff9b:1::a00:1", "NAT64"),
    ("2001:0:1::1", "Teredo"),
    ("2001:db8::1", "documentation"),
    ("2002:7f00:1::", "6to4"),
    ("fd00::1", "unique local"),
    ("fe80::1", "link-local"),
    ("fec0::1", "site-local"),
    ("ff02::1", "multicast"),
    ("4000::1", "reserved"),
]
PUBLIC = [
    "1.1.1.1",
    "100.63.255.255",
    "100.128.0.0",
    "172.32.0.1",
    "223.5.5.5",
    "2400:3200::1",
    "2606:4700::1111",
]


@pytest.mark.parametrize(("address", "kind"), REFUSED)
def test_refused(address: str, kind: str) -> None:
    assert refused(ip_address(address)) == kind


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert refused(ip_address(address)) is None


@given(st.ip_addresses())
def test_nothing_that_the_standard_library_calls_private_passes(address: IPv4Address | IPv6Address) -> None:
    if refused(address) is None:
        assert address.is_global
        assert not address.is_multicast


SPELLINGS = [
    "127.0.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "127.1",
    "127.0.0.1.",
    "127.0.1",
]


@pytest.mark.parametrize("host", SPELLINGS)
def test_spellings_of_loopback(host: str) -> None:
    assert literal(host) == IPv4Address("127.0.0.1")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("[::1]", IPv6Address("::1")),
        ("fe80::1%25eth0", IPv6Address("fe80::1")),
        ("example.org", None),
        ("1.2.3.4.example", None),
        ("", None),
    ],
)
def test_literal(host: str, expected: IPv6Address | None) -> None:
    assert literal(host) == expected


GUARD = Guard(["127.0.0.1:1200", "rsshub:1200", "[::1]:80"])


@pytest.mark.parametrize(
    ("address", "host", "port", "passes"),
    [
        ("127.0.0.1", "127.0.0.1", 1200, True),
        ("127.0.0.1", "2130706433", 1200, True),  # the same place, spelled otherwise
        ("127.0.0.1", "localhost", 1200, True),  # the address itself is listed
        ("127.0.0.1", "127.0.0.1", 1201, False),
        ("127.0.0.2", "127.0.0.2", 1200, False),
        ("10.0.0.5", "RSSHub", 1200, True),
        ("10.0.0.5", "rsshub", 80, False),
        ("10.0.0.5", "rsshub.evil.example", 1200, False),
        ("::1", "::1", 80, True),
        ("::1", "::1", 8080, False),
        ("8.8.8.8", "dns.example", 53, True),
        ("nonsense", "dns.example", 53, False),
    ],
)
def test_guard(address: str, host: str, port: int, passes: bool) -> None:
    assert (GUARD.refusal(address, host, port) is None) is passes
