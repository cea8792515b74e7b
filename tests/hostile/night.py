"""One run of the command line in the hostile world: `python -m tests.hostile.night NIGHT build …`.

Names of this world have the addresses written here, other names those of the system. Two marks in a document stand for
faults of our readers: nobody knows a document that ends one, or holds it for good, or it would be mended.
"""

from __future__ import annotations

import ctypes
import re
import socket
import sys
from typing import Any

from matrixsite.cli import main
from matrixsite.ingest import sources
from matrixsite.model import ParsedFeed
from matrixsite.parse.document import parse
from matrixsite.pipeline import reading

HOME, INSIDE = "127.0.0.1", "127.0.0.2"  # a port may be allowed on the first; nothing is on the second
ADDRESSES: dict[str, list[list[list[str]]]] = {  # night by night, look-up by look-up
    "rebinding.example": [[[HOME], [INSIDE]]],
    "mixed.example": [[[INSIDE, "10.0.0.1", HOME, "fd00::1", "::ffff:127.0.0.2"]]],
    "inside.example": [[[INSIDE, "::1", "::ffff:127.0.0.2"]]],
    "moving.example": [[[HOME]], [[INSIDE]], [[HOME]]],
    "localhost": [[[HOME, "::1"]]],
    "localhost.": [[[HOME, "::1"]]],
}
CRASH, NO_END = b"<!-- crash -->", b"<!-- no end -->"
CPU_SECONDS = 6.0  # for a document; none of the scenarios takes a third of it

system_addresses = socket.getaddrinfo


class Names:
    """Stands in for the system's resolver on one night."""

    def __init__(self, night: int) -> None:
        self._left = {name: list(nights[min(night, len(nights) - 1)]) for name, nights in ADDRESSES.items()}

    def __call__(self, host: Any, port: Any, *rest: Any, **more: Any) -> list[Any]:
        lookups = self._left.get(host)
        if lookups is None:
            return system_addresses(host, port, *rest, **more)
        addresses = lookups.pop(0) if len(lookups) > 1 else lookups[0]
        kinds = [socket.AF_INET6 if ":" in address else socket.AF_INET for address in addresses]
        return [
            (kind, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port))
            for kind, address in zip(kinds, addresses, strict=True)
        ]


def parse_or_fail(body: bytes, **about: Any) -> ParsedFeed:
    """As the reader, with two bugs."""
    if CRASH in body:
        ctypes.string_at(0)
    if NO_END in body:
        re.match("(a+)+$", "a" * 60 + "b")
    return parse(body, **about)


if __name__ == "__main__":
    _, night, *arguments = sys.argv
    socket.getaddrinfo = Names(int(night))
    sources.parse = parse_or_fail  # type: ignore[attr-defined]
    reading.CPU_SECONDS = CPU_SECONDS
    sys.argv = ["matrixsite", *arguments]
    main()
