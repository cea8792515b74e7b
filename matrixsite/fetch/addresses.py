"""Which network addresses are no public hosts, in every spelling that the system's resolver understands.

A feed may name any host, and a name may resolve to any address: a fetcher that follows can be led to the
operator's own machines (server-side request forgery). Tables: IANA's special-purpose registries (RFC 6890).
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_V4: tuple[tuple[str, IPv4Network], ...] = tuple(
    (kind, IPv4Network(network))
    for kind, network in (
        ("unspecified", "0.0.0.0/8"),
        ("private", "10.0.0.0/8"),
        ("carrier-grade NAT", "100.64.0.0/10"),
        ("loopback", "127.0.0.0/8"),
        ("link-local", "169.254.0.0/16"),
        ("private", "172.16.0.0/12"),
        ("reserved", "192.0.0.0/24"),
        ("documentation", "192.0.2.0/24"),
        ("6to4 relay", "192.88.99.0/24"),
        ("private", "192.168.0.0/16"),
        ("benchmarking", "198.18.0.0/15"),
        ("documentation", "198.51.100.0/24"),
        ("documentation", "203.0.113.0/24"),
        ("multicast", "224.0.0.0/4"),
        ("broadcast", "255.255.255.255/32"),
        ("reserved", "240.0.0.0/4"),
    )
)
_V6: tuple[tuple[str, IPv6Network], ...] = tuple(
    (kind, IPv6Network(network))
    for kind, network in (
        ("unspecified", "::/128"),
        ("loopback", "::1/128"),
        ("IPv4-compatible", "::/96"),
        ("IPv4-mapped", "::ffff:0:0/96"),
        ("NAT64", "64:ff9b::/96"),
        ("NAT64", "64:ff9b:1::/48"),
        ("Teredo", "2001::/32"),
        ("documentation", "2001:db8::/32"),
        ("reserved", "2001::/23"),
        ("6to4", "2002::/16"),
        ("documentation", "3fff::/20"),
        ("unique local", "fc00::/7"),
        ("link-local", "fe80::/10"),
        ("site-local", "fec0::/10"),
        ("multicast", "ff00::/8"),
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # all that IANA hands out; the rest of IPv6 is reserved


def refused(address: IPv4Address | IPv6Address) -> str | None:
    """Why an address is not to be asked (private, loopback, …), or None for a public host."""
    if isinstance(address, IPv4Address):
        return next((kind for kind, network in _V4 if address in network), None)
    for kind, network in _V6:
        if address in network:
            return kind
    return None if address in _GLOBAL_UNICAST else "reserved"


@lru_cache(maxsize=1024)
def literal(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host spells out (dotted, decimal, octal, hexadecimal, shortened), or None."""
    bare = host.strip("[]").partition("%")[0].rstrip(".")
    try:
        return ip_address(bare)
    except ValueError:
        pass
    try:
        return IPv4Address(
            socket.inet_aton(bare)
        )  # the resolver's own reading: 2130706433, 0x7f.1, 0177.0.0.1
    except (OSError, ValueError):
        return None


class Guard:
    """Says which hosts may be asked: public addresses, and what the operator lists as `host:port`."""

    def __init__(self, allow_private: Iterable[str]) -> None:
        self._listed = frozenset(_place(*entry.rpartition(":")[::2]) for entry in allow_private)

    def listed(self, host: str, port: int) -> bool:
        """True if the operator names this very host (a name, or an address in any spelling) and port."""
        return _place(host, str(port)) in self._listed

    def refusal(self, address: str, host: str, port: int) -> str | None:
        """Why `host`, found at `address`, is not to be asked at `port`; None if it may be."""
        if self.listed(host, port) or self.listed(address, port):
            return None
        found = literal(address)
        return refused(found) if found is not None else "no IP address"


def _place(host: str, port: str) -> tuple[str, str]:
    spelled = literal(host)
    return (str(spelled) if spelled is not None else host.lower().rstrip("."), port)
