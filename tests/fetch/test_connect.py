"""Names: only addresses that may be asked come out of the look-up, and the connection goes nowhere else."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import replace

import pytest

from matrixsite.fetch.addresses import Guard
from matrixsite.fetch.connect import GuardedResolver, Proxies, RefusedAddressError
from matrixsite.model import Request
from tests.feedserver import FeedServer, Reply
from tests.fetch.asking import PATIENT, code, fetch

Row = tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[str, int]]


class Names:
    """Stands in for the system's resolver: each name's addresses, a list for each time it is asked."""

    def __init__(self, table: dict[str, list[list[str]]]) -> None:
        self.table = table

    def __call__(self, host: str, port: int, *rest: int) -> list[Row]:
        answers = self.table[host]
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            (
                socket.AF_INET6 if ":" in address else socket.AF_INET,
                socket.SOCK_STREAM,
                6,
                "",
                (address, port),
            )
            for address in addresses
        ]


def resolve(host: str, port: int, *listed: str) -> list[str]:
    async def run() -> list[str]:
        resolver = GuardedResolver(Guard(listed), Proxies())
        try:
            return [one["host"] for one in await resolver.resolve(host, port)]
        finally:
            await resolver.close()

    return asyncio.run(run())


def test_of_several_addresses_only_public_ones_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    mixed = ["10.0.0.1", "1.1.1.1", "::1", "2400:3200::1", "::ffff:10.0.0.1"]
    monkeypatch.setattr(socket, "getaddrinfo", Names({"mixed.example": [mixed]}))
    assert resolve("mixed.example", 80) == ["1.1.1.1", "2400:3200::1"]
    assert resolve("mixed.example", 80, "mixed.example:80") == mixed
    assert resolve("mixed.example", 80, "10.0.0.1:80") == ["10.0.0.1", "1.1.1.1", "2400:3200::1"]


def test_a_private_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names({"inside.example": [["10.0.0.1", "fd00::1"]]}))
    with pytest.raises(RefusedAddressError, match="private"):
        resolve("inside.example", 80)


def test_the_address_that_was_checked_is_the_one_connected_to(
    feed_server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: a name that would show another address when asked again isn't asked again."""
    feed_server.routes["/a"] = Reply(b"<rss/>")
    names = Names({"rebind.example": [["127.0.0.1"], ["127.0.0.2"]]})
    monkeypatch.setattr(socket, "getaddrinfo", names)
    url = f"http://rebind.example:{feed_server.port}/a"
    answers = fetch(
        [Request("a", url), Request("b", url)], replace(PATIENT, allow_private=(feed_server.place,))
    )
    assert [answer.body for answer in answers] == [b"<rss/>"] * 2
    assert names.table == {"rebind.example": [["127.0.0.2"]]}


def test_a_name_of_loopback_reaches_nothing(feed_server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names({"evil.example": [["127.0.0.1"]]}))
    (answer,) = fetch([Request("a", f"http://evil.example:{feed_server.port}/a")], PATIENT)
    assert code(answer) == "refused-address"
    assert feed_server.asked == []


def test_a_redirect_to_a_private_name_is_refused(
    feed_server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"public.example": [["127.0.0.1"]], "inside.example": [["127.0.0.1"]]}
    monkeypatch.setattr(socket, "getaddrinfo", Names(names))
    there = f"http://inside.example:{feed_server.port}/b"
    feed_server.routes |= {"/a": Reply(b"", {"Location": there}, 301), "/b": Reply(b"<rss/>")}
    place = f"public.example:{feed_server.port}"
    (answer,) = fetch([Request("a", f"http://{place}/a")], replace(PATIENT, allow_private=(place,)))
    assert code(answer) == "refused-address"
    assert feed_server.targets() == ["/a"]
